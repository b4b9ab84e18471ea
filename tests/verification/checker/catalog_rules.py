"""The rules of a stored catalog, read naively: the numbers of its levels, and nothing else."""

import copy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.verification.oracle.oracle import LEVELS, SHIPPED, Rules

_SHIPPED = Path(__file__).parents[3] / "engine/catalog/shipped/mentorloop.yaml"
_MEASURES = {"excellence": "top_ratings", "momentum": "meetings_attended"}


@cache
def rules_of(text: str) -> Rules:
    """The rules of a catalog that asks for other numbers than the one that ships.

    Raises ValueError for one that differs in anything else: the oracle cannot judge it.
    """
    catalog = yaml.safe_load(text)
    numbers = {badge: _numbers(catalog, badge) for badge in _MEASURES}
    if _with(catalog, SHIPPED) != _with(yaml.safe_load(_SHIPPED.read_text("utf-8")), SHIPPED):
        raise ValueError("a catalog differs from mentorloop in more than numbers of levels")
    return Rules(numbers["excellence"], numbers["momentum"])


def _numbers(catalog: Any, badge: str) -> tuple[int, int, int]:
    levels = catalog["badges"][badge]["levels"]
    bronze, silver, gold = (int(levels[name]["at_least"][_MEASURES[badge]]) for name in LEVELS)
    return bronze, silver, gold


def _with(catalog: Any, rules: Rules) -> Any:
    """What a catalog decides, with these numbers."""
    changed = copy.deepcopy(catalog)
    for name in ("catalog", "version"):
        changed.pop(name, None)
    for badge, numbers in rules._asdict().items():
        for level, number in zip(LEVELS, numbers, strict=True):
            changed["badges"][badge]["levels"][level]["at_least"][_MEASURES[badge]] = number
    return changed

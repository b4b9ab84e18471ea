"""The policy part of a catalog file: one file per key, read here."""

from collections.abc import Mapping

from engine.catalog.model import Badge
from engine.catalog.policy import Policy
from engine.catalog.policy_source import numbers, rewards, rubrics, stages
from engine.rules.criteria.criterion import Outline, Vocabulary
from engine.rules.measure import Measure
from engine.rules.source import Node

KEYS = ("indicators", "stages", "rubrics", "rewards", "governance", "watch")


def parse(
    entries: Mapping[str, Node],
    indicators: Mapping[str, Measure],
    measures: Mapping[str, Measure],
    badges: tuple[Badge, ...],
) -> Policy:
    """Read all but the indicators, which may be named in it. `measures`: those of the catalog."""
    outlines = {badge.name: _outline(badge) for badge in badges}
    vocabulary = Vocabulary(measures, outlines, indicators, as_of=True)
    return Policy(
        indicators=tuple(indicators[name] for name in sorted(indicators)),
        stages=stages.parse(entries["stages"], vocabulary) if "stages" in entries else (),
        rubrics=rubrics.parse(entries["rubrics"]) if "rubrics" in entries else (),
        rewards=rewards.parse(entries["rewards"], vocabulary) if "rewards" in entries else (),
        governance=numbers.governance(entries["governance"]) if "governance" in entries else {},
        watch=numbers.watch(entries["watch"]) if "watch" in entries else {},
    )


def _outline(badge: Badge) -> Outline:
    levels = tuple(level.name for level in badge.levels if level.name)
    return Outline(badge.scope, levels, badge.repeatable is not None)


SCHEMA: dict[str, object] = {
    "indicators": {
        "description": "What stages and rewards ask for as of an instant; it may fall.",
        "type": "object",
        "additionalProperties": {"$ref": "#/$defs/indicator"},
    },
    "stages": stages.SCHEMA,
    "rubrics": rubrics.SCHEMA,
    "rewards": rewards.SCHEMA,
    "governance": numbers.GOVERNANCE_SCHEMA,
    "watch": numbers.WATCH_SCHEMA,
}

__all__ = ["KEYS", "SCHEMA", "parse"]

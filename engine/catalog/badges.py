"""The `badges:` part of a catalog file, with the checks that need all badges at once."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from engine.catalog.model import Badge, Level, Scope
from engine.rules import criteria, measure
from engine.rules.aggregates import Value
from engine.rules.calendar import Calendar
from engine.rules.criteria.at_least import AtLeast
from engine.rules.criteria.criterion import Holding, Outline, Vocabulary
from engine.rules.measure import Measure
from engine.rules.source import Node
from events.schemas.kudos_given import KudosGiven
from events.schemas.values import CONTROL_CHARACTERS

_KEYS = (
    "name",
    "description",
    "category",
    "scope",
    "levels",
    "criterion",
    "repeatable",
    "valid_for",
)
_RULES = ("levels", "criterion", "repeatable")
MOST_MONTHS = 1200
"""The longest that an award can be valid for."""
_NAME = re.compile(rf"[^{CONTROL_CHARACTERS}]{{1,128}}")


def parse(
    node: Node,
    measures: dict[str, Measure],
    calendar: Calendar,
    indicators: Mapping[str, Measure],
) -> tuple[Badge, ...]:
    """Read all badges; `indicators` are what none of them may ask for. Adds the measures of
    repeatable badges to `measures` and numbers all of them, by name; reports cycles and levels out
    of order."""
    bodies = {
        name: b.mapping(f"badge `{name}`", _KEYS) for name, b in node.mapping("badges").items()
    }
    nodes = node.mapping("badges")
    for name, body in bodies.items():
        if "repeatable" in body:
            if name in measures:
                nodes[name].fault(
                    f"badge `{name}` counts its facts under its own name, which a "
                    "measure already has"
                )
            if name in indicators:
                nodes[name].fault(
                    f"badge `{name}` counts its facts under its own name, which an indicator "
                    "already has"
                )
            measures[name] = measure.parse(name, body["repeatable"], calendar, "repeatable")
    for index, name in enumerate(sorted(measures)):
        measures[name] = replace(measures[name], index=index)
    outlines = {name: _outline(body) for name, body in bodies.items()}
    vocabulary = Vocabulary(measures, outlines, indicators)
    badges = tuple(_badge(name, nodes[name], body, vocabulary) for name, body in bodies.items())
    _check_holds(badges, nodes)
    return badges


def _outline(body: dict[str, Node]) -> Outline:
    scope = body["scope"].value if "scope" in body else "loop"
    levels = body["levels"].value if "levels" in body else None
    names = tuple(levels) if isinstance(levels, dict) else ()
    return Outline(str(scope), names, "repeatable" in body)


def _badge(name: str, node: Node, body: dict[str, Node], vocabulary: Vocabulary) -> Badge:
    _check_name(name, node)
    rules = [rule for rule in _RULES if rule in body]
    if len(rules) != 1:
        node.fault(f"badge `{name}` must have exactly one of {', '.join(_RULES)}")
    scope = (
        body["scope"].one_of(f"scope of `{name}`", ["loop", "program"])
        if "scope" in body
        else "loop"
    )
    repeatable = vocabulary.measures[name] if "repeatable" in body else None
    if repeatable is not None and scope != "loop":
        node.fault(f"badge `{name}` is repeatable, so its scope is the loop of each fact")
    valid_for = _valid_for(name, body["valid_for"]) if "valid_for" in body else None
    if valid_for is not None and "repeatable" not in body:
        body["valid_for"].fault(
            f"badge `{name}` is not repeatable, so it is held without end: valid_for counts from "
            "the one fact that an award is"
        )
    for needed in ("name", "description"):
        if needed not in body:
            node.fault(f"badge `{name}` lacks `{needed}`, which people are shown")
    category = body["category"].text("category") if "category" in body else None
    if category and not _NAME.fullmatch(category):
        body["category"].fault("category has at most 128 characters, none a control character")
    given = repeatable is not None and repeatable.event == KudosGiven.TYPE
    return Badge(
        name=name,
        title=body["name"].text("name") if "name" in body else "",
        description=body["description"].text("description") if "description" in body else "",
        category=category or ("kudos" if given else "achievement"),
        scope=cast(Scope, scope),
        levels=_levels(name, body, vocabulary),
        repeatable=repeatable,
        valid_for=valid_for,
    )


def _valid_for(name: str, node: Node) -> int | None:
    """Months; None, and a fault, where there are none."""
    what = f"valid_for of `{name}`"
    entries = node.mapping(what, ("months",))
    if "months" not in entries:
        if isinstance(node.value, dict):
            node.fault(f"{what} lacks `months`")
        return None
    months = entries["months"].value
    if isinstance(months, bool) or not isinstance(months, int) or not 1 <= months <= MOST_MONTHS:
        entries["months"].fault(f"{what}: months must be a whole number from 1 to {MOST_MONTHS:,}")
        return None
    return months


def _levels(name: str, body: dict[str, Node], vocabulary: Vocabulary) -> tuple[Level, ...]:
    if "criterion" in body:
        criterion = criteria.parse(body["criterion"], vocabulary)
        return (Level("", criterion),) if criterion is not None else ()
    levels: list[Level] = []
    if "levels" in body:
        for level, node in body["levels"].mapping(f"levels of `{name}`").items():
            _check_name(level, node)
            criterion = criteria.parse(node, vocabulary)
            if criterion is None:
                continue
            for earlier in levels:
                if not _ascends(earlier.criterion, criterion):
                    node.fault(
                        f"levels of `{name}` out of order: {level} asks for no more than "
                        f"{earlier.name}, which comes before it"
                    )
                    break
            levels.append(Level(level, criterion))
        if body["levels"].value == {}:
            body["levels"].fault(f"levels of `{name}` must have at least one level")
    return tuple(levels)


def _check_name(name: str, node: Node) -> None:
    if not _NAME.fullmatch(name):
        node.fault(
            "the name of a badge or level is part of award ids: at most 128 characters, "
            "none of them a control character"
        )


def _ascends(lower: object, higher: object) -> bool:
    if isinstance(lower, AtLeast) and isinstance(higher, AtLeast):
        return lower.measure.name != higher.measure.name or lower.wanted < higher.wanted
    return True


def _check_holds(badges: tuple[Badge, ...], nodes: dict[str, Node]) -> None:
    by_name = {badge.name: badge for badge in badges}
    asks = {
        b.name: {h.badge for level in b.levels for h in level.criterion.holdings()} for b in badges
    }
    for badge in badges:
        if badge.scope == "loop":
            outsider = _Outsider(by_name)
            if any(level.criterion.met(outsider) for level in badge.levels):
                nodes[badge.name].fault(
                    f"badge `{badge.name}` belongs to a loop, but badges of the program "
                    "alone are enough for it: ask for something of the loop too"
                )
        else:
            for other in sorted(asks[badge.name]):
                if by_name[other].scope != "program":
                    nodes[badge.name].fault(
                        f"badge `{badge.name}` belongs to the program and cannot ask for "
                        f"`{other}`, which belongs to a loop"
                    )
        path = _way_back(badge.name, asks)
        if path:
            nodes[badge.name].fault(f"badge `{badge.name}` asks for itself: {' -> '.join(path)}")


class _Outsider:
    """Who holds every badge of the program, and of whom a loop knows nothing.

    Nobody can say which loops such a person is in, so none of its badges may be theirs.
    """

    def __init__(self, badges: dict[str, Badge]) -> None:
        self._badges = badges

    def value(self, measure: Measure) -> Value:
        return measure.aggregate.zero

    def holds(self, holding: Holding) -> bool:
        return self._badges[holding.badge].scope == "program"


def _way_back(start: str, asks: dict[str, set[str]]) -> list[str]:
    """The shortest way from a badge over what it asks for back to itself; [] if there is none."""
    asked_by: dict[str, str] = {}
    ahead = [start]
    for name in ahead:
        for asked in sorted(asks[name]):
            if asked not in asked_by:
                asked_by[asked] = name
                ahead.append(asked)
        if start in asked_by:
            way = [start, asked_by[start]]
            while way[-1] != start:
                way.append(asked_by[way[-1]])
            return way[::-1]
    return []

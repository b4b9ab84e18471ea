"""`renamed:` what badges and levels were called before.

An award keeps the id that it was first announced under, which was made of the oldest names:
renaming a badge takes nothing from anybody and awards nothing again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from engine.rules.source import Node
from events.award_ids import award_id

if TYPE_CHECKING:
    from engine.catalog.model import Badge, Catalog

Olds = tuple[str, ...]
"""Former names, the oldest first."""


class BadgeLevel(NamedTuple):
    """A badge at a level; None for a badge without levels."""

    badge: str
    level: str | None


@dataclass(frozen=True, slots=True)
class Renames:
    """The former names of badges, and of levels by badge, all by their names of today."""

    badges: Mapping[str, Olds] = field(default_factory=dict)
    levels: Mapping[str, Mapping[str, Olds]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.badges or self.levels)

    def award_id(
        self, program: str, loop: str | None, recipient: str, badge: str, occurrence: str
    ) -> str:
        """The id of an award under its names of today."""
        return award_id(program, loop, recipient, *self._oldest(badge, occurrence))

    def _oldest(self, badge: str, occurrence: str) -> tuple[str, str]:
        levels = self.levels.get(badge, {})
        return self.badges.get(badge, (badge,))[0], levels.get(occurrence, (occurrence,))[0]

    def oldest(self, name: BadgeLevel) -> BadgeLevel:
        """The oldest names of a badge and its level."""
        badge, level = self._oldest(name.badge, name.level or "")
        return BadgeLevel(badge, level or None)

    def formers(self, name: BadgeLevel) -> Iterator[BadgeLevel]:
        """What a badge and its level may have been called, and are called."""
        levels = self.levels.get(name.badge, {}).get(name.level or "", ())
        for badge in (*self.badges.get(name.badge, ()), name.badge):
            for level in (*levels, name.level):
                yield BadgeLevel(badge, level)

    def canonical(self) -> dict[str, object]:
        """What decides, as JSON values, for the catalog's digest: the oldest names alone."""
        return {
            "badges": {badge: olds[0] for badge, olds in self.badges.items()},
            "levels": {
                badge: {level: olds[0] for level, olds in levels.items()}
                for badge, levels in self.levels.items()
            },
        }


NOTHING_RENAMED = Renames()


def between(one: "Catalog", other: "Catalog") -> dict[BadgeLevel, BadgeLevel]:
    """What `other` calls the badges and levels of `one`, and those that it says it renamed, by
    their names before; only what it calls otherwise."""
    if not one.renames and not other.renames:
        return {}
    now = {other.renames.oldest(name): name for name in _names(other)}
    names = {former: name for name in _names(other) for former in other.renames.formers(name)}
    names |= {
        name: now[oldest] for name in _names(one) if (oldest := one.renames.oldest(name)) in now
    }
    return {was: name for was, name in names.items() if was != name}


def _names(catalog: "Catalog") -> Iterator[BadgeLevel]:
    for badge in catalog.badges:
        for level in badge.levels:
            yield BadgeLevel(badge.name, level.name or None)
        if badge.repeatable is not None:
            yield BadgeLevel(badge.name, None)


def parse(node: Node, badges: "Sequence[Badge]") -> Renames:
    """Read `renamed: {BADGE: OLD, BADGE: [OLDEST, …], BADGE: {LEVEL: OLD}, BADGE: [OLD, {LEVEL:
    OLD}]}`."""
    known = {badge.name: badge for badge in badges}
    names: dict[str, Olds] = {}
    levels: dict[str, Mapping[str, Olds]] = {}
    for name, body in node.mapping("renamed").items():
        badge = known.get(name)
        if badge is None:
            body.fault(f"no badge is called `{name}`: write `NEW_BADGE: OLD_BADGE`")
            continue
        olds, of_levels = _of_badge(body)
        if olds:
            names[name] = tuple(old.text(f"former name of `{name}`") for old in olds)
        for old in olds:
            _check(old, f"badge `{name}`", known, names, name)
        if of_levels is not None:
            levels[name] = _levels(of_levels, badge)
    return Renames(names, {badge: of for badge, of in levels.items() if of})


def _of_badge(body: Node) -> tuple[list[Node], Node | None]:
    """The former names of a badge, and the part about its levels."""
    if isinstance(body.value, dict):
        return [], body
    entries = body.sequence("renamed") if isinstance(body.value, list) else [body]
    of_levels = [entry for entry in entries if isinstance(entry.value, dict)]
    for extra in of_levels[1:]:
        extra.fault("give the levels of a badge once")
    olds = [entry for entry in entries if not isinstance(entry.value, dict)]
    return olds, of_levels[0] if of_levels else None


def _levels(node: Node, badge: "Badge") -> dict[str, Olds]:
    known = {level.name for level in badge.levels}
    levels: dict[str, Olds] = {}
    for name, body in node.mapping(f"renamed levels of `{badge.name}`").items():
        if name not in known:
            body.fault(f"badge `{badge.name}` has no level `{name}`: write `NEW_LEVEL: OLD_LEVEL`")
            continue
        olds = body.sequence("renamed") if isinstance(body.value, list) else [body]
        what = f"level `{name}` of badge `{badge.name}`"
        levels[name] = tuple(old.text(f"former name of {what}") for old in olds)
        for old in olds:
            _check(old, what, known, levels, name)
    return levels


def _check(
    old: Node,
    what: str,
    known: "Mapping[str, object] | set[str]",
    names: Mapping[str, Olds],
    name: str,
) -> None:
    """A former name names nothing else: neither of today nor of another's past."""
    value = old.value
    if not isinstance(value, str):
        return
    if value in known:
        old.fault(f"{what} was called `{value}`, so nothing else may be called that now")
    elif any(value in olds for other, olds in names.items() if other != name):
        old.fault(f"`{value}` is a former name of two of them: an award has one id")
    elif names[name].count(value) > 1:
        old.fault(f"{what} has the former name `{value}` twice")


SCHEMA: dict[str, object] = {
    "description": "Former names of badges, and of their levels, the oldest first.",
    "type": "object",
    "additionalProperties": {
        "oneOf": [
            {"type": "string", "minLength": 1},
            {"$ref": "#/$defs/renamed_levels"},
            {
                "type": "array",
                "minItems": 1,
                "items": {
                    "oneOf": [
                        {"type": "string", "minLength": 1},
                        {"$ref": "#/$defs/renamed_levels"},
                    ]
                },
            },
        ]
    },
}

LEVELS_SCHEMA: dict[str, object] = {
    "type": "object",
    "additionalProperties": {
        "oneOf": [
            {"type": "string", "minLength": 1},
            {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
        ]
    },
}

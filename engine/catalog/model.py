"""A recognition program as data: its measures, badges and effects, ready to be asked.

A catalog is a value. Two catalogs with the same digest decide alike whatever their names and
descriptions say.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, Literal

from engine.catalog.measure_index import MeasureIndex
from engine.catalog.policy import NO_POLICY, Policy
from engine.catalog.renames import NOTHING_RENAMED, Renames
from engine.fact import Fact
from engine.rules.aggregates import Value
from engine.rules.calendar import DEFAULT_CALENDAR, Calendar
from engine.rules.criteria.criterion import Criterion, Holding, Leaf
from engine.rules.effects import Effect, Outgoing
from engine.rules.measure import Measure
from events.award_ids import award_id

Scope = Literal["loop", "program"]


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a badge; a badge without levels has one whose name is ""."""

    name: str
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class Badge:
    """Something to hold. Either it has levels (one of name "" if it has none to show), each with
    a criterion, or it is repeatable: every fact of a measure is an award of its own, valid for
    `valid_for` months or, with None, without end."""

    name: str
    title: str
    description: str
    category: str
    scope: Scope
    levels: tuple[Level, ...]
    repeatable: Measure | None
    valid_for: int | None = None

    def holdings(self) -> tuple[Holding, ...]:
        """What can be held of it, lowest level first; () if it is repeatable."""
        return tuple(Holding(self.name, level.name) for level in self.levels)

    def validity(self) -> str:
        """How long an award is valid, in words: "valid for 36 months"."""
        if self.valid_for is None:
            return "valid without end"
        return f"valid for {self.valid_for:,} month{'s' if self.valid_for > 1 else ''}"

    def canonical(self) -> dict[str, object]:
        """What decides, as JSON values, for the catalog's digest."""
        decides: dict[str, object] = {
            "category": self.category,
            "scope": self.scope,
            "levels": [[level.name, level.criterion.canonical()] for level in self.levels],
            "repeatable": self.repeatable.canonical() if self.repeatable else None,
        }
        if self.valid_for is not None:
            decides["valid_for"] = {"months": self.valid_for}
        return decides


@dataclass(frozen=True, eq=False)
class Catalog:
    """A whole catalog: itself, and equal to no other (compare digests).

    `measures` are sorted by name and know their index; `badges` are in the order of the file;
    `text` is the file itself; `policy` is what it says that decides no award.
    """

    name: str
    version: str
    text: str
    measures: tuple[Measure, ...]
    badges: tuple[Badge, ...]
    effects: tuple[Effect, ...]
    renames: Renames = NOTHING_RENAMED
    calendar: Calendar = DEFAULT_CALENDAR
    policy: Policy = NO_POLICY

    def canonical(self) -> dict[str, Any]:
        """What decides, as JSON values."""
        decides: dict[str, Any] = {
            "measures": {measure.name: measure.canonical() for measure in self.measures},
            "badges": {badge.name: badge.canonical() for badge in self.badges},
            "effects": sorted(json.dumps(effect.canonical()) for effect in self.effects),
        }
        if self.renames:
            decides["renamed"] = self.renames.canonical()
        if self.calendar != DEFAULT_CALENDAR:
            decides["calendar"] = self.calendar.canonical()
        return decides

    @property
    def canonical_text(self) -> str:
        """What decides, as canonical JSON."""
        return json.dumps(
            self.canonical(), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )

    @cached_property
    def digest(self) -> str:
        """Hex SHA-256 of the canonical JSON of what decides."""
        return hashlib.sha256(self.canonical_text.encode()).hexdigest()

    @cached_property
    def award_id(self) -> Callable[[str, str | None, str, str, str], str]:
        """The id of an award (program, loop or None, recipient, badge, occurrence) under the names
        of this catalog."""
        return self.renames.award_id if self.renames else award_id

    @cached_property
    def initial_values(self) -> tuple[Value, ...]:
        """The values of somebody nothing is known of."""
        return tuple(measure.aggregate.zero for measure in self.measures)

    @cached_property
    def stored_otherwise(self) -> tuple[Measure, ...]:
        """The measures whose values JSON does not preserve."""
        return tuple(measure for measure in self.measures if not measure.aggregate.is_json)

    @cached_property
    def badge(self) -> dict[str, Badge]:
        """Badges by name."""
        return {badge.name: badge for badge in self.badges}

    @cached_property
    def rank(self) -> dict[str, int]:
        """Each badge's place in the file, which orders what is published at one instant."""
        return {badge.name: position for position, badge in enumerate(self.badges)}

    @cached_property
    def level_rank(self) -> dict[Holding, int]:
        """Each level's place in its badge, from 0."""
        return {h: n for badge in self.badges for n, h in enumerate(badge.holdings())}

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """Everything that can be held, each after what it may ask for."""
        judged = (*self.judged("program"), *self.judged("loop"))
        return tuple(holding for badge in judged for holding in badge.holdings())

    @cached_property
    def repeatable(self) -> dict[str, Badge]:
        """The repeatable badges by name."""
        return {badge.name: badge for badge in self.badges if badge.repeatable is not None}

    def kinds(self, event: str) -> tuple[str, ...]:
        """The repeatable badges over events of this type: the kinds of kudos, for one."""
        return self._kinds.get(event, ())

    @cached_property
    def _kinds(self) -> dict[str, tuple[str, ...]]:
        kinds: dict[str, tuple[str, ...]] = {}
        for badge in self.badges:
            if badge.repeatable is not None:
                event = badge.repeatable.event
                kinds[event] = (*kinds.get(event, ()), badge.name)
        return kinds

    def asks(self, holding: Holding) -> str | None:
        """What is asked for a holding, as canonical JSON: where two catalogs ask the same, a proof
        under one is a proof under the other. None for what cannot be held."""
        for level in self.badge[holding.badge].levels if holding.badge in self.badge else ():
            if level.name == holding.occurrence:
                measures = {leaf.measure.name: leaf.measure for leaf in level.criterion.leaves()}
                asked = [self.badge[holding.badge].scope, level.criterion.canonical()]
                asked += [measures[name].canonical() for name in sorted(measures)]
                asked += [self.calendar.canonical()]
                return json.dumps(asked, sort_keys=True)
        return None

    def contributions(self, fact: Fact) -> list[tuple[Measure, str]]:
        """The measures that the fact counts in, each with each person whose value it changes."""
        return self._index.contributions(fact)

    def contributions_to(self, scope: Scope, fact: Fact) -> list[tuple[Measure, str]]:
        """Those of them that the badges of a scope test."""
        return self._tested_index[scope].contributions(fact)

    def repeated_by(self, fact: Fact) -> list[tuple[Measure, str]]:
        """Those of them that are repeatable badges: the awards that the fact is by itself."""
        return self._repeatable_index.contributions(fact)

    @cached_property
    def _index(self) -> MeasureIndex:
        return MeasureIndex(self.measures)

    @cached_property
    def _tested_index(self) -> dict[Scope, MeasureIndex]:
        return {scope: MeasureIndex(measures) for scope, measures in self._tested.items()}

    @cached_property
    def _repeatable_index(self) -> MeasureIndex:
        return MeasureIndex(self.repeatable_measures)

    @cached_property
    def repeatable_measures(self) -> tuple[Measure, ...]:
        """The measures that are repeatable badges."""
        return tuple(m for m in self.measures if m.name in self.repeatable)

    def effects_of(self, fact: Fact) -> list[Outgoing]:
        """What the fact sets off, each once: two effects may give the same invitation, where their
        conditions overlap."""
        given: dict[str, Outgoing] = {}
        for effect in self._effects_by.get(fact.type, ()):
            outgoing = effect.of(fact)
            if outgoing is not None:
                given.setdefault(outgoing.id, outgoing)
        return list(given.values())

    @cached_property
    def _effects_by(self) -> dict[str, tuple[Effect, ...]]:
        events = {effect.event for effect in self.effects}
        return {name: tuple(e for e in self.effects if e.event == name) for name in events}

    def judged(self, scope: Scope) -> tuple[Badge, ...]:
        """The badges with levels of a scope, every one after those it asks for."""
        return self._judged[scope]

    @cached_property
    def _judged(self) -> dict[Scope, tuple[Badge, ...]]:
        done: dict[str, Badge] = {}
        ahead = list(reversed(self.badges))
        while ahead:  # not by recursion: a chain of badges may be longer than Python's stack
            badge = ahead[-1]
            missing = [name for name in _asked(badge) if name not in done]
            ahead += [self.badge[name] for name in reversed(missing)]
            if not missing:
                done[ahead.pop().name] = badge
        ordered = [badge for badge in done.values() if badge.levels]
        return {
            "loop": tuple(badge for badge in ordered if badge.scope == "loop"),
            "program": tuple(badge for badge in ordered if badge.scope == "program"),
        }

    def leaves(self, scope: Scope, measure: Measure) -> tuple[Leaf, ...]:
        """The tests of a measure that the badges of a scope are made of."""
        return self._leaves[scope][measure.index]

    @cached_property
    def _leaves(self) -> dict[Scope, list[tuple[Leaf, ...]]]:
        by_scope: dict[Scope, list[list[Leaf]]] = {
            "loop": [[] for _ in self.measures],
            "program": [[] for _ in self.measures],
        }
        for badge in self.badges:
            for level in badge.levels:
                for leaf in level.criterion.leaves():
                    by_scope[badge.scope][leaf.measure.index].append(leaf)
        return {scope: [tuple(leaves) for leaves in by] for scope, by in by_scope.items()}

    def tested(self, scope: Scope) -> tuple[Measure, ...]:
        """The measures that the badges of a scope test."""
        return self._tested[scope]

    @cached_property
    def tested_values(self) -> dict[Scope, Callable[[Sequence[Value]], tuple[Value, ...]]]:
        """By scope: takes the values of the measures that its badges test out of all, briefly."""
        return {scope: _brief_picker(measures) for scope, measures in self._tested.items()}

    def brief(self, values: Sequence[Value]) -> tuple[Value, ...]:
        """All values, briefly: of these everything is true that is true of those."""
        return self._brief(values)

    @cached_property
    def _brief(self) -> Callable[[Sequence[Value]], tuple[Value, ...]]:
        return _brief_picker(self.measures)

    @cached_property
    def _tested(self) -> dict[Scope, tuple[Measure, ...]]:
        return {
            scope: tuple(m for m in self.measures if self._leaves[scope][m.index])
            for scope in self._leaves
        }

    @cached_property
    def program_measures(self) -> tuple[Measure, ...]:
        """The measures kept per person across the program: those that program badges test, and
        those of repeatable badges, whose totals are shown."""
        return tuple(
            measure
            for measure in self.measures
            if self.leaves("program", measure) or measure.name in self.repeatable
        )

    @cached_property
    def program_values(self) -> Callable[[Sequence[Value]], tuple[Value, ...]]:
        """Takes the values of the program's measures out of all."""
        return _picker(self.program_measures)

    @cached_property
    def depends_on_program(self) -> frozenset[str]:
        """The badges of loops that ask, themselves or through others, for badges of the program."""
        names: set[str] = set()
        for badge in self.judged("loop"):
            asked = {h.badge for level in badge.levels for h in level.criterion.holdings()}
            if asked & names or any(self.badge[name].scope == "program" for name in asked):
                names.add(badge.name)
        return frozenset(names)


def _asked(badge: Badge) -> list[str]:
    """The other badges that a badge asks for, in the order in which it does."""
    holdings = [h for level in badge.levels for h in level.criterion.holdings()]
    return [name for name in dict.fromkeys(h.badge for h in holdings) if name != badge.name]


def _picker(measures: Sequence[Measure]) -> Callable[[Sequence[Value]], tuple[Value, ...]]:
    """Takes the values of these measures out of all. Of every fact: itemgetter takes a third of
    the time, but gives no tuple of one or none."""
    indexes = [measure.index for measure in measures]
    if len(indexes) > 1:
        return itemgetter(*indexes)
    return lambda values: tuple([values[index] for index in indexes])


def _brief_picker(measures: Sequence[Measure]) -> Callable[[Sequence[Value]], tuple[Value, ...]]:
    """Takes the values of these measures out of all, briefly: the caches of what values earn are
    keyed by them, and a value of some kinds has hundreds of entries."""
    pick = _picker(measures)
    longer = [n for n, measure in enumerate(measures) if not measure.aggregate.is_brief]
    if not longer:
        return pick

    def brief(values: Sequence[Value]) -> tuple[Value, ...]:
        picked = list(pick(values))
        for n in longer:
            picked[n] = measures[n].aggregate.brief(picked[n])
        return tuple(picked)

    return brief

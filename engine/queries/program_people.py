"""Everybody of a program whom the engine knows: what each received, gave and holds, and who is one
step away from a level."""

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import msgspec

from engine.projections import loop_board
from engine.projections.loop_board import BadgeProgress, StandingAward
from engine.projections.state import Values
from engine.queries.report import ReportSpan
from engine.queries.snapshot import Snapshot
from engine.store.awards import reported, standing
from engine.store.awards.reported import PersonAwards
from engine.store.projections import measures, people


@dataclass(frozen=True, slots=True)
class PeopleOfProgram:
    """`people`: everybody of whom something was counted, by id; `awards`: of those who received or
    gave something. `loops`: in how many loops somebody takes part that are not among those the
    caller knows."""

    people: frozenset[str]
    awards: Mapping[str, PersonAwards]
    loops: Mapping[str, int]


class NearStep(msgspec.Struct, frozen=True, gc=False):
    """A level that one more of what it counts brings. `loop` is None for a badge of the program."""

    loop: str | None
    badge: str
    name: str
    level: str | None
    have: float
    need: float


def read(
    snapshot: Snapshot, program: str, described: AbstractSet[str], span: ReportSpan | None = None
) -> PeopleOfProgram:
    """Everybody of a program, with what they received and gave at all times, or in a range.
    `described`: the loops whose members the caller knows.

    Raises:
        CatalogAltered
    """
    generation = snapshot.generation_for(program)
    catalog, tx = generation.catalog, snapshot.tx
    since, until = (None, None) if span is None else (span.since, span.until)
    awards = reported.by_person(tx, program, since, until)
    names: set[str] = set(awards)
    loops: Counter[str] = Counter()
    for row in measures.of_program(tx, catalog, generation.id, program):
        names.update(row.state)
        if row.place.loop is not None and row.place.loop not in described:
            loops.update(row.state.keys())
    return PeopleOfProgram(frozenset(names), awards, loops)


def near(snapshot: Snapshot, program: str) -> dict[str, NearStep]:
    """Everybody who is one step away from a level that they have begun, with the step that is
    nearest to its end. Each criterion is asked, for everybody in every loop.

    Raises:
        CatalogAltered
    """
    generation = snapshot.generation_for(program)
    catalog, tx = generation.catalog, snapshot.tx
    values = people.read(tx, catalog, generation.id, program)
    kept: dict[str, list[StandingAward]] = {}
    for award in standing.kept(tx, program):
        kept.setdefault(award.recipient, []).append(award)
    steps: dict[str, NearStep] = {}

    def judge(name: str, loop: str | None, own: Values | None) -> None:
        badges = loop_board.badges(catalog, loop, own, values.get(name), kept.get(name, ()))
        for step in _one_short(badges, loop):
            known = steps.get(name)
            if known is None or step.have / step.need > known.have / known.need:
                steps[name] = step

    for row in measures.of_program(tx, catalog, generation.id, program):
        if row.place.loop is not None:
            for name, own in row.state.items():
                judge(name, row.place.loop, own)
    for name in values:
        judge(name, None, None)
    return steps


def _one_short(badges: Iterable[BadgeProgress], loop: str | None) -> Iterable[NearStep]:
    """The steps that are begun and lack one. Outside of all loops, those of the program."""
    for badge in badges:
        step = badge.next
        if step is None or badge.scope != ("program" if loop is None else "loop"):
            continue
        reached = any(level.level == step.level for level in badge.held)
        if 0 < step.have < step.need <= step.have + 1 and not reached:
            yield NearStep(loop, badge.badge, badge.name, step.level, step.have, step.need)

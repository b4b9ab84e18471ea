"""Who of a program holds which stage, and who was recognised in the last year."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from engine.projections.terms import Term, merged
from engine.queries.outcomes.attention import year_before
from engine.queries.snapshot import Snapshot
from engine.store import policies
from engine.store.awards import reported, standing
from events.instants import Instant

_GRACE_DAYS = 90


@dataclass(frozen=True, slots=True)
class MentorsOfProgram:
    """`terms`: by person and stage, the lowest first; `titles`: of stages, the lowest first, by
    name; `recognised`: who received kudos or a badge within a year; `grace_days`: for how long
    after its end a stage still counts for rewards."""

    titles: Mapping[str, str]
    terms: Mapping[str, Mapping[str, tuple[Term, ...]]]
    recognised: frozenset[str]
    grace_days: int

    def stage_at(self, person: str, at: Instant) -> str | None:
        """The highest stage that somebody held at an instant."""
        held = [
            stage
            for stage, terms in self.terms.get(person, {}).items()
            if any(term.covers(at) for term in terms)
        ]
        return held[-1] if held else None


def read(snapshot: Snapshot, program: str, now: Instant) -> MentorsOfProgram:
    """Those of a program as of an instant.

    Raises:
        CatalogAltered, PolicyAltered
    """
    generation = snapshot.generation_for(program)
    policy = policies.current(snapshot.tx, generation.catalog_id)
    badges = generation.catalog.badge
    stage_of = {stage.badge: stage.name for stage in policy.stages}
    order = [stage.name for stage in policy.stages]
    awards: dict[str, dict[str, list[tuple[Instant, Instant | None]]]] = defaultdict(dict)
    for award in standing.of_badges(snapshot.tx, program, stage_of):
        if award.time <= now:
            held = awards[award.recipient].setdefault(stage_of[award.badge], [])
            held.append((award.time, award.valid_until))
    received = reported.by_person(snapshot.tx, program, year_before(now))
    deadlines = policy.governance.get("deadlines_days", {})
    return MentorsOfProgram(
        titles={stage.name: badges[stage.badge].title for stage in policy.stages},
        terms={
            person: {name: merged(held[name]) for name in order if name in held}
            for person, held in awards.items()
        },
        recognised=frozenset(
            name for name, of in received.items() if of.received or of.badges
        ),
        grace_days=deadlines.get("grace", _GRACE_DAYS),
    )  # fmt: skip

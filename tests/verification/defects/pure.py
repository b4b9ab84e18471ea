"""The cheapest level: a history is folded cold, and the checker judges what comes out.

There is no database and no Kafka, so of the checker's invariants I4 alone has something to judge:
measures and awards, with dates and evidence, are those of the facts.
"""

import json
from functools import cache

from engine.fact import Place
from engine.projections import cold
from engine.projections.state import State
from engine.rules.aggregates import Value
from events.instants import Instant
from replay.build.preview import PreviewIntake
from tests.support.given import LATEST, MENTORLOOP
from tests.verification.checker.seen import (
    Exports,
    Json,
    Observations,
    PublishedRecord,
    Span,
    Topic,
)
from tests.verification.checker.tables import StoredTables
from tests.verification.defects.input import everything
from tests.verification.oracle.histories import NOW, PRIVATE

JUDGED = ("I4",)


def seen_of(exports: Exports) -> Observations:
    """What the checker sees of a fold."""
    lines = _history()
    records = tuple(PublishedRecord(0, offset, None, line) for offset, line in enumerate(lines))
    activity = Topic("activity", {0: Span(0, len(lines))}, records)
    nothing = Topic("nothing")
    return Observations(NOW, PRIVATE, activity, nothing, nothing, StoredTables(), exports)


@cache
def _history() -> tuple[bytes, ...]:
    return tuple(everything(700))


class _Facts(PreviewIntake):
    """Accepts records as a preview does."""

    def folded(self) -> cold.Projection:
        """The cold fold of the facts that are not retracted."""
        unretracted = [f.fact for key, f in self._facts.items() if key not in self._retractions]
        return cold.fold(self._catalog, unretracted)


def folded() -> Exports:
    """The awards and measures that the history folds to."""
    facts = _Facts(MENTORLOOP, Instant(LATEST))
    for line in _history():
        facts.process(line)
    folded = facts.folded()
    lines = tuple(json.loads(json.dumps(award.as_json())) for award in folded.awards)
    return Exports(lines, lines, tuple(_measures(folded.states)))


def _measures(states: dict[Place, State]) -> list[Json]:
    """As `measures export` writes them."""
    measures = [
        {
            "program_id": place.program,
            "loop_id": place.loop,
            "participant_id": name,
            "measures": {m.name: _shown(v[m.index]) for m in MENTORLOOP.measures},
        }
        for place, state in states.items()
        for name, v in state.items()
        if list(v) != list(MENTORLOOP.initial_values)
    ]
    return sorted(
        measures,
        key=lambda line: [line["program_id"], line["loop_id"] or "", line["participant_id"]],
    )


def _shown(value: Value) -> object:
    return sorted(value) if isinstance(value, frozenset) else value

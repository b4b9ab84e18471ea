"""Strategies over made-up histories, and the facts that are accepted from them."""

from collections.abc import Iterable

from hypothesis import strategies as st

from engine.catalog.model import Catalog
from engine.fact import Fact
from engine.intake.parse import ParsedFact, admit, parse_record
from tests.support.given import LATEST, MENTORLOOP
from tests.verification.oracle.histories import history


@st.composite
def histories(
    draw: st.DrawFn, most: int = 200, conflicts: bool = True, bad: float = 0.1
) -> list[bytes]:
    """Up to `most` records, between very crowded (one loop of two) and spread out."""
    return history(
        draw(st.integers(0, 2**32), label="seed"),
        draw(st.integers(0, most), label="events"),
        programs=draw(st.integers(1, 2)),
        loops=draw(st.integers(1, 3)),
        people=draw(st.integers(2, 5)),
        bad=bad,
        conflicts=conflicts,
    )


def accepted(records: Iterable[bytes], catalog: Catalog = MENTORLOOP) -> list[Fact]:
    """The facts of the records, each once; retractions are ignored."""
    facts: dict[object, Fact] = {}
    for value in records:
        reading = parse_record(value)
        if isinstance(reading, ParsedFact) and admit(reading, catalog, LATEST) is None:
            fact = reading.fact
            facts.setdefault((fact.place, fact.type, fact.id), fact)
    return list(facts.values())


def facts(most: int = 80) -> st.SearchStrategy[list[Fact]]:
    """Accepted facts, each once, in the order of the records."""
    return histories(most, bad=0).map(accepted)

"""An answer takes the same few statements whatever there is to answer; a catalog is parsed once."""

from collections.abc import Callable

import pytest

from engine.catalog import loader
from engine.catalog.model import Catalog
from engine.queries import boards, person
from engine.queries.snapshot import Reader, Snapshot
from engine.store.generations import catalogs
from tests.integration.handlers.harness import Harness
from tests.integration.limits.counting import counted
from tests.support.given import kudos, meeting

ANSWERS: dict[str, tuple[Callable[[Snapshot], object], int]] = {
    "a loop": (lambda snapshot: boards.of_loop(snapshot, "program", "loop0"), 4),
    "a program": (lambda snapshot: boards.of_program(snapshot, "program"), 4),
    "a person": (lambda snapshot: person.read(snapshot, "program", "ann"), 3),
    "a person, of whose loops more are known": (
        lambda snapshot: person.read(snapshot, "program", "ann", also=["loop0", "new1", "new2"]),
        3,
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_takes_as_many_statements_as_ever(
    harness: Harness, reader: Reader, name: str
) -> None:
    ask, expected = ANSWERS[name]
    for loops in (1, 30):
        harness.tell(
            *(meeting(f"m{loops}", "ann", "ben", loop_id=f"loop{n}") for n in range(loops)),
            *(kudos(f"k{loops}", "ben", "ann", "trust", loop_id=f"loop{n}") for n in range(loops)),
        )
        with reader.snapshot() as snapshot:
            ask(snapshot)  # the catalog is read once

        with reader.snapshot() as snapshot, counted() as statements:
            ask(snapshot)

        assert statements.total() == expected


def test_a_catalog_is_kept_in_one_place(
    harness: Harness, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness.tell(meeting("m1", "ann"))
    with reader.snapshot() as snapshot:
        row = snapshot.generation_of("program").catalog_id
        snapshot.catalog(row)
        monkeypatch.setattr(catalogs, "_parsed", {})
        kept = snapshot.generation_of("program").catalog

        with counted() as statements:
            assert snapshot.catalog(row) is kept

    assert statements.total() == 0


def test_a_catalog_is_parsed_at_most_once(
    harness: Harness, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness.tell(meeting("m1", "ann", "ben"))
    parsed: list[str] = []
    parse = loader.parse

    def counting(text: str) -> Catalog:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(loader, "parse", counting)

    for _ in range(2):
        with reader.snapshot() as snapshot:
            boards.of_loop(snapshot, "program", "loop")
            boards.of_program(snapshot, "program")
            person.read(snapshot, "program", "ann")

    assert len(parsed) <= 1  # another test of this process may have read it

"""Refused records that name somebody who is erased lose their bytes, however they are written."""

import json

import pytest

from engine.store.dead_letters import entries, private
from tests.integration.handlers.harness import Harness
from tests.support.given import kudos, meeting

ANN = "ann/ß-🎉"


def _bad(person: str, program: str = "program") -> bytes:
    return kudos("k1", person, person, "trust", program_id=program, message="PRIVATE-1")


@pytest.mark.parametrize(
    "record",
    [
        _bad(ANN),
        json.dumps(json.loads(_bad(ANN)), ensure_ascii=False).encode(),
        _bad(ANN).replace(b"\\u00df", b"\\u00DF").replace(b"\\ud83c\\udf89", b"\\uD83C\\uDF89"),
        _bad(ANN).replace(b"/\\u00df", b"\\/\\u00df"),
        _bad(ANN)[:-5],
        _bad(ANN).replace(b'"program"', b'"prog')[:-5],
        _bad(ANN) + b" " * 70_000,
    ],
)
def test_a_record_that_names_the_person_is_emptied_and_closed(
    harness: Harness, record: bytes
) -> None:
    harness.tell(record)

    with harness.transaction() as tx:
        (number,) = private.forget(tx, "program", ANN)
        entry = entries.get(tx, number)
        assert private.forget(tx, "program", ANN) == []

    assert entry is not None
    assert (entry.refused.key, entry.refused.value, entry.refused.headers) == (None, None, ())
    assert (entry.resolution, entry.note) == ("discarded", "named a person who was erased")


def test_one_that_is_resolved_is_emptied_too_and_stays_what_it_was(harness: Harness) -> None:
    harness.tell(_bad("ann"))
    with harness.transaction() as tx:
        closed = entries.discard(tx, "never", reason="invalid")
        assert private.forget(tx, "program", "ann") == closed
        entry = entries.get(tx, closed[0])
    assert entry is not None
    assert (entry.refused.value, entry.resolution, entry.note) == (None, "discarded", "never")


def test_records_of_others_stay_as_they_came(harness: Harness) -> None:
    others = [_bad("anna"), _bad("ann", program="other")]
    harness.tell(*others, b"{broken", meeting("m1", "ben", at="2999-01-01T00:00:00Z"))
    before = harness.rows("SELECT value FROM dead_letters ORDER BY id")
    with harness.transaction() as tx:
        assert private.forget(tx, "program", "ann") == []
    assert harness.rows("SELECT value FROM dead_letters ORDER BY id") == before
    assert len(before) == 4


def test_nobody_but_the_owner_of_the_schema_may_call_it(harness: Harness) -> None:
    ((allowed,),) = harness.rows(
        "SELECT has_function_privilege('pg_monitor', "
        "'forget_dead_letters(bytea[], bytea[])', 'EXECUTE')"
    )
    assert not allowed

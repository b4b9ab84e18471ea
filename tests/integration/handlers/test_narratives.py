"""Narratives of testimonials are kept as notes of kudos are: sealed to the mentor, and apart."""

import json
from typing import Any

import pytest

from engine.store.facts import messages
from events.sealed_note import kid_of
from events.sealing import new_key_pair, seal_note
from tests.integration.handlers.harness import Harness
from tests.support.given import TESTIMONIAL, kudos, retracted, voice

CANARY = "the canary sings of imani"
PLACE: dict[str, Any] = {"program_id": "program", "participant_id": "imani", "loop_id": None}


@pytest.fixture(autouse=True)
def _nothing_yet(harness: Harness) -> None:
    harness.clear()


def test_a_narrative_in_clear_is_sealed_to_the_mentor_and_stands_nowhere_else(
    harness: Harness,
) -> None:
    harness.tell(
        voice("t1", "imani", "lee", narrative=CANARY, loop_id="loop"),
        voice("t2", "imani", "bo at Hafenwerk", narrative=CANARY + "!"),
        voice("t3", "imani", "mio"),
        kudos("k1", "lee", "imani", "trust", message="thanks"),
    )
    assert harness.notes() == ["thanks", CANARY, CANARY + "!"]
    owners = harness.rows("SELECT program, participant FROM note_keys")
    assert owners == [("program", "imani")]
    stored = {table: rows for table, rows in harness.dump().items() if CANARY in json.dumps(rows)}
    assert set(stored) <= {"messages"}, "dump() opens what is sealed; nothing else has the text"
    with harness.transaction() as tx:
        (raw,) = {CANARY in text for (text,) in tx.rows("SELECT message FROM messages")}
    assert not raw


def test_the_first_narrative_stands_and_a_retraction_takes_it_away(harness: Harness) -> None:
    harness.tell(voice("t1", "imani", "lee", narrative=CANARY))
    again = harness.tell(voice("t1", "imani", "lee", narrative="in other words"))
    assert again.counts.duplicates == 1
    assert harness.notes() == [CANARY]
    harness.tell(retracted(TESTIMONIAL, "t1", **PLACE))
    assert harness.notes() == []
    assert harness.tell(voice("t1", "imani", "lee", narrative=CANARY)).counts.duplicates == 1
    assert harness.notes() == []


def test_a_sealed_narrative_is_kept_as_it_came(harness: Harness) -> None:
    public, _ = new_key_pair()
    ids = {
        "program_id": "program",
        "loop_id": "",
        "testimonial_id": "t1",
        "participant_id": "imani",
    }
    sealed = seal_note("😀" * 8_000, public, **ids)
    assert len(sealed) <= 48_000
    harness.tell(voice("t1", "imani", "lee", sealed_narrative=sealed))
    assert harness.rows("SELECT message, kid FROM messages") == [(sealed, public.kid)]
    assert kid_of(sealed) == public.kid


def test_testimonials_with_a_narrative_are_those_that_name_somebody_and_stand(
    harness: Harness,
) -> None:
    harness.tell(
        voice("t1", "imani", "lee", narrative=CANARY),
        voice("t2", "zoe", "imani", narrative=CANARY),
        voice("t3", "imani", "lee"),
        voice("t4", "imani", "lee", narrative=CANARY),
        voice("t5", "imani", "lee", narrative=CANARY, program_id="other"),
        voice("t6", "zoe", "lee", narrative=CANARY, cohort_id="imanis"),
        kudos("k1", "lee", "imani", "trust", message="thanks"),
    )
    harness.tell(retracted(TESTIMONIAL, "t4", **PLACE))
    with harness.transaction() as tx:
        naming = messages.with_notes_naming(tx, TESTIMONIAL, "program", "imani")
    assert sorted(fact.id for fact in naming) == ["t1", "t2"]

"""Minutes say what a committee did since the last ones, and name nobody."""

import hashlib

from governance import minutes
from governance.rules.case_ref import case_ref
from governance.store import log
from governance.store.minutes import SealedMinutes, of_program
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import MEMBERS, SUBJECT, Lodge


def sealed(lodge: Lodge) -> SealedMinutes:
    with lodge.room.sitting() as sitting:
        return minutes.seal(sitting, PROGRAM, "ada")


def test_a_case_stands_in_them_from_its_opening_to_its_decision(lodge: Lodge) -> None:
    lodge.ready()
    case = lodge.decide(lodge.on_desk(), "granted")
    made = sealed(lodge)
    assert f"{case_ref(case.case_id)}: first, senior" in made.document
    assert "evidence 1 frozen, 0 of 2 open" in made.document
    assert made.document.count("a vote for granted") == 2
    assert "decided: granted, 2 signatures" in made.document


def test_they_name_nobody_and_quote_nothing(lodge: Lodge) -> None:
    lodge.ready()
    lodge.decide(lodge.on_desk(), "declined", statement="words of the committee")
    document = sealed(lodge).document
    for secret in (SUBJECT, *MEMBERS, "words of the committee", "it is time"):
        assert secret not in document


def test_they_are_sealed_by_their_hash(lodge: Lodge) -> None:
    lodge.apply()
    made = sealed(lodge)
    assert made.digest == hashlib.sha256(made.document.encode()).hexdigest()
    with lodge.room.sitting() as sitting:
        entry = log.of_program(sitting.tx, PROGRAM)[-1]
        assert of_program(sitting.tx, PROGRAM) == [made]
    assert (entry.kind, entry.details["digest"]) == ("minutes.sealed", made.digest)


def test_the_next_ones_begin_where_these_end(lodge: Lodge) -> None:
    case = lodge.apply()
    first = sealed(lodge)
    second = sealed(lodge)
    assert (first.number, second.number) == (1, 2)
    assert "Cases: 1" in first.document
    assert "Cases: 0" in second.document
    lodge.room.move(days=3)
    lodge.ready()
    lodge.step()
    third = sealed(lodge)
    assert (third.from_day, third.to_day) == (second.to_day, lodge.room.now.date())
    assert case_ref(case.case_id) in third.document

"""A decision in force is withdrawn, or stands: its subject is heard first."""

import pytest

from governance.cases import hearings, opening
from governance.errors import CaseRefused
from governance.store import cases
from governance.store.cases import Case
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import SUBJECT, Lodge, refused
from tests.integration.governance.test_appeals import appeal


@pytest.fixture
def granted(lodge: Lodge) -> Case:
    """A case that was granted and is an award."""
    lodge.ready()
    case = lodge.decide(lodge.on_desk(), "granted")
    lodge.deliver()
    return case


def withdraw(lodge: Lodge, granted: Case, reason: str = "a review was not what it seemed") -> Case:
    assert granted.decision_id is not None
    with lodge.room.sitting() as sitting:
        return opening.open_withdrawal(
            sitting, PROGRAM, SUBJECT, granted.decision_id, "chris", reason
        )


def answer(lodge: Lodge, case: Case, text: str = "it was fair") -> Case:
    with lodge.room.sitting() as sitting:
        return hearings.answer(sitting, PROGRAM, case.case_id, SUBJECT, text)


def to_desk(lodge: Lodge, case: Case) -> Case:
    lodge.room.move(hours=73)
    lodge.step()
    return lodge.case(case.case_id)


def test_the_subject_is_heard_and_then_it_is_decided(lodge: Lodge, granted: Case) -> None:
    case = withdraw(lodge, granted)
    assert (case.kind, case.state, case.about) == ("withdrawal", "hearing", "senior")
    assert withdraw(lodge, granted).case_id == case.case_id
    answered = answer(lodge, case)
    assert answered.state == "settling"
    with pytest.raises(CaseRefused) as again:
        answer(lodge, case)
    assert refused("not-in-state", again.value)

    case = lodge.decide(to_desk(lodge, case), "retracted")

    assert (case.state, case.decision_id) == ("decided", None)
    (_, retraction) = lodge.published()
    assert retraction["data"]["fact_id"] == granted.decision_id
    lodge.deliver()
    assert lodge.standing() == []


def test_who_does_not_answer_is_decided_about_after_fourteen_days(
    lodge: Lodge, granted: Case
) -> None:
    case = withdraw(lodge, granted)
    lodge.room.move(days=14)
    lodge.step()
    assert lodge.case(case.case_id).state == "hearing"
    lodge.room.move(days=1)
    lodge.step()
    assert lodge.case(case.case_id).state == "settling"


def test_what_stands_is_not_touched(lodge: Lodge, granted: Case) -> None:
    case = lodge.decide(to_desk(lodge, answer(lodge, withdraw(lodge, granted))), "stands")
    assert case.outcome == "stands"
    assert len(lodge.published()) == 1  # the decision alone
    assert lodge.standing() == ["senior"]


def test_stages_above_go_with_it_if_they_are_ticked(lodge: Lodge, granted: Case) -> None:
    lodge.training("more", 10, days_ago=0.01)
    elder = lodge.decide(lodge.on_desk("elder"), "granted")
    lodge.deliver()
    assert lodge.standing() == ["elder", "senior"]
    case = to_desk(lodge, answer(lodge, withdraw(lodge, granted)))
    first, second = lodge.seated(case)
    with pytest.raises(CaseRefused) as strange:
        lodge.open_and_sign(case, first, "retracted", also=["another"])
    assert refused("not-allowed", strange.value)
    assert elder.decision_id is not None
    lodge.sign(case, first, "retracted", also=[elder.decision_id])
    lodge.open_and_sign(case, second, "retracted")

    lodge.deliver()

    assert lodge.standing() == []


def test_what_is_retracted_is_appealed_and_granted_again(lodge: Lodge, granted: Case) -> None:
    case = lodge.decide(to_desk(lodge, answer(lodge, withdraw(lodge, granted))), "retracted")
    lodge.deliver()
    upheld = lodge.decide(appeal(lodge, case), "upheld")
    assert upheld.outcome == "upheld"
    lodge.step()
    lodge.room.move(hours=73)
    lodge.step()
    with lodge.room.sitting() as sitting:
        theirs = cases.of_subject(sitting.tx, PROGRAM, SUBJECT)
    (again,) = (each for each in theirs if each.of_case == upheld.case_id)
    assert (again.kind, again.state, again.appeal_of) == ("first", "on_desk", granted.decision_id)
    lodge.decide(again, "granted")
    lodge.deliver()
    assert lodge.standing() == ["senior"]


def test_only_a_decision_in_force_is_withdrawn_and_for_a_reason(
    lodge: Lodge, granted: Case
) -> None:
    with pytest.raises(CaseRefused) as silent:
        withdraw(lodge, granted, " ")
    assert refused("statement-needed", silent.value)
    with pytest.raises(CaseRefused) as unknown, lodge.room.sitting() as sitting:
        opening.open_withdrawal(sitting, PROGRAM, SUBJECT, "no-decision", "chris", "why not")
    assert refused("unknown-case", unknown.value)

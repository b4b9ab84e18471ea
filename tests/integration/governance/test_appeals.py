"""What was declined or retracted is appealed: three others look, and facts follow from what they
sign."""

import pytest

from governance.cases import appeals
from governance.errors import CaseRefused
from governance.store import cases, signatures
from governance.store.cases import Case
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import MEMBERS, SUBJECT, Lodge, refused


def appeal(lodge: Lodge, case: Case, text: str = "one review was not fair") -> Case:
    with lodge.room.sitting() as sitting:
        return appeals.lodge(sitting, PROGRAM, case.case_id, SUBJECT, text)


@pytest.fixture
def declined(lodge: Lodge) -> Case:
    """A case that was declined for a review of 0."""
    lodge.training("clinic", 12)
    lodge.reviews("panel", 3, 3, 0)
    case = lodge.decide(lodge.on_desk(), "declined")
    lodge.deliver()
    return case


def test_three_who_did_not_sign_look_at_it_at_once(lodge: Lodge, declined: Case) -> None:
    second = appeal(lodge, declined)
    with lodge.room.sitting() as sitting:
        signers = {each.member for each in signatures.of_case(sitting.tx, declined.case_id)}
    assert (second.kind, second.state, second.pack) == ("appeal", "on_desk", 1)
    assert set(lodge.seated(second)) == set(MEMBERS) - signers
    assert (second.of_case, second.of_decision) == (declined.case_id, declined.decision_id)
    assert lodge.case(declined.case_id).state == "appealed"
    assert lodge.log_of(declined)[-1] == "appeal.lodged"
    assert appeal(lodge, declined) == second


def test_what_is_rejected_stays_as_it_was(lodge: Lodge, declined: Case) -> None:
    second = lodge.decide(appeal(lodge, declined), "rejected")
    assert (second.state, second.outcome) == ("settled", "rejected")
    assert lodge.case(declined.case_id).state == "settled"
    assert lodge.log_of(declined)[-1] == lodge.log_of(second)[-1] == "appeal.settled"
    with lodge.room.sitting() as sitting:
        assert len(cases.of_subject(sitting.tx, PROGRAM, SUBJECT)) == 2


def test_what_is_upheld_retracts_a_review_and_is_decided_again(
    lodge: Lodge, declined: Case
) -> None:
    second = lodge.decide(appeal(lodge, declined), "upheld", retracts=["panel-3"])
    assert second.outcome == "upheld"
    retraction = lodge.published()[-1]
    assert retraction["data"]["fact_id"] == "panel-3"
    lodge.deliver()
    with lodge.room.sitting() as sitting:
        third, *_ = (
            each
            for each in cases.of_subject(sitting.tx, PROGRAM, SUBJECT)
            if each.of_case == second.case_id
        )
    assert (third.kind, third.state, third.appeal_of) == (
        "first", "acknowledged", declined.decision_id
    )  # fmt: skip

    lodge.reviews("again", 3, days_ago=0.01)
    lodge.step()
    lodge.room.move(hours=73)
    lodge.step()
    third = lodge.decide(lodge.case(third.case_id), "granted")

    lodge.deliver()
    assert lodge.standing() == ["senior"]
    decision = lodge.published()[-1]["data"]
    assert decision["appeal_of"] == declined.decision_id


def test_who_applied_again_in_the_meantime_has_one_case(lodge: Lodge, declined: Case) -> None:
    applied = lodge.apply()
    second = lodge.decide(appeal(lodge, declined), "upheld")
    applied = lodge.case(applied.case_id)
    assert (applied.of_case, applied.appeal_of) == (second.case_id, declined.decision_id)


def test_only_reviews_of_the_pack_are_retracted_and_only_by_upholding(
    lodge: Lodge, declined: Case
) -> None:
    second = appeal(lodge, declined)
    member = lodge.seated(second)[0]
    with pytest.raises(CaseRefused) as strange:
        lodge.open_and_sign(second, member, "upheld", retracts=["of-somebody-else"])
    assert refused("not-allowed", strange.value)
    with pytest.raises(CaseRefused) as rejected:
        lodge.sign(second, member, "rejected", retracts=["panel-3"])
    assert refused("outcome-not-offered", rejected.value)


@pytest.mark.parametrize(("days", "in_time"), [(30, True), (31, False)])
def test_an_appeal_has_thirty_local_days(
    lodge: Lodge, declined: Case, days: int, in_time: bool
) -> None:
    lodge.room.move(days=days)
    if in_time:
        assert appeal(lodge, declined).state == "on_desk"
        return
    for _ in ("still decided", "final"):
        with pytest.raises(CaseRefused) as late:
            appeal(lodge, declined)
        assert refused("too-late", late.value)
        lodge.step()
    assert lodge.case(declined.case_id).state == "final"


def test_what_was_granted_is_not_appealed(lodge: Lodge) -> None:
    lodge.ready()
    granted = lodge.decide(lodge.on_desk(), "granted")
    with pytest.raises(CaseRefused) as fine:
        appeal(lodge, granted)
    assert refused("not-allowed", fine.value)


def test_an_appeal_has_words_and_is_of_the_subject(lodge: Lodge, declined: Case) -> None:
    with pytest.raises(CaseRefused) as silent:
        appeal(lodge, declined, " ")
    assert refused("statement-needed", silent.value)
    with pytest.raises(CaseRefused) as other, lodge.room.sitting() as sitting:
        appeals.lodge(sitting, PROGRAM, declined.case_id, "ada", "no")
    assert refused("unknown-case", other.value)

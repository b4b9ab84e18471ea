"""What was decided is judged once more by people who had no part in it, and did not see how."""

import pytest

from governance.audit import sample
from governance.errors import CaseRefused
from governance.rules.quarters import Quarter
from governance.rules.states import Outcome
from governance.store import log
from governance.store.cases import Case
from governance.store.samples import AuditSample
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import Lodge

Q4 = Quarter(2026, 4)


@pytest.fixture
def decided(lodge: Lodge) -> Case:
    """A case that two members decided in the last quarter of 2026, which is over."""
    lodge.ready()
    case = lodge.decide(lodge.on_desk(), "granted")
    lodge.room.move(days=31)
    return case


def drawn(lodge: Lodge, quarter: Quarter = Q4) -> list[AuditSample]:
    with lodge.room.sitting() as sitting:
        return sample.draw(sitting, PROGRAM, quarter)


def judged(lodge: Lodge, case: Case, who: str, outcome: Outcome) -> sample.SampleResult:
    lodge.open(case, who)
    with lodge.room.sitting() as sitting:
        return sample.judge(sitting, PROGRAM, case.case_id, who, outcome)


def test_two_judge_who_did_not_sign(lodge: Lodge, decided: Case) -> None:
    samples = drawn(lodge)
    assert {each.case_id for each in samples} == {decided.case_id}
    assert len({each.judge for each in samples}) == 2
    assert {each.judge for each in samples}.isdisjoint({*lodge.left(decided), "imani"})


def test_a_quarter_is_drawn_once(lodge: Lodge, decided: Case) -> None:
    first = drawn(lodge)
    assert drawn(lodge) == first
    assert drawn(lodge, Quarter(2026, 3)) == []
    with lodge.room.sitting() as sitting:
        kinds = [entry.kind for entry in log.of_program(sitting.tx, PROGRAM)]
    assert kinds.count("audit.sampled") == 1


def test_a_quarter_that_goes_on_is_not_drawn(lodge: Lodge, decided: Case) -> None:
    lodge.room.move(days=-31)
    assert drawn(lodge) == []


def test_agreement_is_the_share_of_verdicts_that_agree(lodge: Lodge, decided: Case) -> None:
    one, other = (each.judge for each in drawn(lodge))
    assert judged(lodge, decided, one, "granted").agreement == 1
    result = judged(lodge, decided, other, "declined")
    assert (float(result.agreement or 0), result.is_low) == (0.5, True)
    with lodge.room.sitting() as sitting:
        entry = log.of_program(sitting.tx, PROGRAM)[-1]
    assert (entry.kind, entry.details["calibration"]) == ("audit.judged", True)


def test_a_judge_reads_the_pack_first(lodge: Lodge, decided: Case) -> None:
    judge = drawn(lodge)[0].judge
    with lodge.room.sitting() as sitting, pytest.raises(CaseRefused) as refused:
        sample.judge(sitting, PROGRAM, decided.case_id, judge, "granted")
    assert refused.value.kind == "pack-not-opened"


def test_who_is_not_asked_cannot_judge(lodge: Lodge, decided: Case) -> None:
    drawn(lodge)
    with lodge.room.sitting() as sitting, pytest.raises(CaseRefused) as refused:
        sample.judge(sitting, PROGRAM, decided.case_id, next(iter(lodge.left(decided))), "granted")
    assert refused.value.kind == "unknown-case"


def test_judged_twice_the_same_is_one_verdict(lodge: Lodge, decided: Case) -> None:
    judge = drawn(lodge)[0].judge
    first = judged(lodge, decided, judge, "granted")
    with lodge.room.sitting() as sitting:
        again = sample.judge(sitting, PROGRAM, decided.case_id, judge, "granted")
    assert again == first
    with lodge.room.sitting() as sitting, pytest.raises(CaseRefused) as refused:
        sample.judge(sitting, PROGRAM, decided.case_id, judge, "declined")
    assert refused.value.kind == "already-signed"

"""Which states a case of a kind goes through."""

from governance.rules import states
from governance.rules.states import KINDS, STATES


def _reachable(kind: states.CaseKind) -> set[states.CaseState]:
    reached = {state for state in STATES if states.may_begin(kind, state)}
    while True:
        more = {
            after for before in reached for after in STATES if states.may_move(kind, before, after)
        }
        if more <= reached:
            return reached
        reached |= more


def test_an_application_goes_through_every_state_but_a_hearing() -> None:
    for kind in ("first", "renewal", "waiver"):
        assert _reachable(kind) == set(STATES) - {"hearing"}


def test_a_withdrawal_begins_with_a_hearing() -> None:
    assert _reachable("withdrawal") == {
        "hearing", "settling", "on_desk", "decided", "final", "appealed", "settled", "withdrawn",
    }  # fmt: skip


def test_an_appeal_is_on_the_desk_at_once_and_then_settled() -> None:
    assert _reachable("appeal") == {"on_desk", "settled", "withdrawn"}


def test_no_state_is_entered_twice() -> None:
    for kind in KINDS:
        for state in STATES:
            reached = {after for after in STATES if states.may_move(kind, state, after)}
            while reached:
                assert state not in reached
                reached = {
                    after
                    for before in reached
                    for after in STATES
                    if states.may_move(kind, before, after)
                }


def test_a_case_that_ended_stays_as_it_is() -> None:
    for ended in ("final", "settled", "withdrawn"):
        assert not any(states.may_move(kind, ended, after) for kind in KINDS for after in STATES)


def test_what_is_open_is_what_may_still_be_decided() -> None:
    assert {
        before for before in STATES for kind in KINDS if states.may_move(kind, before, "withdrawn")
    } == states.OPEN


def test_only_what_is_met_is_granted() -> None:
    assert states.offered("first", all_met=False) == ("declined",)
    assert states.offered("renewal", all_met=True) == ("renewed", "declined")
    assert states.offered("waiver", all_met=True) == ("granted", "declined")
    assert states.offered("withdrawal", all_met=False) == ("stands", "retracted")
    assert states.offered("appeal", all_met=False) == ("rejected", "upheld")

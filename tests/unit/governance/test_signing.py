"""A signature is refused for the first reason that holds, and only then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules import signing, states
from governance.rules.signing import Signer
from tests.support.examples import examples
from tests.unit.governance.naive_seats import naive_may_sign

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
READY = Signer("ada", "imani", True, False, True, NOW)
OFFERED = states.offered("first", all_met=True)
ages = st.none() | st.sampled_from([-61, -60, -1, 0, 299, 300, 301]).map(
    lambda seconds: NOW - timedelta(seconds=seconds)
)
signers = st.builds(
    Signer,
    st.sampled_from(["ada", "imani"]),
    st.just("imani"),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    ages,
)


@given(
    signers,
    st.sampled_from(states.OUTCOMES),
    st.sampled_from(states.KINDS),
    st.booleans(),
    st.booleans(),
)
@examples(500)
def test_two_readings_of_the_rules_agree_on_who_may_sign(
    signer: Signer, outcome: states.Outcome, kind: states.CaseKind, met: bool, statement: bool
) -> None:
    offered = states.offered(kind, all_met=met)
    may = naive_may_sign(signer, outcome, offered, statement, NOW)
    refused = signing.refusal_of(signer, NOW) or signing.refusal_of_vote(
        outcome, offered, has_statement=statement
    )
    assert (refused is None) == may


@pytest.mark.parametrize(
    ("signer", "reason"),
    [
        (replace(READY, member="imani"), "is-subject"),
        (replace(READY, recused=True, seated=False), "recused"),
        (replace(READY, seated=False), "not-seated"),
        (replace(READY, opened=False), "pack-not-opened"),
        (replace(READY, authenticated_at=None), "authenticate-again"),
        (replace(READY, authenticated_at=NOW - timedelta(minutes=6)), "authenticate-again"),
        (replace(READY, authenticated_at=NOW + timedelta(minutes=2)), "authenticate-again"),
    ],
)
def test_each_reason_has_its_name(signer: Signer, reason: str) -> None:
    assert signing.refusal_of(signer, NOW) == reason
    assert signing.refusal_of(READY, NOW) is None


def test_what_is_granted_needs_every_line_and_what_is_declined_reasons() -> None:
    while_open = states.offered("first", all_met=False)
    votes = [
        (while_open, "granted", True, "outcome-not-offered"),
        (OFFERED, "granted", False, None),
        (while_open, "declined", False, "statement-needed"),
        (while_open, "declined", True, None),
        (OFFERED, "renewed", True, "outcome-not-offered"),
        (OFFERED, "anything", True, "outcome-not-offered"),
    ]
    for offered, outcome, has_statement, reason in votes:
        refused = signing.refusal_of_vote(outcome, offered, has_statement=has_statement)
        assert refused == reason, outcome

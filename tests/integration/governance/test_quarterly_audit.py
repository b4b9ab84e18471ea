"""The quarterly audit is clean over what went by the rules, and names each breach of them."""

import pytest

from governance.audit import quarterly
from governance.rules.breaches import Breach
from governance.rules.case_ref import case_ref
from governance.rules.quarters import Quarter
from governance.store.cases import Case
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import Lodge

Q4 = Quarter(2026, 4)


@pytest.fixture
def decided(lodge: Lodge) -> Case:
    """A case that was granted, its decision accepted by the engine."""
    lodge.ready()
    case = lodge.decide(lodge.on_desk(), "granted")
    lodge.deliver()
    return case


def breaches(lodge: Lodge, quarter: Quarter = Q4) -> list[Breach]:
    with lodge.room.sitting() as sitting:
        return quarterly.audit(sitting, PROGRAM, quarter)


def altered(lodge: Lodge, statement: str, *parameters: object) -> None:
    """Somebody with all rights changes a row by hand, the log too."""
    with lodge.room.harness.transaction() as tx:
        tx.execute("ALTER TABLE governance.log DISABLE TRIGGER append_only")
        assert tx.execute(statement, *parameters)
        tx.execute("ALTER TABLE governance.log ENABLE TRIGGER append_only")


def test_what_went_by_the_rules_is_clean(lodge: Lodge, decided: Case) -> None:
    assert breaches(lodge) == []


@pytest.mark.parametrize(
    ("statement", "kind", "words"),
    [
        ("DELETE FROM governance.signatures WHERE member = %(who)s", "signatures", "of the log"),
        ("UPDATE governance.cases SET outcome = 'declined'", "signatures", "0 signed declined"),
        ("UPDATE governance.packs SET digest = repeat('0', 64)", "digests", "the one of the log"),
        ("UPDATE governance.packs SET ground = repeat('0', 64)", "digests", "the ground of pack"),
        ("UPDATE governance.packs SET policy = repeat('0', 64)", "digests", "the policy"),
        ("UPDATE governance.packs SET catalog = repeat('0', 64)", "digests", "the catalog"),
        ("UPDATE governance.packs SET sealed = '\\x00'", "digests", "another digest"),
        ("UPDATE governance.cases SET opened_at = opened_at - interval '60 days'", "deadlines",
         "decided 18 days after"),
        ("UPDATE governance.log SET by = 'eve' WHERE kind = 'pack.opened'", "log", "entry"),
        ("DELETE FROM governance.log WHERE kind = 'pack.opened'", "signatures",
         "without opening it before"),
        ("UPDATE governance.cases SET subject = %(who)s", "signatures", "its subject signed"),
    ],
)  # fmt: skip
def test_each_breach_is_named(
    lodge: Lodge, decided: Case, statement: str, kind: str, words: str
) -> None:
    signer = next(iter(lodge.left(decided)))
    altered(lodge, statement.replace("%(who)s", f"'{signer}'"))
    named = [breach for breach in breaches(lodge) if breach.kind == kind]
    assert any(words in breach.sentence for breach in named), named
    assert {breach.case for breach in named} <= {case_ref(decided.case_id), None}


def test_who_had_been_recused_and_signed_is_named(lodge: Lodge, decided: Case) -> None:
    signer = next(iter(lodge.left(decided)))
    altered(
        lodge,
        "INSERT INTO governance.recusals VALUES (%s::text::uuid, %s, 'loop', false, %s)",
        decided.case_id, signer, decided.opened_at,
    )  # fmt: skip
    assert ("recusals", f"{signer} signed, and had been recused") in [
        (breach.kind, breach.sentence) for breach in breaches(lodge)
    ]


def test_a_vote_before_the_pack_had_settled_is_named(lodge: Lodge, decided: Case) -> None:
    altered(
        lodge,
        "UPDATE governance.log SET at = (at::timestamptz + interval '2 days')::text "
        "WHERE kind = 'pack.frozen'",
    )
    assert "settling" in {breach.kind for breach in breaches(lodge)}


def test_a_decision_that_does_not_reach_the_ledger_is_named(lodge: Lodge) -> None:
    lodge.ready()
    lodge.decide(lodge.on_desk(), "granted")
    assert breaches(lodge) == []
    lodge.room.move(days=2)
    assert [breach.kind for breach in breaches(lodge)] == ["publication"]


def test_a_case_that_is_overdue_is_named(lodge: Lodge) -> None:
    lodge.apply()
    lodge.room.move(days=7)
    (breach,) = breaches(lodge)
    assert (breach.kind, breach.sentence[:16]) == ("deadlines", "applied, due on ")


def test_other_quarters_are_not_looked_at(lodge: Lodge, decided: Case) -> None:
    altered(lodge, "UPDATE governance.packs SET digest = repeat('0', 64)")
    assert breaches(lodge, Quarter(2026, 3)) == []

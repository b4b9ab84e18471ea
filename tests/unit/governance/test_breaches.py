"""Breaches that no case on a real database can have: appeals and panels, from values alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from governance.rules.breaches import AuditedCase, PackOnRecord, Vote, of_case
from governance.rules.quarters import Quarter

NOW = datetime(2026, 11, 29, tzinfo=UTC)
PACK = PackOnRecord(1, "d", "g", "d", "d", "g", (), True, True)
SIGNERS = frozenset({"ada", "sam"})
CASE = AuditedCase(
    ref="c", subject="imani", outcome="upheld", approvers=2,
    votes=[Vote(who, 1, "upheld", NOW, NOW - timedelta(hours=1)) for who in sorted(SIGNERS)],
    stored_signers=SIGNERS, recused={}, settled_from=None, decided_on=NOW.date(),
    due_on=date(2026, 12, 24), first_signers=frozenset({"bea"}), pack=PACK, makes_decision=False,
    published=None, awaited=True,
)  # fmt: skip


def kinds(case: AuditedCase) -> list[str]:
    return [breach.kind for breach in of_case(case)]


def test_a_good_appeal_has_none() -> None:
    assert kinds(CASE) == []


def test_who_signed_the_first_case_may_not_decide_the_appeal() -> None:
    assert kinds(replace(CASE, first_signers=frozenset({"ada", "bea"}))) == ["appeals"]


def test_means_over_two_reviews_are_a_breach() -> None:
    assert kinds(replace(CASE, pack=replace(PACK, small_panels=("p",)))) == ["panels"]


def test_an_erased_subject_leaves_the_rest_to_check() -> None:
    erased = replace(PACK, document=None, ground=None)
    assert kinds(replace(CASE, pack=erased)) == []
    assert kinds(replace(CASE, pack=replace(erased, frozen="x"))) == ["digests"]


def test_the_last_day_is_in_time() -> None:
    assert kinds(replace(CASE, decided_on=date(2026, 12, 24))) == []
    assert kinds(replace(CASE, decided_on=date(2026, 12, 25))) == ["deadlines"]


def test_a_decision_that_names_others_is_a_breach() -> None:
    made = replace(CASE, makes_decision=True)
    assert kinds(replace(made, published=("d", SIGNERS))) == []
    assert kinds(replace(made, published=("x", SIGNERS))) == ["publication"]
    assert kinds(replace(made, published=("d", frozenset({"ada"})))) == ["publication"]
    assert kinds(made) == ["publication"]
    assert kinds(replace(made, awaited=False)) == []


def test_a_quarter_covers_its_days() -> None:
    quarter = Quarter.parse("2026-Q4")
    days = (date(2026, 9, 30), date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [quarter.covers(day) for day in days] == [False, True, True, False]
    assert [str(Quarter.before(day)) for day in days] == [
        "2026-Q2", "2026-Q3", "2026-Q3", "2026-Q4",
    ]  # fmt: skip

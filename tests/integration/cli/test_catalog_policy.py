"""`catalog policy`: another policy is adopted without a replay, and none is ever forgotten."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from engine.catalog.loader import parse
from engine.catalog.policy import Policy
from engine.queries import eligibility
from engine.queries.snapshot import Snapshot, snapshot
from engine.store import audit_log, policies
from engine.store.generations import catalogs
from engine.store.generations.live import Generations
from engine.store.postgres.connection import transaction
from events.instants import Instant
from tests.integration.cli.conftest import Command
from tests.support.given import MENTORLOOP
from tests.unit.catalog.policy_text import POLICY_TEXT

FIRST = parse(POLICY_TEXT)
RAISED = POLICY_TEXT.replace("{value: 3.5, sample: 3}", "{value: 3.75, sample: 3}")
WHY = ("--by", "ruth", "--reason", "voted in May")


@pytest.fixture
def guild(store: Engine) -> Engine:
    """A database whose programs start under the small catalog."""
    with transaction(store) as tx:
        tx.execute("UPDATE generations SET catalog = %s", catalogs.store(tx, FIRST))
    return store


def written(folder: Path, text: str) -> Path:
    file = folder / "guild.yaml"
    file.write_text(text)
    return file


def current(engine: Engine) -> Policy:
    with transaction(engine) as tx:
        [(row,)] = tx.rows("SELECT id FROM catalogs WHERE digest = %s", FIRST.digest)
        return policies.current(tx, row)


def test_a_catalog_goes_by_the_policy_of_its_text_until_another_is_adopted(
    guild: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    assert current(guild).digest == FIRST.policy.digest
    ran = badge_engine("catalog", "policy", written(tmp_path, RAISED), *WHY)
    raised = parse(RAISED).policy
    assert ran.out == (
        f"policy {raised.digest} adopted, was {FIRST.policy.digest}\nprograms under it: none\n"
    )
    assert current(guild).canonical() == raised.canonical()
    with transaction(guild) as tx:
        for one in (FIRST.policy, raised):
            kept = policies.by_digest(tx, one.digest)
            assert kept is not None
            assert kept.canonical_text == one.canonical_text
        assert policies.by_digest(tx, "0" * 64) is None
        [entry] = policies.adoptions(tx)
        assert audit_log.verify(tx).entries == 1
    assert (entry.action, entry.by, entry.reason) == ("adopt", "ruth", "voted in May")
    assert entry.details == {
        "policy": raised.digest,
        "before": FIRST.policy.digest,
        "catalog": FIRST.digest,
    }


def test_what_is_in_force_already_is_not_adopted_again(
    guild: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    ran = badge_engine("catalog", "policy", written(tmp_path, POLICY_TEXT), *WHY)
    assert (ran.code, "is in force already" in ran.out) == (0, True)
    with transaction(guild) as tx:
        assert policies.adoptions(tx) == []


def test_an_earlier_policy_can_be_adopted_again(
    guild: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    for text in (RAISED, POLICY_TEXT):
        assert badge_engine("catalog", "policy", written(tmp_path, text), *WHY).code == 0
    assert current(guild).digest == FIRST.policy.digest
    shown = badge_engine("catalog", "policies").out
    assert shown.count("voted in May") == 2
    assert FIRST.policy.digest[:12] in shown


def test_a_catalog_that_decides_differently_is_refused_with_what_differs(
    guild: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    other = RAISED.replace("{at_least: {meetings: 4}}", "{at_least: {meetings: 5}}")
    ran = badge_engine("catalog", "policy", written(tmp_path, other), *WHY)
    assert (ran.code, ran.out) == (1, "")
    assert "regular: meetings at least 5, was meetings at least 4" in ran.err
    assert "badge-replay plan" in ran.err
    assert current(guild).digest == FIRST.policy.digest


def test_a_file_without_a_policy_is_refused(
    guild: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    bare = POLICY_TEXT[: POLICY_TEXT.index("indicators:")]
    ran = badge_engine("catalog", "policy", written(tmp_path, bare), *WHY)
    assert ran.code == 2
    assert "has no policy: none of indicators, stages" in ran.err


def test_a_reason_is_asked_for(guild: Engine, badge_engine: Command, tmp_path: Path) -> None:
    assert badge_engine("catalog", "policy", written(tmp_path, RAISED)).code == 2
    assert current(guild).digest == FIRST.policy.digest


@pytest.mark.parametrize(
    ("was", "now"),
    [("[none, little, some", "[none, few, some"), ("rated_by: a panel", "rated_by: anybody")],
)
def test_a_rubric_never_changes_under_its_version(
    guild: Engine, badge_engine: Command, tmp_path: Path, was: str, now: str
) -> None:
    text = RAISED.replace(was, now)
    ran = badge_engine("catalog", "policy", written(tmp_path, text), *WHY)
    assert ran.code == 1
    assert "rubric practice/1: a rubric that was adopted never changes" in ran.err
    assert current(guild).digest == FIRST.policy.digest
    next_version = text.replace("practice/1", "practice/2")
    assert badge_engine("catalog", "policy", written(tmp_path, next_version), *WHY).code == 0
    # Also one that is in force no more: ratings name it for good.
    assert badge_engine("catalog", "policy", written(tmp_path, text), *WHY).code == 1


def test_other_texts_of_a_catalog_leave_its_policy(
    guild: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    text = RAISED.replace("name: Regular", "name: Steady")
    assert badge_engine("catalog", "retext", written(tmp_path, text)).code == 0
    assert current(guild).digest == FIRST.policy.digest


def test_a_catalog_without_a_policy_has_an_empty_one(store: Engine) -> None:
    with transaction(store) as tx:
        row = catalogs.store(tx, MENTORLOOP)
        assert not policies.current(tx, row)
        assert tx.rows("SELECT 1 FROM policies") == []


def test_a_policy_that_is_changed_by_hand_is_refused(guild: Engine) -> None:
    with transaction(guild) as tx:
        tx.execute("UPDATE policies SET text = %s", RAISED)
        with pytest.raises(policies.PolicyAltered, match="a stored catalog was changed"):
            policies.by_digest(tx, FIRST.policy.digest)


def test_a_check_says_the_digest_of_the_policy(badge_engine: Command, tmp_path: Path) -> None:
    ran = badge_engine("catalog", "check", written(tmp_path, POLICY_TEXT))
    assert f"policy {FIRST.policy.digest}" in ran.out
    assert "policy" not in badge_engine("catalog", "check", "mentorloop").out


def test_stages_indicators_and_rewards_are_shown_in_words(
    badge_engine: Command, tmp_path: Path
) -> None:
    shown = badge_engine("catalog", "show", written(tmp_path, POLICY_TEXT)).out
    words = " ".join(shown.split())
    for phrase in (
        "share with rating at least 4 of mentoring.survey.submitted.v1",
        "mean gain in rating by respondent_id, from survey is mqs to survey is post_meeting,",
        "given by 2",
        "content at least 0.8 over at least 5 in the last 12 months",
        "novice in good standing",
        "expert in good standing, also rise at least 1 over at least 2; by lot of 2 places",
        "rubrics: practice/1",
    ):
        assert phrase in words


def test_what_stages_ask_is_what_the_policy_in_force_asks(
    guild: Engine, badge_engine: Command, tmp_path: Path
) -> None:
    with transaction(guild) as tx:
        tx.execute("INSERT INTO programs SELECT 'acme', generation FROM default_generation")
    assert badge_engine("catalog", "policy", written(tmp_path, RAISED), *WHY).code == 0
    with snapshot(guild) as tx:
        shot = Snapshot(tx, Generations())
        question = eligibility.current(shot, "acme", Instant("2026-05-01T00:00:00.000000Z"))
    assert question.policy.digest == parse(RAISED).policy.digest

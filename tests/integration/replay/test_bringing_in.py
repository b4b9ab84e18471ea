"""History that is in a file: looked at, and brought into a program that is new."""

from datetime import timedelta
from pathlib import Path

import pytest

from engine.audit import drift
from engine.catalog.model import Catalog
from engine.handlers.policy import IntakePolicy
from engine.store.facts import messages
from engine.store.generations.replays import NotReady
from replay.build import plan, verify
from replay.build.plan import NothingToReplay
from replay.build.preview import PreviewIntake
from replay.build.staging import NotNew
from replay.switch import approve, cutover, rollback
from replay.switch.policies import Policy, Rule
from tests.integration.handlers.harness import TOPIC, Harness
from tests.integration.handlers.stories import meetings
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at
from tests.integration.replay.command import replay
from tests.support.given import MEETING, MENTORLOOP, kudos, meeting, retracted
from tests.verification.oracle.histories import NOW
from tests.verification.oracle.histories import history as any_history
from tests.verification.oracle.oracle import answer

SECRET = "nobody but Ann may read this"


def staged(
    harness: Harness, *values: bytes, catalog: Catalog = MENTORLOOP, of: str | None = None
) -> int:
    """The number of a new generation of a history, built and verified."""
    intake = PreviewIntake(
        catalog, IntakePolicy(lambda: NOW, timedelta(hours=24)).latest(), of and [of]
    )
    for value in values:
        intake.take(value)
    with harness.transaction() as tx:
        number = plan.plan_of(tx, catalog, intake, "told.jsonl", TOPIC).replay.id
    rebuilt.build(harness, number)
    verify.verify(harness.engine, number)
    return number


def brought_in(harness: Harness, *values: bytes, **rule: str) -> int:
    """The number of a generation that is live by now."""
    number = staged(harness, *values)
    usual = approve.usually_gained(harness.engine, number)
    wanted = Policy(Rule(**{"gained": usual, **rule}))  # type: ignore[arg-type]
    approve.approve(harness.engine, number, wanted, "kim", "three years of paper")
    rebuilt.cut_over(harness, number)
    return number


def _schemas(harness: Harness) -> list[str]:
    rows = harness.rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'history%%'")
    return [name for (name,) in rows]


@pytest.mark.parametrize("seed", range(4))
def test_a_history_brought_in_is_as_if_it_had_been_told(harness: Harness, seed: int) -> None:
    """Given any history in a file, when it is brought in, then awards are the oracle's, measures
    are those of its facts, every count is right, and nobody hears anything."""
    events = any_history(seed, 400)
    brought_in(harness, *events)

    assert set(harness.standing()) == {award["award_id"] for award in answer(events, NOW).awards}
    assert harness.messages() == []
    with harness.transaction() as tx:
        assert drift.audit(tx).drift == []
    ((applied, retractions, unmet),) = harness.rows(
        "SELECT applied, retractions, unmet_retractions FROM cursors WHERE partition = -2"
    )
    ((facts, gone),) = harness.rows(
        "SELECT count(*) FILTER (WHERE fact & 1 = 0), count(*) FILTER (WHERE fact & 1 = 1) "
        "FROM ledger"
    )
    assert (applied, retractions) == (facts, gone)
    assert unmet >= 0
    assert _schemas(harness) == []


def test_what_is_told_afterwards_is_announced_as_usual(harness: Harness) -> None:
    """Given bronze brought in without a word, when gold is earned, then it is announced, and bronze
    is not; a fact told again is a duplicate; and a retraction revokes."""
    brought_in(harness, *meetings(1, 9))
    assert harness.messages() == []

    told_again = harness.tell(*meetings(1, 9))
    harness.tell(*meetings(10, 10))
    announced = harness.said()
    harness.tell(retracted(MEETING, "m3"), retracted(MEETING, "m4"))

    assert told_again.counts.duplicates == 9
    assert announced == ["+ ann momentum silver"]
    assert harness.said() == ["- ann momentum silver"]


def test_if_asked_for_it_is_announced(harness: Harness) -> None:
    brought_in(harness, *meetings(1, 5), kudos("k1", "ben", "ann", "trust", at=7), gained="emit")
    heard = harness.hear()
    assert {(h.what, h.data["total"]) for h in heard} == {
        ("+ ann momentum bronze", None),
        ("+ ann trust k1", 1),
    }


def test_a_program_of_which_something_was_told_is_refused(harness: Harness) -> None:
    """Given a program with facts, a file with others of it can be looked at, and not approved."""
    harness.tell(*meetings(1, 4))
    before = rebuilt.digest(harness)
    number = staged(harness, *meetings(1, 6), catalog=bronze_at(6))

    with pytest.raises(NotReady, match="2 rows are only there, 0 only in the ledger"):
        rebuilt.approve(harness, number)

    assert rebuilt.digest(harness) == before
    rollback.retire(harness.engine, number)
    assert _schemas(harness) == []


def test_the_ledgers_own_facts_from_a_file_are_the_ledgers_replay(harness: Harness) -> None:
    """Given a file with just what the ledger has, when it is approved, and facts are told before
    the cutover, then they are caught up with like in any replay."""
    harness.tell(*meetings(1, 4))
    number = staged(harness, *meetings(1, 4), catalog=bronze_at(6))
    rebuilt.approve(harness, number)
    harness.tell(*meetings(5, 6))
    harness.hear()

    rebuilt.cut_over(harness, number)

    assert _schemas(harness) == []
    assert harness.held("ann") == {"momentum bronze"}
    with harness.transaction() as tx:
        assert drift.audit(tx).drift == []


def test_a_program_that_begins_before_the_cutover_stops_it(harness: Harness) -> None:
    """Given an approved history of a new program, when somebody tells of it live, then the cutover
    is refused, and what is live is as it was."""
    number = staged(harness, *meetings(1, 6))
    rebuilt.approve(harness, number)
    harness.tell(kudos("k1", "ben", "ann", "trust", at=1))
    before = rebuilt.digest(harness)

    with pytest.raises(NotNew, match="program program has a history in the ledger by now"):
        cutover.cutover(harness.engine, number, rebuilt.NOON)

    assert rebuilt.digest(harness) == before


def test_messages_are_brought_in_and_are_nowhere_else(harness: Harness) -> None:
    told = kudos("k1", "ben", "ann", "trust", at=1, message=SECRET)
    gone = kudos("k2", "ben", "ann", "trust", at=1, message=SECRET)
    number = staged(harness, told, gone, retracted("mentoring.kudos.given.v1", "k2"))
    rebuilt.approve(harness, number)
    rebuilt.cut_over(harness, number)
    assert harness.rows("SELECT message FROM messages") == [(SECRET,)]
    dump = harness.dump()
    dump.pop("messages", None)
    assert SECRET not in str(dump)


def test_only_the_programs_asked_for_are_staged(harness: Harness) -> None:
    other = [meeting(f"o{n}", "ann", at=n, program_id="other") for n in range(1, 6)]
    number = staged(harness, *meetings(1, 5), *other, of="other")
    rebuilt.approve(harness, number)
    rebuilt.cut_over(harness, number)
    assert {a.award.program for a in harness.standing().values()} == {"other"}


def test_nothing_that_could_be_taken_in(harness: Harness) -> None:
    with pytest.raises(NothingToReplay, match=r"told\.jsonl has nothing"):
        staged(harness, b"?")


def test_there_is_no_way_back_from_a_history_brought_in(harness: Harness) -> None:
    number = brought_in(harness, *meetings(1, 5))
    with harness.transaction() as tx, pytest.raises(NotReady, match="nothing to go back to"):
        rollback.prepare(tx, number)


def test_a_plan_that_fails_leaves_nothing(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr(messages, "keep", fails)
    with pytest.raises(KeyError):
        staged(harness, *meetings(1, 5))
    assert _schemas(harness) == []
    assert harness.rows("SELECT count(*) FROM generations WHERE status = 'planned'") == [(0,)]


def test_by_the_commands(harness: Harness, tmp_path: Path) -> None:
    """Given a file with good and bad lines, plan says what it read and what it refused, and the
    rest of the way is that of any replay."""
    file = tmp_path / "past.jsonl"
    file.write_bytes(b"\n".join([*meetings(1, 5), b"?", *meetings(1, 1)]) + b"\n")

    planned = replay(harness, "plan", "--catalog", "mentorloop", "--source", str(file))
    number = planned.stdout.split()[-1]
    replay(harness, "build", number)
    replay(harness, "diff", number)
    replay(harness, "approve", number, "--by", "kim", "--reason", "the past")
    done = replay(harness, "cutover", number).stdout

    assert "line 6: malformed" in planned.stderr
    assert "7 records, 5 facts, 0 retractions, 1 duplicates, 1 refused" in planned.stdout
    assert "1 gained" in done
    assert "0 messages to subscribers" in done

"""History that is in a file: looked at, and brought into a program that is new."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from engine.audit import drift
from engine.catalog.model import Catalog
from engine.handlers.policy import IntakePolicy
from engine.settings import Settings
from engine.store import audit_log
from engine.store.facts import messages
from engine.store.generations.replays import NotReady
from engine.store.postgres.connection import Transaction
from replay.build import plan, sources, verify
from replay.build.admission import SourceAdmission
from replay.build.plan import NothingToReplay, Plan
from replay.build.preview import PreviewIntake
from replay.build.reading import HistoryReading
from replay.build.sources import SourceRecord
from replay.switch import approve, rollback
from replay.switch.policies import Rule, SwitchPolicy
from tests.integration.handlers.harness import TOPIC, Harness
from tests.integration.handlers.stories import meetings
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at
from tests.integration.replay.command import replay
from tests.support.given import MEETING, MENTORLOOP, kudos, meeting, record, retracted
from tests.support.notes import MASTER
from tests.unit.contract.samples import DATA, DECISION
from tests.verification.oracle.histories import NOW
from tests.verification.oracle.histories import history as any_history
from tests.verification.oracle.oracle import answer

SECRET = "nobody but Ann may read this"


LATEST = IntakePolicy(lambda: NOW, timedelta(hours=24)).latest()


def planned(
    tx: Transaction, *values: bytes, catalog: Catalog = MENTORLOOP, of: str | None = None
) -> Plan:
    """A plan of a history, as the command makes it."""
    history = HistoryReading(tx, SourceAdmission(catalog, LATEST, of and [of]))
    list(history.read(SourceRecord(f"line {n}", value, ()) for n, value in enumerate(values, 1)))
    return plan.plan_of(tx, catalog, history, "told.jsonl", TOPIC, MASTER)


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ("kafka:mentoring.activity", [True, False]),
        ("kafka:mentoring.governance", [False, True]),
        ("kafka:mentoring.past", [False, False]),
        ("mentoring.activity", [False, False]),
    ],
)
def test_from_a_topic_that_workers_read_comes_what_they_accept_there(
    source: str, refused: list[bool]
) -> None:
    """Given a decision of a committee and a meeting; a file may hold both."""
    intake = PreviewIntake(MENTORLOOP, LATEST)
    on = sources.kind(source, Settings())
    values = (record(DECISION, 5, DATA[DECISION]), meeting("m", "ann"))
    assert [intake.process(value, (), on) is not None for value in values] == refused


def rows_by_kind(harness: Harness) -> tuple[int, int]:
    """How many facts and retractions the ledger has."""
    ((facts, gone),) = harness.rows(
        "SELECT count(*) FILTER (WHERE fact & 1 = 0), count(*) FILTER (WHERE fact & 1 = 1) "
        "FROM ledger"
    )
    return facts, gone


def switched(harness: Harness, number: int, **rule: str) -> None:
    """Build a planned generation, approve it as is usual, and change over to it."""
    rebuilt.build(harness, number)
    verify.verify(harness.engine, number)
    usual = approve.usually_gained(harness.engine, number)
    wanted = SwitchPolicy(Rule(**{"gained": usual, **rule}))  # type: ignore[arg-type]
    approve.approve(harness.engine, number, wanted, "kim", "three years of paper")
    rebuilt.cut_over(harness, number)


def staged(
    harness: Harness, *values: bytes, catalog: Catalog = MENTORLOOP, of: str | None = None
) -> int:
    """The number of a new generation of a history, built and verified."""
    with harness.transaction() as tx:
        number = planned(tx, *values, catalog=catalog, of=of).replay.id
    rebuilt.build(harness, number)
    verify.verify(harness.engine, number)
    return number


def brought_in(harness: Harness, *values: bytes, **rule: str) -> int:
    """The number of a generation that is live by now."""
    with harness.transaction() as tx:
        number = planned(tx, *values).replay.id
    switched(harness, number, **rule)
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
    assert (applied, retractions) == rows_by_kind(harness)
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


def test_a_program_that_runs_gets_what_its_ledger_lacks(harness: Harness) -> None:
    """Given a program with facts, when a file has one of them again, one with other content, and
    four more, then the four are brought in silently, the conflict is left out and named, and what
    is earned afterwards is announced."""
    harness.tell(*meetings(5, 6))
    harness.hear()
    conflicting = meeting("m6", "ann", "cleo", at=6)
    with harness.transaction() as tx:
        made = planned(tx, *meetings(1, 5), conflicting)
    assert made.read is not None
    (conflict,) = made.read.conflicts
    assert (conflict.fact.id, conflict.refusal.reason) == ("m6", "conflict")
    assert (made.read.report.applied, made.read.report.duplicates) == (4, 1)
    switched(harness, made.replay.id)

    assert harness.held("ann") == {"momentum bronze"}
    assert harness.messages() == []
    assert rows_by_kind(harness) == (6, 0)
    harness.tell(*meetings(7, 10))
    assert harness.said() == ["+ ann momentum silver"]


@pytest.mark.parametrize("seed", range(4))
def test_a_history_in_part_told_and_in_part_brought_in_is_one(harness: Harness, seed: int) -> None:
    """Given any history of which a part was told, a part is in a file, some in both, and some is
    told between plan and cutover, then awards, measures and counts are those of the whole."""
    random = Random(seed)
    events = any_history(seed + 70, 500)
    before, between, file, after = (
        [event for event in events if random.random() < share] for share in (0.3, 0.3, 0.5, 1.0)
    )
    harness.tell(*before)
    number = staged(harness, *file)
    harness.tell(*between)
    approve.approve(harness.engine, number, SwitchPolicy(Rule(gained="silent")), "kim", "the past")
    harness.tell(*between[::2], *between[1:9])
    harness.hear()
    rebuilt.cut_over(harness, number, tolerance=1)
    harness.tell(*after)

    told = [*before, *between, *file, *after]
    assert set(harness.standing()) == {award["award_id"] for award in answer(told, NOW).awards}
    with harness.transaction() as tx:
        assert drift.audit(tx).drift == []
    ((applied, retractions, unmet, counted, passed),) = harness.rows(
        "SELECT sum(applied), sum(retractions), sum(unmet_retractions), sum(applied + duplicates "
        "+ retractions + dead_letters + holes + lost), sum(next_offset - first_offset) FROM cursors"
    )
    assert (applied, retractions) == rows_by_kind(harness)
    assert counted == passed
    assert unmet == len(
        harness.rows(
            "SELECT 1 FROM ledger r WHERE fact & 1 = 1 AND NOT EXISTS "
            "(SELECT FROM ledger f WHERE f.place = r.place AND f.fact = r.fact - 1)"
        )
    )
    kept = harness.rows(
        "SELECT count(*) FROM messages m JOIN ledger r ON r.place = m.place AND r.fact = m.fact + 1"
    )
    assert kept == [(0,)]


def test_a_rollback_of_a_backfill_keeps_its_facts(harness: Harness) -> None:
    harness.tell(*meetings(5, 5))
    number = brought_in(harness, *meetings(1, 4))
    rebuilt.rolled_back(harness, number)
    assert harness.held("ann") == {"momentum bronze"}
    assert harness.messages() == []


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


def test_a_program_that_begins_before_the_cutover_is_brought_into(harness: Harness) -> None:
    """Given an approved history of a new program, when facts are told of it live, one of them from
    the file and one that contradicts it, then the ledger's stand, and the rest is brought in."""
    number = staged(harness, *meetings(1, 6))
    approve.approve(harness.engine, number, SwitchPolicy(Rule(gained="silent")), "kim", "the past")
    harness.tell(meeting("m1", "ann", at=1), meeting("m2", "cleo", at=2))
    harness.hear()
    rebuilt.cut_over(harness, number)
    assert harness.held("ann") == {"momentum bronze"}
    assert [e.id for e in harness.award("ann", "momentum", "bronze").award.evidence] == [
        "m1", "m3", "m4", "m5", "m6",
    ]  # fmt: skip
    with harness.transaction() as tx:
        assert drift.audit(tx).drift == []
        entry = list(audit_log.entries(tx))[-1]
    assert entry.details["brought_in"] == {"facts": 4, "retractions": 0, "superseded": 2}


def test_a_message_is_forgotten_that_a_history_retracts(harness: Harness) -> None:
    """Given kudos with a message, and a retraction of other kudos that were never told, when a
    file has the retraction of the first and the second kudos, then neither message is kept."""
    harness.tell(
        kudos("k1", "ben", "ann", "trust", at=1, message=SECRET),
        retracted("mentoring.kudos.given.v1", "k2"),
    )
    harness.hear()
    brought_in(
        harness,
        retracted("mentoring.kudos.given.v1", "k1"),
        kudos("k2", "ben", "ann", "trust", at=1, message=SECRET),
    )
    assert harness.rows("SELECT message FROM messages") == []
    assert harness.said() == ["- ann trust"]
    assert harness.rows("SELECT sum(unmet_retractions)::int FROM cursors") == [(0,)]


def test_messages_are_brought_in_and_are_nowhere_else(harness: Harness) -> None:
    told = kudos("k1", "ben", "ann", "trust", at=1, message=SECRET)
    gone = kudos("k2", "ben", "ann", "trust", at=1, message=SECRET)
    number = staged(harness, told, gone, retracted("mentoring.kudos.given.v1", "k2"))
    rebuilt.approve(harness, number)
    rebuilt.cut_over(harness, number)
    assert harness.notes() == [SECRET]
    dump = harness.dump()
    dump.pop("messages", None)
    assert SECRET not in str(dump)


def test_only_the_programs_asked_for_are_staged(harness: Harness) -> None:
    other = [meeting(f"o{n}", "ann", at=n, program_id="other") for n in range(1, 6)]
    number = staged(harness, *meetings(1, 5), *other, of="other")
    rebuilt.approve(harness, number)
    rebuilt.cut_over(harness, number)
    assert {a.award.program for a in harness.standing().values()} == {"other"}


def test_a_source_without_anything_that_could_be_accepted(harness: Harness) -> None:
    with pytest.raises(NothingToReplay, match=r"told\.jsonl has no record"):
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
        staged(harness, *meetings(1, 5), kudos("k1", "ben", "ann", "trust", at=1, message=SECRET))
    assert _schemas(harness) == []
    assert harness.rows("SELECT count(*) FROM generations WHERE status = 'planned'") == [(0,)]


def test_by_the_commands(harness: Harness, tmp_path: Path) -> None:
    """Given a file with good and bad lines, plan says what it read and what it refused, and the
    rest of the way is that of any replay."""
    file = tmp_path / "past.jsonl"
    file.write_bytes(b"\n".join([*meetings(1, 5), b"?", *meetings(1, 1)]) + b"\n")

    made = replay(harness, "plan", "--catalog", "mentorloop", "--source", str(file))
    number = made.stdout.split()[-1]
    replay(harness, "build", number)
    replay(harness, "diff", number)
    replay(harness, "approve", number, "--by", "kim", "--reason", "the past")
    done = replay(harness, "cutover", number).stdout

    assert "line 6: malformed" in made.stderr
    assert "7 records, 5 facts, 0 retractions, 1 duplicates, 1 refused" in made.stdout
    assert "1 gained" in done
    assert "0 messages to subscribers" in done

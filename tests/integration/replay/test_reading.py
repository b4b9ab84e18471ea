"""A history is read in portions, and staged as if it had been held in memory whole."""

import tracemalloc
from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

import pytest

from engine.intake.duplicates import conflict
from engine.intake.keys import Key
from engine.intake.parse import ParsedFact, ParsedRetraction, admit, parse_record
from engine.intake.refusal import Refusal
from engine.store.facts import messages
from engine.store.facts.messages import NoNotesKey
from engine.store.postgres.connection import Transaction
from replay.build import plan, reading
from replay.build.admission import SourceAdmission
from replay.build.plan import Plan
from replay.build.reading import HistoryReading
from replay.build.sources import SourceRecord
from tests.integration.handlers.harness import TOPIC, Harness
from tests.support.given import KUDOS, LATEST, MENTORLOOP, kudos, meeting, retracted
from tests.support.notes import MASTER
from tests.verification.oracle.histories import history as any_history

SECRET = "nobody but Ann may read this"


def reading_of(tx: Transaction) -> HistoryReading:
    """Of nothing yet."""
    return HistoryReading(tx, SourceAdmission(MENTORLOOP, LATEST))


def records(values: Iterable[bytes]) -> Iterator[SourceRecord]:
    """As a file has them."""
    return (SourceRecord(f"line {number}", value, ()) for number, value in enumerate(values, 1))


def staged(tx: Transaction, number: int) -> dict[Key, str]:
    """What is staged for a generation."""
    rows = tx.rows(f"SELECT place, fact, content FROM history_{number}.staged")
    return {Key(place, fact): content for place, fact, content in rows}


class InMemory:
    """A second implementation, as simple as it can be: everything in one dictionary."""

    def __init__(self, values: list[bytes], ledger: dict[Key, str]) -> None:
        self.rows: dict[Key, str] = {}
        self.refused: list[tuple[str, Refusal]] = []
        self.counts: Counter[str] = Counter()
        for number, value in enumerate(values, 1):
            parsed = parse_record(value)
            refusal = parsed if isinstance(parsed, Refusal) else admit(parsed, MENTORLOOP, LATEST)
            if refusal is None:
                assert isinstance(parsed, ParsedFact | ParsedRetraction)
                refusal = self._add(parsed)
            if refusal is not None:
                self.refused.append((f"line {number}", refusal))
        self.conflicts = 0
        for key in self.rows.keys() & ledger.keys():
            content = self.rows.pop(key)
            clash = not key.is_retraction and conflict(ledger[key], content) is not None
            self.conflicts += clash
            self.counts["duplicates"] += not clash

    def _add(self, parsed: ParsedFact | ParsedRetraction) -> Refusal | None:
        first = self.rows.get(parsed.key)
        if first is None:
            self.rows[parsed.key] = parsed.content
            return None
        refusal = None if parsed.key.is_retraction else conflict(first, parsed.content)
        self.counts["duplicates"] += refusal is None
        return refusal


def _check(harness: Harness, values: list[bytes]) -> None:
    known = harness.rows("SELECT place, fact, content FROM ledger")
    whole = InMemory(values, {Key(place, fact): content for place, fact, content in known})
    with harness.transaction() as tx:
        history = reading_of(tx)
        refused = list(history.read(records(values)))
        made = plan.plan_of(tx, MENTORLOOP, history, "past.jsonl", TOPIC, MASTER)
        rows = staged(tx, made.replay.id)
        assert tx.rows("SELECT 1 FROM pg_class WHERE relname LIKE 'read%%' AND relkind = 'r'")
    assert [tuple(item) for item in refused] == whole.refused
    assert rows == whole.rows
    assert made.read is not None
    assert len(made.read.conflicts) == whole.conflicts
    report = made.read.report
    assert report.records == len(values)
    assert report.duplicates == whole.counts["duplicates"]
    assert report.applied == sum(not key.is_retraction for key in rows)
    assert report.retractions == sum(key.is_retraction for key in rows)
    assert sum(report.dead_letters.values()) == len(refused) + whole.conflicts
    assert harness.rows("SELECT relname FROM pg_class WHERE relname LIKE 'read%%'") == []


@pytest.mark.parametrize("size", [1, 7, 5_000])
def test_whatever_the_size_of_a_portion_it_is_read_as_one(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """Given any history with duplicates, conflicts, retractions and refused records, a part of
    which the ledger has, when it is read in portions, then what is staged, refused in its order,
    left out and counted is that of the second implementation."""
    monkeypatch.setattr(reading, "_RECORDS", size)
    events = any_history(size, 500)
    harness.tell(*(event for event in any_history(size + 1, 300) if Random(size).random() < 0.9))
    harness.tell(*events[:100])
    _check(harness, [*events, *any_history(size + 1, 300), *events[::3]])


def test_large_records_make_portions_short(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    keep = HistoryReading._keep

    def counted(self: HistoryReading, portion: list[Any]) -> Iterator[Any]:
        sizes.append(len(portion))
        return keep(self, portion)

    monkeypatch.setattr(reading, "_BYTES", 1_000)
    monkeypatch.setattr(HistoryReading, "_keep", counted)
    with harness.transaction() as tx:
        list(reading_of(tx).read(records([meeting(f"m{n}", "ann", at=1) for n in range(20)])))
    assert sum(sizes) == 20
    assert max(sizes) < 10


def test_memory_does_not_grow_with_the_source(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given portions of 200, when ten times as much is read, then no more is held at once."""
    monkeypatch.setattr(reading, "_RECORDS", 200)

    def peak(count: int) -> int:
        values = (meeting(f"m{n}", "ann", at=1 + n % 20) for n in range(count))
        tracemalloc.start()
        try:
            with harness.transaction() as tx:
                history = reading_of(tx)
                assert list(history.read(records(values))) == []
                plan.plan_of(tx, MENTORLOOP, history, "past.jsonl", TOPIC, MASTER)
                held = tracemalloc.get_traced_memory()[1]
                raise InterruptedError  # and nothing of it stays
        except InterruptedError:
            return held
        finally:
            tracemalloc.stop()

    peak(400)  # what is cached is there
    assert peak(6_000) < 1.5 * peak(600)


def _planned(tx: Transaction, *values: bytes, notes_key: Any = MASTER) -> Plan:
    history = reading_of(tx)
    list(history.read(records(values)))
    return plan.plan_of(tx, MENTORLOOP, history, "past.jsonl", TOPIC, notes_key)


def test_a_note_is_kept_only_of_what_is_staged_and_stands(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given kudos with notes, of which one is retracted later in the file, one is in the ledger and
    one was retracted there, then only the others have a note, no key is made for their readers, and
    without a key to seal to there is nothing to refuse if no note is left."""
    monkeypatch.setattr(reading, "_RECORDS", 2)
    harness.tell(kudos("k2", "ben", "cleo", "trust", at=2), retracted(KUDOS, "k3", at=3))
    gone = [
        kudos("k1", "ben", "dan", "trust", at=1, message=SECRET),
        kudos("k2", "ben", "cleo", "trust", at=2, message=SECRET),
        kudos("k3", "ben", "eve", "trust", at=3, message=SECRET),
        meeting("m1", "ann", at=4),
        retracted(KUDOS, "k1", at=5),
    ]
    with harness.transaction() as tx:
        _planned(tx, *gone, notes_key=None)
        tx.execute("UPDATE generations SET status = 'dropped' WHERE status = 'planned'")
    kept = kudos("k4", "ben", "ann", "trust", at=4, message=SECRET)
    with pytest.raises(NoNotesKey), harness.transaction() as tx:
        _planned(tx, kept, *gone, notes_key=None)
    with harness.transaction() as tx:
        number = _planned(tx, kept, *gone).replay.id
        noted = tx.rows(f"SELECT count(*) FROM history_{number}.messages")
    assert noted == [(1,)]
    assert harness.rows("SELECT participant FROM note_keys") == [("ann",)]


def test_a_note_is_in_clear_nowhere_while_the_history_is_read(harness: Harness) -> None:
    with harness.transaction() as tx:
        history = reading_of(tx)
        list(history.read(records([kudos("k1", "ben", "ann", "trust", at=1, message=SECRET)])))
        rows = tx.rows("SELECT * FROM read_notes") + tx.rows("SELECT * FROM read_rows")
    assert len(rows) == 2
    assert SECRET not in str(rows)


def test_keys_of_people_are_locked_in_their_order_and_at_the_end(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given notes to several people in any order, in more than one portion, then nobody's key is
    asked for while the source is read, and then they come in order."""
    keep, asked = messages.keep, list[str]()

    def heard(tx: Transaction, facts: list[ParsedFact], master: Any) -> int:
        asked.extend(messages.reader_of(parsed.fact).participant for parsed in facts)
        return keep(tx, facts, master)

    monkeypatch.setattr(messages, "keep", heard)
    monkeypatch.setattr(reading, "_RECORDS", 2)
    names = ["zoe", "ann", "Mia", "ann", "Émile", "ben"]
    values = [
        kudos(f"k{n}", "ed", name, "trust", at=1, message=SECRET) for n, name in enumerate(names)
    ]
    with harness.transaction() as tx:
        history = reading_of(tx)
        list(history.read(records(values)))
        assert asked == []
        plan.plan_of(tx, MENTORLOOP, history, "past.jsonl", TOPIC, MASTER)
    assert asked == sorted(names)

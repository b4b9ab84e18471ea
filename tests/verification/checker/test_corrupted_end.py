"""I9, I10 and I11: faults that nobody saw, an end that was no end, private words that show."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.verification.checker.caught import Spoil, caught
from tests.verification.checker.check import check, examine
from tests.verification.checker.corrupt import also, changed, in_database, in_exports
from tests.verification.checker.fault_log import FaultLog, FaultRecord
from tests.verification.checker.seen import Observations, PublishedRecord

KILLED = FaultRecord("kill", 3.0, "worker 2", "exit status -9", 1.5)
LOG = FaultLog((KILLED,), drained_after=4.0, bound=60.0, kinds=frozenset({"kill"}))

FAULTY: dict[str, tuple[str, str, FaultLog]] = {
    "nobody saw a fault happen": (
        *("I9", "nothing shows that it happened"),
        replace(LOG, faults=(replace(KILLED, proof=None),)),
    ),
    "a proof is empty": (
        *("I9", "nothing shows that it happened"),
        replace(LOG, faults=(KILLED, replace(KILLED, proof=""))),
    ),
    "nobody recovered": (
        *("I9", "nobody recovered"),
        replace(LOG, faults=(replace(KILLED, recovered_after=None),)),
    ),
    "a kind of fault never happened": (
        *("I9", "no fault of kind cut happened"),
        replace(LOG, kinds=frozenset({"kill", "cut"})),
    ),
    "there were no faults": (
        "I9",
        "compared no faults",
        replace(LOG, faults=(), kinds=frozenset()),
    ),
    "it never drained": ("I10", "not drained", replace(LOG, drained_after=None)),
    "it drained too late": ("I10", "drained after 61.0 s", replace(LOG, drained_after=61.0)),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_wrong_log_of_faults_is_caught(seen: Observations, case: str) -> None:
    invariant, words, log = FAULTY[case]
    caught(seen, invariant, words, log)


def test_a_log_of_faults_in_which_all_is_right_has_no_violations(seen: Observations) -> None:
    verdict = examine(seen, faults=LOG)

    assert verdict.violations == []
    assert "I9   each fault really happened: holds; compared 1 faults, 1 kinds" in verdict.report()


def first_cursor(**fields: object) -> Spoil:
    return lambda seen: in_database(seen, cursors=changed(seen.database.cursors, 1, **fields))


def in_signal(seen: Observations) -> Observations:
    topic = seen.dead_letters
    more = PublishedRecord(0, 9_999, None, b'{"detail": "PRIVATE-1"}')
    return replace(seen, dead_letters=replace(topic, records=(*topic.records, more)))


def in_detail(seen: Observations) -> Observations:
    rows = changed(seen.database.dead_letters, 0, detail="not this: PRIVATE-1")
    return in_database(seen, dead_letters=rows)


def exported(seen: Observations) -> Observations:
    line = {**seen.exports.announced[0], "message": "PRIVATE-1"}
    return in_exports(seen, announced=(line, *seen.exports.announced[1:]))


SPOILED: dict[str, tuple[str, str, Spoil]] = {
    "a partition is not read to its end": ("I10", "and ends at", first_cursor(next_offset=1)),
    "a partition stands still": ("I10", "stands still: flood", first_cursor(halted="flood")),
    "a message was not published": (
        *("I10", "were not published"),
        lambda seen: in_database(seen, unpublished=3),
    ),
    "an award tells a private message": (
        *("I11", "holds a private message"),
        lambda seen: also(seen, PublishedRecord(0, 0, b"PRIVATE-1", b"{}")),
    ),
    "a signal tells a private message": ("I11", "dead-letters partition 0", in_signal),
    "a detail tells a private message": ("I11", "the detail of dead letter", in_detail),
    "an export tells a private message": ("I11", "an exported line", exported),
    "a table holds private messages": (
        *("I11", "1 rows of audit_log"),
        lambda seen: in_database(seen, rows_private={"audit_log": ("(1,PRIVATE-1)",)}),
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_wrong_end_is_caught(seen: Observations, case: str) -> None:
    invariant, words, corrupt = SPOILED[case]
    caught(corrupt(seen), invariant, words)


def test_a_private_message_in_a_log_is_caught(seen: Observations, tmp_path: Path) -> None:
    clean, dirty = tmp_path / "clean.log", tmp_path / "dirty.log"
    clean.write_text("taken in\n")
    dirty.write_text("refused: PRIVATE-7\nagain: PRIVATE-7\n")

    found = check(seen, logs=[clean, dirty])

    assert [v.what for v in found] == ["the log dirty.log holds private messages, 2 times"]

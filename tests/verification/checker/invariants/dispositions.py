"""I5: every offset of the input has exactly one disposition; counters and ledger agree."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from tests.verification.checker.known import Known
from tests.verification.checker.seen import Span
from tests.verification.checker.tables import REDRIVEN, CursorRow, NoteRow
from tests.verification.checker.verdict import Finding
from tests.verification.oracle.reading import KUDOS

_KINDS = ("applied", "duplicates", "retractions", "dead_letters", "holes")
_KEPT = "its private note is not kept as it was told"
_BOUND_TO = ("program_id", "loop_id", "kudos_id", "recipient_id")


def dispositions(known: Known) -> Finding:
    """Judge I5, but for the dead letters themselves."""
    finding = Finding("I5", "one disposition for each offset", needed=("offsets", "ledger rows"))
    for fault in known.log.faults:
        finding.violate(fault)
    finding.compared["ledger rows"] = len(known.log.kept)
    cursors = {row.partition: row for row in known.seen.database.cursors}
    for partition, span in known.seen.activity.spans.items():
        if partition not in cursors and span.end > span.begin:
            finding.violate(f"partition {partition} has records and no cursor")
    for partition, row in cursors.items():
        _sums(finding, row)
        if partition >= 0:
            _counters(finding, known, row)
    _redriven(finding, known, cursors)
    unmet = len(known.log.retractions.keys() - known.log.accepted.keys())
    counted = sum(row.unmet_retractions for row in cursors.values())
    finding.require(
        unmet == counted, f"{counted} retractions are said to have met no fact, and {unmet} have"
    )
    _notes(finding, known)
    return finding


def _sums(finding: Finding, row: CursorRow) -> None:
    accounted = sum(getattr(row, kind) for kind in _KINDS) + row.lost
    passed = row.next_offset - row.first_offset
    finding.require(
        accounted == passed,
        f"partition {row.partition}: counters account for {accounted} of {passed} offsets passed",
    )


def _counters(finding: Finding, known: Known, row: CursorRow) -> None:
    """The counters of a partition against what its records come to. Records that Kafka no longer
    has may have been anything, each one thing."""
    first, end = row.first_offset, row.next_offset
    span = known.seen.activity.spans.get(row.partition, Span(first, end))
    begin = min(max(first, span.begin), end)
    wanted: Counter[str] = Counter()
    for (partition, offset), became in known.log.became.items():
        if partition == row.partition and begin <= offset < end and became != "lost":
            wanted[became if became in _KINDS else "dead_letters"] += 1
    lost = known.origins.lost(row.partition, first, end)
    gone = begin - first - known.origins.lost(row.partition, first, begin)
    wanted["holes"] = end - first - gone - lost - sum(wanted.values())
    finding.compared["offsets"] += end - first
    unknown = 0
    for kind in _KINDS:
        has, must = getattr(row, kind), wanted[kind]
        unknown += has - must
        right = has >= must if gone else has == must
        finding.require(right, f"partition {row.partition}: {kind} are {has}, must be {must}")
    finding.require(
        unknown == gone, f"partition {row.partition}: {unknown} counted of {gone} that are gone"
    )
    finding.require(
        row.lost == lost, f"partition {row.partition}: {row.lost} are lost, {lost} were given up"
    )


def _redriven(finding: Finding, known: Known, cursors: dict[int, CursorRow]) -> None:
    rows = [row for row in known.seen.database.dead_letters if row.resolution == "redriven"]
    own = cursors.get(REDRIVEN)
    passed = own.next_offset - own.first_offset if own is not None else 0
    finding.compared["redriven"] = len(rows)
    finding.require(
        len(rows) <= passed <= len(rows) + known.seen.database.expired,
        f"{len(rows)} dead letters are redriven, {passed} were taken in",
    )


def _notes(finding: Finding, known: Known) -> None:
    """A private note is kept exactly as long as its kudos stand, and opens with the key of its
    recipient alone; of somebody who was erased there is neither note nor key. That none is kept in
    clear, I11 finds."""
    erased = known.seen.database.erased
    finding.require(not erased & known.seen.database.keyed, "an erased person has a key for notes")
    for key, row in known.log.kept.items():
        telling = known.log.accepted.get(key.fact)
        if known.origins.note_gone(row):
            continue  # whoever told it could say
        stands = not key.retraction and key.fact not in known.log.retractions
        data: Mapping[str, Any] = {}
        if telling is not None and stands and telling.told.type == KUDOS:
            data = telling.told.data
        text, sealed = data.get("message"), data.get("sealed_message")
        wanted = (data.get("program_id"), data.get("recipient_id")) not in erased
        there = wanted and (text is not None or sealed is not None)
        name = "/".join(key.fact)
        finding.require((row.note is not None) == there, f"{name}: {_KEPT}")
        if row.note is not None and there:
            finding.compared["private notes"] += 1
            finding.require(sealed in (None, row.note.stored), f"{name}: {_KEPT}")
        if row.note is not None and there and text is not None:
            _note(finding, name, row.note, data)


def _note(finding: Finding, name: str, note: NoteRow, data: Mapping[str, Any]) -> None:
    finding.require(note.text == data["message"], f"{name}: {_KEPT}")
    finding.require(
        note.bound_to == tuple(data[of] for of in _BOUND_TO),
        f"{name}: its private note says that it belongs to another kudos",
    )
    finding.require(
        note.reader == (data["program_id"], data["recipient_id"]),
        f"{name}: its private note is not sealed to its recipient's key",
    )

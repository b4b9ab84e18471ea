"""Dead letters for people and machines. Bytes, keys and header values are private until revealed;
here they are sizes, but for `revealed`."""

from collections.abc import Mapping
from dataclasses import asdict

from engine.intake import header_names
from engine.intake.oversize import CutValue
from engine.intake.refusal import WHAT_HELPS, Reason
from engine.queries import revealed_record
from engine.store.dead_letters.entries import DeadLetter
from engine.store.dead_letters.listing import Listed, ReasonTally


def as_json(entry: Listed) -> dict[str, object]:
    """Everything but bytes, as JSON values."""
    return asdict(entry) | {"first_seen": entry.first_seen.isoformat()}


def in_list(entry: Listed) -> list[str]:
    """One entry of many, in two lines."""
    state = entry.resolution or "open"
    if entry.attempts > 1:
        state += f", {entry.attempts} attempts"
    where = f"{entry.topic} partition {entry.partition} offset {entry.offset}"
    return [
        f"{entry.id:>6}  {entry.reason:<12}  {entry.first_seen:%Y-%m-%d %H:%M}  {where}  {state}",
        f"{'':>6}  {entry.detail}",
    ]


def total(found: Mapping[Reason, ReasonTally], shown: int, *, open_only: bool) -> str:
    """How many there are, by reason; of how many only some are `shown`."""
    numbers = {name: tally.open + tally.redriven + tally.discarded for name, tally in found.items()}
    number, still_open = sum(numbers.values()), sum(tally.open for tally in found.values())
    if open_only:
        total = f"{number} open dead letters"
    else:
        total = f"{number} dead letters, {still_open} open"
    if shown < number:
        total = f"the newest {shown} of {total}"
    by_reason = ", ".join(f"{count} {name}" for name, count in numbers.items())
    return f"{total}: {by_reason}" if by_reason else total


def tally(of_reason: ReasonTally) -> list[str]:
    """The cells of a row of `counts`."""
    instants = (of_reason.oldest_open, of_reason.newest)
    return [
        *(f"{number:,}" for number in of_reason[:3]),
        *(f"{instant:%Y-%m-%d %H:%M}" if instant else "–" for instant in instants),
    ]


def tally_as_json(of_reason: ReasonTally) -> dict[str, object]:
    """The same as JSON values."""
    oldest, newest = of_reason.oldest_open, of_reason.newest
    return of_reason._asdict() | {
        "oldest_open": oldest.isoformat() if oldest else None,
        "newest": newest.isoformat() if newest else None,
    }


def as_lines(entry: DeadLetter) -> list[str]:
    """One entry, a line per thing known of it."""
    kept = entry.refused
    names = ", ".join(header_names.shown(name for name, _ in kept.headers))
    note = f": {entry.note}" if entry.note else ""
    fields = {
        "dead letter": str(entry.id),
        "from": f"{kept.topic} partition {kept.partition} offset {kept.offset}",
        "reason": kept.reason,
        "detail": kept.detail,
        "first seen": entry.first_seen.isoformat(timespec="seconds"),
        "attempts": str(entry.attempts),
        "state": (entry.resolution or "open") + note,
        "refused by": f"engine {entry.engine_version}, catalog {kept.catalog_digest[:12]}",
        "value": _size(kept.value) if kept.cut is None else _cut_size(kept.value, kept.cut),
        "key": _size(kept.key),
        "headers": names or "none",
    }
    if entry.resolution is None:
        fields["what helps"] = WHAT_HELPS[kept.reason]
    return [f"{name:>12}  {text}" for name, text in fields.items()]


def revealed(entry: DeadLetter) -> list[str]:
    """Key, header values and value of an entry, private notes hidden; what a terminal would obey is
    escaped."""
    shown = revealed_record.revealed(entry.refused)
    named = [("key", shown.key), *shown.headers, ("value", shown.value)]
    return [f"{name:>12}  {'none' if text is None else text}" for name, text in named]


def _cut_size(value: bytes | None, cut: CutValue) -> str:
    kept = len(value or b"")
    if kept == cut.size:
        return f"{_size(value)}; SHA-256 {cut.sha256.hex()}"
    return f"{cut.size:,} bytes, the first {kept:,} are kept; SHA-256 {cut.sha256.hex()}"


def _size(value: bytes | None) -> str:
    return "none" if value is None else f"{len(value):,} bytes"

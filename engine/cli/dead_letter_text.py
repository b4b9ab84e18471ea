"""Dead letters for people and machines. Bytes, keys and header values are private until revealed;
here they are sizes, but for `revealed`."""

from engine.store.dead_letters import DeadLetter


def as_json(entry: DeadLetter) -> dict[str, object]:
    """Everything but bytes, as JSON values."""
    kept = entry.refused
    return {
        "id": entry.id,
        "topic": kept.topic,
        "partition": kept.partition,
        "offset": kept.offset,
        "reason": kept.reason,
        "detail": kept.detail,
        "first_seen": entry.first_seen.isoformat(),
        "attempts": entry.attempts,
        "resolution": entry.resolution,
        "note": entry.note,
        "engine_version": entry.engine_version,
        "catalog_digest": kept.catalog_digest,
        "value_bytes": None if kept.value is None else len(kept.value),
        "key_bytes": None if kept.key is None else len(kept.key),
        "header_names": [name for name, _ in kept.headers],
    }


def in_list(entry: DeadLetter) -> list[str]:
    """One entry of many, in two lines."""
    kept = entry.refused
    state = entry.resolution or "open"
    if entry.attempts > 1:
        state += f", {entry.attempts} attempts"
    where = f"partition {kept.partition} offset {kept.offset}"
    return [
        f"{entry.id:>6}  {kept.reason:<12}  {entry.first_seen:%Y-%m-%d %H:%M}  {where}  {state}",
        f"{'':>6}  {kept.detail}",
    ]


def as_lines(entry: DeadLetter) -> list[str]:
    """One entry, a line per thing known of it."""
    kept = entry.refused
    names = ", ".join(printable(name) for name, _ in kept.headers)
    note = f": {entry.note}" if entry.note else ""
    told = {
        "dead letter": str(entry.id),
        "from": f"{kept.topic} partition {kept.partition} offset {kept.offset}",
        "reason": kept.reason,
        "detail": kept.detail,
        "first seen": entry.first_seen.isoformat(timespec="seconds"),
        "attempts": str(entry.attempts),
        "state": (entry.resolution or "open") + note,
        "refused by": f"engine {entry.engine_version}, catalog {kept.catalog_digest[:12]}",
        "value": _size(kept.value),
        "key": _size(kept.key),
        "headers": names or "none",
    }
    return [f"{name:>12}  {text}" for name, text in told.items()]


def revealed(entry: DeadLetter) -> list[str]:
    """Key, header values and value of an entry; what a terminal would obey is escaped."""
    kept = entry.refused
    named = [("key", kept.key), *kept.headers, ("value", kept.value)]
    return [f"{printable(name):>12}  {_text(value)}" for name, value in named]


def printable(text: str) -> str:
    """Text with escapes for whatever a terminal would obey rather than show."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


def _text(value: bytes | None) -> str:
    return "none" if value is None else printable(value.decode("utf-8", "backslashreplace"))


def _size(value: bytes | None) -> str:
    return "none" if value is None else f"{len(value):,} bytes"

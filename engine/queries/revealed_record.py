"""A refused record as people may see it once that is audited: private notes hidden."""

from dataclasses import dataclass

from engine.intake.clear_notes import with_notes_hidden
from engine.queries.visible import visible
from engine.store.dead_letters.entries import RefusedRecord


@dataclass(frozen=True, slots=True)
class RevealedRecord:
    """Key, headers and value as text, with escapes for what would hide or command; None where the
    record had none. A sealed note stays sealed."""

    key: str | None
    headers: tuple[tuple[str, str | None], ...]
    value: str | None


def revealed(record: RefusedRecord) -> RevealedRecord:
    """What a record holds."""
    value = None if record.value is None else with_notes_hidden(record.value)
    headers = tuple((visible(name), _text(of)) for name, of in record.headers)
    return RevealedRecord(_text(record.key), headers, _text(value))


def _text(value: bytes | None) -> str | None:
    return None if value is None else visible(value.decode("utf-8", "backslashreplace"))

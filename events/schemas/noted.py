"""What holds between the private text of a fact in clear and sealed: there is at most one."""

from collections.abc import Iterator, Mapping
from typing import Any

from events.schemas.model import FieldFault
from events.sealed_note import header_fault


def note_faults(fields: Mapping[str, Any], clear: str, sealed: str) -> Iterator[FieldFault]:
    """The faults of a note; `clear` and `sealed` are the names of its two fields."""
    text = fields.get(sealed)
    if text is None:
        return
    if fields.get(clear) is not None:
        yield FieldFault(sealed, f"must not stand beside {clear}")
    fault = header_fault(text)
    if fault is not None:
        yield FieldFault(sealed, fault)

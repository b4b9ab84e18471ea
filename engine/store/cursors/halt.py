"""Why a partition is halted."""

from dataclasses import dataclass
from enum import StrEnum


class HaltKind(StrEnum):
    """What decides how to go on. The values are those of `cursors.halt_kind`."""

    REFUSAL_LIMIT = "refusal_limit"
    BUG = "bug"
    TOO_SLOW = "too_slow"
    UNREADABLE = "unreadable"  # of engines before schema 0006: such records are dead letters now


@dataclass(frozen=True, slots=True)
class Halt:
    """A halted partition: `text` is for operators, only `kind` is for code."""

    kind: HaltKind
    text: str

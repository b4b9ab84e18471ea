"""The form of what part somebody has in the committee, as it was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from web.rendering.texts import committee as texts


@dataclass(frozen=True, slots=True)
class SentOffice:
    """What was sent: `roles` by name, days as text, `version` of what was read."""

    roles: Sequence[str] = ()
    term_until: str = ""
    leave_until: str = ""
    employer: str = ""
    version: int = 0

    @property
    def fault(self) -> str:
        """What is wrong with it, in words; "" for nothing."""
        days: Mapping[str, str] = {"term": self.term_until, "leave": self.leave_until}
        return texts.BAD_DATE if any(map(_is_no_day, days.values())) else ""


def day(text: str) -> date | None:
    """A day as a form sends it; None for none."""
    return date.fromisoformat(text) if text else None


def _is_no_day(text: str) -> bool:
    try:
        day(text)
    except ValueError:
        return True
    return False

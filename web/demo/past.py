"""Past days of the committee of a demonstration, on which its use cases are done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from governance.committee import Committee
from governance.process.moving_on import MovingOn
from governance.store import seats

PROGRAM = "aurora"


@dataclass
class PastSittings:
    """Sittings of a committee so many days ago. `set_clock`: lets it be that instant."""

    committee: Committee
    set_clock: Callable[[datetime], object]
    now: datetime

    def ago(self, days: float) -> None:
        """Set the clock."""
        self.set_clock(self.now - timedelta(days=days))

    def do(self, use_case: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """One use case of the program, in a sitting of its own."""
        with self.committee.sitting() as sitting:
            return use_case(sitting, PROGRAM, *given, **named)

    def go_on(self) -> None:
        """What moves by itself moves."""
        MovingOn(self.committee, look_again=0).step()

    def seated(self, case_id: str) -> list[str]:
        """The members with a seat on a case."""
        with self.committee.sitting() as sitting:
            return [
                seat.member for seat in seats.of_case(sitting.tx, case_id) if seat.left_at is None
            ]

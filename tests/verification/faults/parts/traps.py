"""Traps on a proxy before PostgreSQL: armed for the first connection that fits, then gone."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal

from tests.verification.faults.parts.link import Link

Ask = Callable[[Callable[[], Any]], Any]


class Action(Enum):
    """What a trap does, and where."""

    DROP_COMMIT = "dropped"
    HOLD_COMMIT = "held"
    SWALLOW_ANSWER = "committed"
    RESET_COPY = "reset"
    FREEZE_COPY = "frozen"


@dataclass(eq=False)
class Trap:
    """`outcome` is "" until it happened; then "dropped" or "held" (a COMMIT that did not reach the
    server), "committed" (it did, and the client does not know), "not committed" (the server did
    not agree to the COMMIT, or was gone first: no proof of anything), "reset" or "frozen" (in a
    COPY), or "disarmed". `application`: application_name of the connection it hit."""

    action: Action
    only: str | None
    containing: bytes
    armed: "list[Trap]"
    ask: Ask
    outcome: str = ""
    application: str = ""
    link: Link | None = None
    _happened: threading.Event = field(default_factory=threading.Event)

    def wait(self, seconds: float) -> bool:
        """Whether it has happened, now or within `seconds`."""
        return self._happened.wait(seconds) and self.outcome != "disarmed"

    def disarm(self) -> bool:
        """Take it back; False if a connection is in it already."""

        def disarm() -> bool:
            if self not in self.armed:
                return False
            self.armed.remove(self)
            self.happen("disarmed")
            return True

        return bool(self.ask(disarm))

    def release(self, then: Literal["resume", "reset"] = "resume") -> int:
        """Let the connection it froze go on, or reset it: 1, or 0 if there is none (any more).

        `heal` of the proxy does it for all connections.
        """

        def release() -> int:
            if self.link is None or not self.link.frozen:
                return 0
            if then == "reset":
                self.link.reset()
            else:
                self.link.thaw()
            return 1

        return int(self.ask(release))

    def spring(self, link: Link, application: str) -> None:
        """A connection is in it; no other is to be."""
        self.armed.remove(self)
        self.link, self.application = link, application

    def happen(self, outcome: str) -> None:
        """It is done."""
        self.outcome = outcome
        self._happened.set()

"""`badge-governance` that kills itself at one step, named by GOVERNANCE_DIES, when it gets there.

assigned (a seat is written, nothing is committed), waiting (it knows what is to be published),
sending (Kafka has nothing yet), flushing (Kafka may have it), confirmed (Kafka has it), marking
(before that is committed), marked (after it). Any other name: it lives.
"""

import os
import signal
from collections.abc import Callable
from typing import Any

from events.publisher import Publisher
from governance.cli import main
from governance.process import publishing
from governance.store import outbox, seats


def _before(function: Callable[..., Any]) -> Callable[..., Any]:
    """Die in place of a call."""

    def dies(*_arguments: Any, **_named: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    return dies


def _after(function: Callable[..., Any]) -> Callable[..., Any]:
    """Die after a call, unless it had nothing to do."""

    def dies(*arguments: Any, **named: Any) -> Any:
        answer = function(*arguments, **named)
        if answer not in ([], 0):
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return dies


STEPS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "assigned": (seats, "assign", _after),
    "waiting": (outbox, "waiting", _after),
    "sending": (Publisher, "send", _before),
    "flushing": (Publisher, "flush", _before),
    "confirmed": (Publisher, "flush", _after),
    "marking": (outbox, "mark_published", _after),
    "marked": (publishing, "publish", _after),
}
"""In the order in which one case gets there."""

if __name__ == "__main__":
    if os.environ["GOVERNANCE_DIES"] in STEPS:
        place, name, dying = STEPS[os.environ["GOVERNANCE_DIES"]]
        setattr(place, name, dying(getattr(place, name)))
    main()

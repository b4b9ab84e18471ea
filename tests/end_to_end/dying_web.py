"""`badge-web` that kills itself at one step of dispatching, named by WEB_DIES, when it gets there.

claiming (before the claim is committed), sending (after it), flushing (Kafka has nothing yet),
confirmed (Kafka has it), keeping (before that is committed).
"""

import os
import signal
from collections.abc import Callable
from typing import Any

from events.publisher import Publisher
from web.cli import main
from web.store import gifts


def before(function: Callable[..., Any]) -> Callable[..., Any]:
    """Die in place of a call."""

    def dies(*_arguments: Any, **_named: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    return dies


def after(function: Callable[..., Any]) -> Callable[..., Any]:
    """Die after a call, unless it had nothing to do."""

    def dies(*arguments: Any, **named: Any) -> Any:
        answer = function(*arguments, **named)
        if answer != []:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return dies


STEPS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "claiming": (gifts, "claim", after),
    "sending": (Publisher, "send", before),
    "flushing": (Publisher, "flush", before),
    "confirmed": (Publisher, "flush", after),
    "keeping": (gifts, "acknowledge", after),
}

if __name__ == "__main__":
    place, name, dying = STEPS[os.environ["WEB_DIES"]]
    setattr(place, name, dying(getattr(place, name)))
    main()

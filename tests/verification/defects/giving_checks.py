"""What is looked at where kudos are given; each gives what is wrong, in sentences.

G1 a key is of one giver · G2 a retry publishes the same · G3 what Kafka may have is not cancelled ·
G4 notes are sealed, and go when Kafka has them · G5 there are limits.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from events.deliveries import DeliveryError
from tests.integration.web.gifts import RecordingPublisher, dispatch_of, give, undo
from tests.integration.web.people_surface import PeopleSurface
from tests.integration.web.privacy import LOOP, OTHER, SELF_MATCH, Planted
from tests.support.asgi import WebAnswer

_NOTE = "a note of the checks"
_ASKED: dict[str, Any] = {"program": OTHER, "loop_id": LOOP, "recipient_id": "mate"}


@contextmanager
def _alone(planted: Planted) -> Iterator[PeopleSurface]:
    """The surface without gifts of other checks; its clock is put back."""
    surface = planted.surface
    before = surface.now
    with surface.harness.transaction() as tx:
        tx.execute("UPDATE web.gifts SET due = NULL")  # nothing is sent of what was planted
    yield surface
    surface.move(seconds=(before - surface.now).total_seconds())
    with surface.harness.transaction() as tx:
        tx.execute("DELETE FROM web.gifts WHERE recipient IN ('mate', 'gwen')")


def _round(surface: PeopleSurface, publisher: RecordingPublisher) -> None:
    surface.move(seconds=9)
    with suppress(DeliveryError):
        dispatch_of(surface).round(publisher)


def _given(surface: PeopleSurface, **changes: Any) -> WebAnswer:
    return give(surface, **{**_ASKED, **changes})


def _keys(planted: Planted) -> Iterator[str]:
    with _alone(planted) as surface:
        mine = _given(surface)
        others = {
            "somebody else": _given(surface, giver="mate", recipient_id="gwen"),
            "the same person in another program": _given(surface, program=SELF_MATCH),
        }
        for who, answer in others.items():
            if answer.status != 202 or answer.body == mine.body:
                yield f"{who} is answered {answer.status} with a key that was used before"


def _retries(planted: Planted) -> Iterator[str]:
    with _alone(planted) as surface:
        _given(surface)
        publisher = RecordingPublisher(away=True)
        _round(surface, publisher)
        publisher.away = False
        _round(surface, publisher)
        if len(publisher.tried) != 2 or len(set(publisher.tried)) != 1:
            yield f"of {len(publisher.tried)} tries {len(set(publisher.tried))} differ"


def _claimed(planted: Planted) -> Iterator[str]:
    with _alone(planted) as surface:
        kudos_id = _given(surface).json()["kudos_id"]
        _round(surface, RecordingPublisher(away=True))
        answer = undo(surface, kudos_id, program=OTHER)
        if answer.status != 202:
            yield f"what Kafka may have is undone with {answer.status}"


def _notes(planted: Planted) -> Iterator[str]:
    with _alone(planted) as surface:
        answer = _given(surface, note=_NOTE)
        if answer.status != 202:
            yield f"kudos with a note are answered {answer.status}"
        if _NOTE in str(surface.harness.dump()):
            yield "a note is stored in clear"
        _round(surface, RecordingPublisher())
        if surface.harness.rows(
            "SELECT FROM web.gifts WHERE sealed IS NOT NULL AND state = 'sent'"
        ):
            yield "a note stays when Kafka has it"


def _limits(planted: Planted) -> Iterator[str]:
    with _alone(planted) as surface:
        answers = [_given(surface, key=f"key-of-the-limits-{number}").status for number in range(4)]
        if answers != [202, 202, 202, 429]:
            yield f"four of a kind to one person are answered {answers}"


CHECKS: dict[str, Callable[[Planted], Iterator[str]]] = {
    "G1": _keys,
    "G2": _retries,
    "G3": _claimed,
    "G4": _notes,
    "G5": _limits,
}

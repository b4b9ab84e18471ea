"""I2: every copy of an event is the same, byte for byte, and its id is the one to be expected."""

from tests.verification.checker.ids import message_id
from tests.verification.checker.known import Known
from tests.verification.checker.seen import PublishedRecord
from tests.verification.checker.verdict import Finding
from tests.verification.checker.wire import INVITED, WireMessage

_STRUCTURED = (("content-type", b"application/cloudevents+json; charset=UTF-8"),)


def copies(known: Known) -> Finding:
    """Judge I2, on the topics of awards and of dead letters."""
    finding = Finding("I2", "copies of one event identical", needed=("events",))
    for broken in known.wire.broken:
        finding.violate(f"no event on the topic of awards: {broken}")
    for number, told in known.wire.copies.items():
        first = told[0]
        finding.compared["events"] += 1
        finding.compared["repeats"] += len(told) - 1
        for copy in told[1:]:
            if difference := _difference(first.record, copy.record):
                finding.violate(f"event {number}: {difference} at {copy.at} and at {first.at}")
        subject = _subject(first)
        finding.require(number == message_id(*subject), f"event {number} is about {subject}")
        finding.require(
            first.record.headers == _STRUCTURED,
            f"event {number} at {first.at}: its headers are {first.record.headers}",
        )
    return finding


def _subject(message: WireMessage) -> tuple[str, int]:
    if message.type == INVITED:
        return str(message.data["invitation_id"]), 1
    return str(message.data["award_id"]), message.revision


def _difference(one: PublishedRecord, other: PublishedRecord) -> str | None:
    if one.value != other.value:
        return "values differ"
    if one.key != other.key:
        return "keys differ"
    return "headers differ" if one.headers != other.headers else None

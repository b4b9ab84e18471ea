"""Records of mentoring.awards, read: messages, and what is none. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.sole_reader.topic import TopicRecord
from events.instants import Instant, to_datetime
from events.schemas.badge_awarded import BadgeAwarded
from events.schemas.kudos_invited import KudosInvited
from events.subscriber import AwardsMessage, UnreadableMessage, read

_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class UnreadRecord:
    """`why` quotes nothing of the record."""

    offset: int
    why: str


@dataclass(slots=True)
class MessagesRead:
    """What records hold. `baseline`: from before the notifier first started; `live`: since."""

    baseline: list[AwardsMessage] = field(default_factory=list)
    live: list[AwardsMessage] = field(default_factory=list)


def read_all(
    records: Iterable[TopicRecord], baseline_until: int, into: MessagesRead
) -> list[UnreadRecord]:
    """Add what records of one partition hold; gives those that are no messages.
    `baseline_until`: the first offset since the notifier first started."""
    unread = []
    for record in records:
        try:
            message = _storable(read(record.value))
        except UnreadableMessage as error:
            unread.append(UnreadRecord(record.offset, str(error)))
        else:
            (into.baseline if record.offset < baseline_until else into.live).append(message)
    return unread


def _storable(message: AwardsMessage) -> AwardsMessage:
    """The message, if PostgreSQL has a place for all of it: else it would be tried for ever."""
    data = message.data
    if isinstance(data, KudosInvited):
        return message
    if max(data.revision, data.total or 0) > _LARGEST:
        raise UnreadableMessage("revision and total must be below 2^31")
    if isinstance(data, BadgeAwarded):
        if "\0" in data.badge_name:
            raise UnreadableMessage("badge_name must not contain control characters")
        try:
            for instant in filter(None, (data.awarded_at, data.valid_until)):
                to_datetime(Instant(instant))
        except ValueError:
            raise UnreadableMessage("awarded_at and valid_until must be instants") from None
    return message

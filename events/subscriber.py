"""Reading mentoring.awards: the part that every subscriber has, whatever it then does.

    revisions = InMemoryRevisions()
    for record in consumer:
        for message in news([read(record.value)], revisions):
            …  # each revision of an award at most once, and never one that is overtaken
            revisions.keep([message])

Who must not repeat an effect after a crash keeps the revisions where the effect is, in one
transaction with it: any object with the two methods of `Revisions` will do.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import msgspec

from events.instants import Instant, parse_instant
from events.schemas.badge_awarded import BadgeAwarded
from events.schemas.badge_revoked import BadgeRevoked
from events.schemas.kudos_invited import KudosInvited
from events.schemas.registry import InvalidData, read_output


class UnreadableMessage(ValueError):
    """A record that is no message of this topic; the text quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class AwardsMessage:
    """One revision of an award, or an invitation, whose revision is always 1.

    `subject`: the award's id, or the invitation's; `time`: of the envelope.
    """

    subject: str
    revision: int
    time: Instant
    data: BadgeAwarded | BadgeRevoked | KudosInvited


class Revisions(Protocol):
    """Where a subscriber keeps the highest revision of each subject that it has dealt with."""

    def kept(self, subjects: Collection[str]) -> Mapping[str, int]:
        """The revisions kept of these subjects; one never seen is left out."""

    def keep(self, messages: Collection[AwardsMessage]) -> None:
        """Keep the revisions of these messages, each higher than the one kept before."""


class InMemoryRevisions:
    """For who starts from the beginning of the topic each time."""

    def __init__(self) -> None:
        self._kept: dict[str, int] = {}

    def kept(self, subjects: Collection[str]) -> Mapping[str, int]:
        """The revisions kept of these subjects."""
        return {subject: self._kept[subject] for subject in subjects if subject in self._kept}

    def keep(self, messages: Collection[AwardsMessage]) -> None:
        """Keep the revisions of these messages."""
        self._kept.update({message.subject: message.revision for message in messages})


class _RawMessage(msgspec.Struct):
    specversion: Literal["1.0"]
    type: str
    time: str
    data: msgspec.Raw


_decode = msgspec.json.Decoder(_RawMessage).decode


def read(value: bytes | None) -> AwardsMessage:
    """The message in a record of mentoring.awards. Raises UnreadableMessage."""
    try:
        envelope = _decode(value or b"")
        time = parse_instant(envelope.time)
        data = read_output(envelope.type, bytes(envelope.data))
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UnreadableMessage("the value is no CloudEvent in JSON") from None
    except KeyError:
        raise UnreadableMessage("no message of this type is known") from None
    except InvalidData as error:
        raise UnreadableMessage(str(error)) from None
    except ValueError as error:
        raise UnreadableMessage(f"time {error}") from None
    match data:
        case KudosInvited():
            return AwardsMessage(data.invitation_id, 1, time, data)
        case BadgeAwarded() | BadgeRevoked():
            return AwardsMessage(data.award_id, data.revision, time, data)
    raise UnreadableMessage("no message of this type is known")


def news(messages: Iterable[AwardsMessage], revisions: Revisions) -> list[AwardsMessage]:
    """Of each subject the highest revision, if it is higher than the one kept: what there is to
    deal with. The order in which messages come, and how often, makes no difference."""
    highest: dict[str, AwardsMessage] = {}
    for message in messages:
        rival = highest.get(message.subject)
        if rival is None or rival.revision < message.revision:
            highest[message.subject] = message
    kept = revisions.kept(highest.keys())
    return [each for each in highest.values() if each.revision > kept.get(each.subject, 0)]

"""The topic of awards as a subscriber sees it: events, each at its first telling."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.verification.checker.naming import named
from tests.verification.checker.seen import Json, PublishedRecord, Topic

AWARDED = "mentoring.badge.awarded.v1"
REVOKED = "mentoring.badge.revoked.v1"
INVITED = "mentoring.kudos.invited.v1"


@dataclass(frozen=True, slots=True)
class WireMessage:
    """One event: its record, and what it says."""

    record: PublishedRecord
    id: str
    type: str
    time: str
    data: Json

    def __str__(self) -> str:
        return f"{named(self.data)} at {self.at}"

    @property
    def at(self) -> str:
        """Where it stands."""
        return f"partition {self.record.partition} offset {self.record.offset}"

    @property
    def revision(self) -> int:
        """The revision of an award."""
        return int(self.data["revision"])


@dataclass(slots=True)
class WireView:
    """`copies` has all records of each event id, `first` the first of each, both in the order of
    publication: of partition and offset. Order between partitions means nothing. `broken` are
    records that are no events of a type we know, with what is wrong."""

    first: list[WireMessage] = field(default_factory=list)
    copies: dict[str, list[WireMessage]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def awards(self) -> dict[str, list[WireMessage]]:
        """The first tellings about each award, by its id."""
        found: dict[str, list[WireMessage]] = {}
        for message in self.first:
            if message.type != INVITED:
                found.setdefault(str(message.data["award_id"]), []).append(message)
        return found

    def of(self, *types: str) -> list[WireMessage]:
        """First tellings of some types."""
        return [message for message in self.first if message.type in types]


def wire(topic: Topic) -> WireView:
    """Read the topic."""
    result = WireView()
    for record in topic.records:
        try:
            message = _message(record)
        except (ValueError, KeyError, TypeError) as error:
            where = f"partition {record.partition} offset {record.offset}"
            result.broken.append(f"{where}: {type(error).__name__}: {error}")
            continue
        if message.id not in result.copies:
            result.first.append(message)
        result.copies.setdefault(message.id, []).append(message)
    return result


def _message(record: PublishedRecord) -> WireMessage:
    event: Any = json.loads(record.value or b"")
    if event["specversion"] != "1.0" or event["source"] != "/badge-engine":
        raise ValueError("not an event of the engine's")
    data, event_type = event["data"], event["type"]
    named = _NAMED[event_type]
    if missing := named - data.keys():
        raise KeyError(f"{event_type} lacks {', '.join(sorted(missing))}")
    return WireMessage(record, str(event["id"]), event_type, str(event["time"]), data)


_AWARD = {
    *("award_id", "revision", "program_id", "loop_id", "recipient_id", "badge", "level"),
    *("total", "evidence"),
}
_INVITATION = {"invitation_id", "program_id", "loop_id", "respondent_id", "about_ids", "survey_id"}
_NAMED = {
    AWARDED: _AWARD | {"badge_name", "category", "occurrence", "awarded_at", "catalog"},
    REVOKED: _AWARD | {"reason"},
    INVITED: _INVITATION,
}

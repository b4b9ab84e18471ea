"""What was recorded, and when it arrived: the two years before they are a file.

A fact arrives under an event id, and again under another. Every id follows from what is recorded,
so the same history has the same ids for ever.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from examples.chronicle import KUDOS, MEETING, RETRACTION, SURVEY, rendered
from examples.recognition.cast import AURORA

ASSESSMENT = "mentoring.portfolio.assessed.v1"
CHECKPOINT = "mentoring.checkpoint.closed.v1"
CONTRIBUTION = "mentoring.contribution.made.v1"
DECISION = "mentoring.decision.recorded.v1"
DELIVERABLE = "mentoring.deliverable.accepted.v1"
REVIEW = "mentoring.review.submitted.v1"
REWARD = "mentoring.reward.granted.v1"
STEWARDSHIP = "mentoring.stewardship.recorded.v1"
TESTIMONIAL = "mentoring.testimonial.given.v1"
TRAINING = "mentoring.training.completed.v1"

# Per type: its natural key, and the service that publishes it.
_TYPES = {
    ASSESSMENT: ("assessment_id", "/portfolios"),
    CHECKPOINT: ("checkpoint_id", "/portfolios"),
    CONTRIBUTION: ("contribution_id", "/community"),
    DECISION: ("decision_id", "/governance"),
    DELIVERABLE: ("deliverable_id", "/portfolios"),
    KUDOS: ("kudos_id", "/kudos"),
    MEETING: ("meeting_id", "/meetings"),
    RETRACTION: ("fact_id", ""),
    REVIEW: ("review_id", "/governance"),
    REWARD: ("reward_id", "/governance"),
    STEWARDSHIP: ("record_id", "/governance"),
    SURVEY: ("survey_id", "/surveys"),
    TESTIMONIAL: ("testimonial_id", "/feedback"),
    TRAINING: ("completion_id", "/learning"),
}
_BERLIN = ZoneInfo("Europe/Berlin")
_EVENT_IDS = uuid5(NAMESPACE_URL, "https://examples.mentoring.example/aurora")
_USUAL_DELAY = timedelta(seconds=3)


def berlin(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """The moment a clock in Berlin shows this day and time."""
    return datetime.combine(day, time(hour, minute, second), _BERLIN)


def moment(text: str) -> datetime:
    """A moment written in RFC 3339, on the clocks of Berlin."""
    return datetime.fromisoformat(text).astimezone(_BERLIN)


def random_id(stem: str) -> str:
    """An id that gives nothing away, the same for the same stem."""
    return uuid5(_EVENT_IDS, stem).hex[:16]


@dataclass(frozen=True, slots=True)
class AnnalsEntry:
    """What happened, when, and the event's data as JSON values."""

    type: str
    time: datetime
    data: dict[str, object]

    @property
    def id(self) -> str:
        """The natural key."""
        return str(self.data[_TYPES[self.type][0]])


class Annals:
    """Collects records and gives them back in the order they arrived."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], AnnalsEntry] = {}
        self._arrived: dict[bytes, datetime] = {}

    def record(
        self, type: str, at: datetime, data: dict[str, object], arrives: datetime | None = None
    ) -> AnnalsEntry:
        """A fact, which arrives three seconds after it happened, or when it is said to."""
        entry = AnnalsEntry(type, at, {"program_id": AURORA, **data})
        self._entries[type, entry.id] = entry
        self._arrived[event(entry)] = arrives or at + _USUAL_DELAY
        return entry

    def again(self, entry: AnnalsEntry, arrives: datetime) -> None:
        """The same fact, as a publisher's retry writes it: another event id, times in UTC."""
        self._arrived[event(entry, retry=True)] = arrives

    def retract(self, type: str, id: str, at: datetime, reason: str) -> None:
        """A fact recorded before is removed."""
        entry = self._entries[type, id]
        place = "loop_id" if "loop_id" in entry.data else "participant_id"
        data = {"program_id": AURORA, place: entry.data[place]}
        record = _event(
            f"retraction/{type}/{id}",
            _TYPES[type][1],
            RETRACTION,
            at,
            {**data, "fact_type": type, "fact_id": id, "reason": reason},
        )
        self._arrived[record] = at + _USUAL_DELAY

    def refuse(self, type: str, at: datetime, data: dict[str, object]) -> None:
        """A record that the engine sets aside."""
        key = f"refused/{type}/{at.isoformat()}"
        self._arrived[_event(key, _TYPES[type][1], type, at, {"program_id": AURORA, **data})] = at

    def entries(self, type: str) -> list[AnnalsEntry]:
        """Everything of a type recorded so far, by time."""
        found = [entry for (kind, _), entry in self._entries.items() if kind == type]
        return sorted(found, key=lambda entry: (entry.time, entry.id))

    def lines(self) -> Iterator[bytes]:
        """Every record, by arrival."""
        yield from sorted(self._arrived, key=lambda record: (self._arrived[record], record))


def event(entry: AnnalsEntry, *, retry: bool = False) -> bytes:
    """The structured CloudEvent of a fact, or that of a retry of it."""
    place = entry.data.get("loop_id") or entry.data.get("participant_id")
    key = f"{place}/{entry.type}/{entry.id}" + ("/again" if retry else "")
    data = {
        name: _in_utc(datetime.fromisoformat(str(value))) if retry and name == "as_of" else value
        for name, value in entry.data.items()
    }
    source = _TYPES[entry.type][1]
    return _event(key, source, entry.type, entry.time, data, in_utc=retry)


def _event(
    key: str,
    source: str,
    type: str,
    at: datetime,
    data: dict[str, object],
    *,
    in_utc: bool = False,
) -> bytes:
    return rendered(
        {
            "specversion": "1.0",
            "id": str(uuid5(_EVENT_IDS, key)),
            "source": source,
            "type": type,
            "time": _in_utc(at) if in_utc else at.isoformat(),
            "data": data,
        }
    )


def _in_utc(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"

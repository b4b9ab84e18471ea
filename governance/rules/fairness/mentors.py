"""What the ledger says of each mentor of a program, as of an instant."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.catalog.model import Catalog
from engine.fact import Fact
from engine.projections.award import of_repeatable
from events.instants import Instant
from events.schemas.checkpoint_closed import CheckpointClosed
from events.schemas.decision_recorded import DecisionRecorded
from events.schemas.deliverable_accepted import DeliverableAccepted
from events.schemas.meeting_completed import MeetingCompleted
from events.schemas.portfolio_assessed import PortfolioAssessed
from events.schemas.reward_granted import RewardGranted

_MENTORS: Mapping[str, str] = {
    MeetingCompleted.TYPE: "mentor_ids",
    PortfolioAssessed.TYPE: "mentor_ids",
    CheckpointClosed.TYPE: "mentor_ids",
    DeliverableAccepted.TYPE: "participant_id",
}
"""Facts of mentoring, and where they name who did it."""


@dataclass
class MentorRecord:
    """A mentor. `since`: the time of their first fact of mentoring; `cohort`: of the first that has
    one, whose order is `began_with`; `advanced`: whether an assessed learner is on that track, None
    if none is assessed; `contexts`: the learners assessed in each. `named`: counts of the funnel
    that facts put them in."""

    participant: str
    since: Instant
    cohort: str | None = None
    began_with: tuple[str, ...] | None = field(default=None, repr=False)
    advanced: bool | None = None
    contexts: dict[str, set[str]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    @property
    def track(self) -> str | None:
        """The track of their learners: advanced if any is on it."""
        if self.advanced is None:
            return None
        return "advanced" if self.advanced else "introductory"

    @property
    def context(self) -> str | None:
        """The context of most of their learners; of equals the first by name."""
        counts = Counter({name: len(learners) for name, learners in self.contexts.items()})
        return min(counts, key=lambda name: (-counts[name], name), default=None)


def gather(
    facts: Iterable[Fact], catalog: Catalog, badges: frozenset[str], as_of: Instant
) -> dict[str, MentorRecord]:
    """The mentors by id. `facts`: accepted, unretracted ones of the program, in any order;
    `badges`: of the stages that a committee decides."""
    records: dict[str, MentorRecord] = {}
    about: list[Fact] = []
    for fact in facts:
        if fact.time > as_of:
            continue
        if fact.type in _MENTORS:
            for name in _named(fact):
                _learn(records.setdefault(name, MentorRecord(name, fact.time)), fact)
        elif fact.type in (DecisionRecorded.TYPE, RewardGranted.TYPE):
            about.append(fact)
    for fact in about:
        if record := records.get(str(fact.data["participant_id"])):
            record.named |= _steps(fact, catalog, badges, as_of)
    return records


def _named(fact: Fact) -> Iterable[str]:
    names = fact.data.get(_MENTORS[fact.type])
    return [names] if isinstance(names, str) else list(names or ())  # type: ignore[call-overload]


def _learn(record: MentorRecord, fact: Fact) -> None:
    record.since = min(record.since, fact.time)
    cohort = fact.data.get("cohort_id")
    if isinstance(cohort, str) and (record.began_with is None or fact.order < record.began_with):
        record.began_with, record.cohort = fact.order, cohort
    if fact.type != PortfolioAssessed.TYPE:
        return
    record.advanced = bool(record.advanced) or fact.data.get("track") == "advanced"
    context = fact.data.get("context")
    if isinstance(context, str):
        record.contexts.setdefault(context, set()).add(str(fact.data["learner_id"]))


def _steps(fact: Fact, catalog: Catalog, badges: frozenset[str], as_of: Instant) -> set[str]:
    if fact.type == RewardGranted.TYPE:
        return {"rewarded"}
    if fact.data["case"] not in badges:
        return set()
    steps = {"applied"}
    if fact.data["outcome"] == "declined":
        steps.add("declined")
    if fact.data.get("appeal_of") is not None:
        steps |= {"declined", "appealed"}
    for award in of_repeatable(catalog, fact):
        if award.badge in badges:
            steps.add("granted")
            if fact.data["outcome"] == "renewed":
                steps |= {"due", "renewed"}
            elif award.valid_until is not None and award.valid_until <= as_of:
                steps.add("due")
    return steps

"""Early warnings for a mentor about their own learners. They are never a criterion, and the
committee never sees them.

A warning stands while what it is about is so. `about` names the facts that it stands on: answered
once, it stays answered, and with new facts it is another warning.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Literal

from engine.queries.outcomes.recorded import Assessed, Checkpoint, OutcomeFacts
from engine.rules.calendar import Calendar
from events.instants import Instant, to_datetime
from events.schemas.portfolio_assessed import ROWS

WarningKind = Literal["silent", "late", "flat", "low", "due"]
KINDS: tuple[WarningKind, ...] = WarningKind.__args__  # type: ignore[attr-defined]
DUE_DAYS = 3
"""How many days before a checkpoint is due a mentor is reminded."""


@dataclass(frozen=True, slots=True)
class Watch:
    """When a mentor is warned; None: not about that."""

    silent_days: int | None = None
    late_in_a_row: int | None = None
    flat_assessments: int | None = None
    low_row: int | None = None

    @classmethod
    def of(cls, watch: Mapping[str, Any]) -> "Watch":
        """As a policy says."""
        return cls(
            watch.get("silent_days"), watch.get("late_in_a_row"), watch.get("flat_assessments"),
            watch.get("low_row"),
        )  # fmt: skip

    def __bool__(self) -> bool:
        return self != Watch()


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """A warning to a mentor about a learner. `loop` is one that they share; `n`: days without a
    meeting, checkpoints in a row, assessments without a rise, days until something is due; `names`:
    rows that are low, or the milestone that is due."""

    mentor: str
    learner: str
    kind: WarningKind
    loop: str
    about: str
    n: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guided:
    """A learner with a mentor in a loop, and its cohort, if any fact names one."""

    mentor: str
    learner: str
    loop: str
    cohort: str | None = None


class OpenLoops:
    """Which loops still have something to reach. A loop is over when the platform closed it, when
    its learner has a final, or when the learner completed every milestone that badges ask for.

    `closed`: loops that are closed; `asked`: the milestones that badges ask for.
    """

    def __init__(
        self, facts: OutcomeFacts, closed: Collection[str], asked: Collection[str]
    ) -> None:
        self._closed = frozenset(closed)
        self._asked = frozenset(asked)
        self._finals = {
            (each.loop, each.learner) for each in facts.counting if each.phase == "final"
        }
        self._done: dict[tuple[str, str], set[str]] = defaultdict(set)
        for done in facts.milestones:
            self._done[done.loop, done.participant].add(done.milestone)

    def is_open(self, loop: str, learner: str) -> bool:
        """Whether a learner has an open milestone in a loop."""
        if loop in self._closed or (loop, learner) in self._finals:
            return False
        return not self._asked or not self._asked <= self._done.get((loop, learner), set())


def guided(facts: OutcomeFacts, described: Iterable[Guided] = ()) -> list[Guided]:
    """Everybody's learners: whom an assessment or a checkpoint names with them, and whom the
    platform describes so. Each loop once; by mentor, learner and loop."""
    cohorts: dict[tuple[str, str, str], str | None] = {
        (each.mentor, each.learner, each.loop): each.cohort for each in described
    }
    worked: list[Assessed | Checkpoint] = [*facts.checkpoints, *facts.assessments]
    for fact in worked:
        for mentor in fact.mentors:
            cohorts[mentor, fact.learner, fact.loop] = fact.cohort
    return [Guided(*key, cohorts[key]) for key in sorted(cohorts)]


def warnings(
    facts: OutcomeFacts,
    learners: Iterable[Guided],
    loops: OpenLoops,
    watch: Watch,
    calendar: Calendar,
    now: Instant,
) -> list[EarlyWarning]:
    """The warnings that stand as of an instant, up to which the facts are: by mentor and learner,
    then in the order of KINDS."""
    if not watch:
        return []
    seen = _Seen(facts, calendar, now)
    standing: list[EarlyWarning] = []
    for one in learners:
        if loops.is_open(one.loop, one.learner):
            standing += seen.of(one, watch)
    unique = {(each.mentor, each.learner, each.kind, each.about): each for each in standing}
    return sorted(
        unique.values(),
        key=lambda each: (each.mentor, each.learner, KINDS.index(each.kind), each.about),
    )


class _Seen:
    """The facts by where warnings look for them."""

    def __init__(self, facts: OutcomeFacts, calendar: Calendar, now: Instant) -> None:
        self._calendar, self._now = calendar, now
        self._met: dict[tuple[str, str], tuple[Instant, str]] = {}
        for meeting in facts.meetings:
            for mentor in meeting.mentors:
                self._met[meeting.loop, mentor] = (meeting.at, meeting.id)
        self._closed: dict[str, list[Checkpoint]] = defaultdict(list)
        self._due: dict[str, dict[str, str]] = defaultdict(dict)
        for checkpoint in facts.checkpoints:
            self._closed[checkpoint.learner].append(checkpoint)
            if checkpoint.milestone is not None:
                self._due[checkpoint.cohort][checkpoint.milestone] = checkpoint.due_on
        self._assessed: dict[tuple[str, str], list[Assessed]] = defaultdict(list)
        for assessed in facts.counting:
            self._assessed[assessed.loop, assessed.learner].append(assessed)

    def of(self, one: Guided, watch: Watch) -> Iterable[EarlyWarning]:
        standing = (
            self._silent(one, watch.silent_days),
            self._late(one, watch.late_in_a_row),
            self._flat(one, watch.flat_assessments),
            self._low(one, watch.low_row),
            self._next(one),
        )
        return [each for each in standing if each is not None]

    def _silent(self, one: Guided, days: int | None) -> EarlyWarning | None:
        last = self._met.get((one.loop, one.mentor))
        if days is None or last is None:
            return None
        passed = to_datetime(self._now) - to_datetime(last[0])
        if passed <= timedelta(days=days):
            return None
        return EarlyWarning(one.mentor, one.learner, "silent", one.loop, last[1], passed.days)

    def _late(self, one: Guided, in_a_row: int | None) -> EarlyWarning | None:
        """The last checkpoints of the learner with this mentor, by the day they were due."""
        own = [each for each in self._closed.get(one.learner, ()) if one.mentor in each.mentors]
        last = own[-in_a_row:] if in_a_row else []
        if not last or len(last) < (in_a_row or 0) or not all(each.missed for each in last):
            return None
        about = "/".join(each.id for each in last)
        return EarlyWarning(one.mentor, one.learner, "late", last[-1].loop, about, len(last))

    def _flat(self, one: Guided, times: int | None) -> EarlyWarning | None:
        own = self._own_assessed(one)
        if times is None or len(own) <= times:
            return None
        last = own[-times - 1 :]
        if any(after.total > before.total for before, after in pairwise(last)):
            return None
        return EarlyWarning(one.mentor, one.learner, "flat", one.loop, last[-1].id, times)

    def _low(self, one: Guided, most: int | None) -> EarlyWarning | None:
        own = self._own_assessed(one)
        if most is None or not own or own[-1].phase != "interim":
            return None
        rows = tuple(row for row, rated in zip(ROWS, own[-1].rows, strict=True) if rated <= most)
        if not rows:
            return None
        return EarlyWarning(
            one.mentor, one.learner, "low", one.loop, own[-1].id, len(rows), rows
        )  # fmt: skip

    def _next(self, one: Guided) -> EarlyWarning | None:
        """What others of the cohort had due on a day that comes, and this learner has not closed.
        The platform says what is due to nobody but those whom it is for."""
        closed = {
            each.milestone for each in self._closed.get(one.learner, ())
            if each.cohort == one.cohort
        }  # fmt: skip
        today = self._calendar.day(self._now)
        for milestone, due_on in sorted(self._due.get(one.cohort or "", {}).items()):
            left = (date.fromisoformat(due_on) - today).days
            if 0 <= left <= DUE_DAYS and milestone not in closed:
                about = f"{milestone}/{due_on}"
                return EarlyWarning(
                    one.mentor, one.learner, "due", one.loop, about, left, (milestone,)
                )
        return None

    def _own_assessed(self, one: Guided) -> list[Assessed]:
        own = self._assessed.get((one.loop, one.learner), ())
        return [each for each in own if one.mentor in each.mentors]

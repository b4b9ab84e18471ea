"""Whatever happens in between, kudos are published once or never, and never two different ones.

Retries, double clicks, undoing, withdrawing, time, Kafka's absence and dispatchers that are killed
at every step come in any order, on a real database and a publisher that records. What the database
holds no transaction for while Kafka is asked can happen just then, so it does here.
"""

import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.handlers.policy import IntakePolicy
from events.deliveries import Confirmed, DeliveryError
from events.outgoing import OutgoingRecord
from tests.integration.handlers.harness import TOPIC
from tests.integration.web.gifts import LOOP, PARTITION, PROGRAM, plant_loops
from tests.integration.web.people_surface import PeopleSurface
from tests.support.examples import examples
from tests.support.notes import MASTER
from web.kudos.dispatch import Dispatch
from web.kudos.giving import Giving
from web.kudos.rules import AskedGift
from web.kudos.sealing import NoteSealer
from web.problems import Problem
from web.store.gifts import Gift
from web.views.moment import Readings

ASKED = AskedGift(LOOP, "wen", "trust", "for you alone")
OTHER = replace(ASKED, note="something else")
KEYS = ("first", "second")
FAILURES = ("before sending", "between", "away", "half", "after sending", "slow")
"""What happens to a dispatcher; just before, somebody does something else."""

_examples = itertools.count()
_done: Counter[str] = Counter()


class Killed(BaseException):
    """The process is gone."""


@dataclass
class GivingStory:
    """One example: a giver with two keys, a clock, a topic, and what was answered."""

    surface: PeopleSurface
    now: datetime
    number: int = field(default_factory=lambda: next(_examples))
    topic: list[OutgoingRecord] = field(default_factory=list)
    accepted: int = 0
    gifts: dict[str, Gift] = field(default_factory=dict)
    undone: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pools = self.surface.pools
        readings = Readings(pools.reader, pools.people)
        self.giving = Giving(
            readings=readings,
            clock=lambda: self.now,
            undo=timedelta(seconds=8),
            topic=TOPIC,
            secret=b"of the tests",
            seal=NoteSealer(pools.notes, MASTER),
            wake=lambda: None,
        )
        self.dispatch = Dispatch(pools.people, readings, self.clock, TOPIC)
        self.ticks: int | None = None

    def clock(self) -> datetime:
        """The time, for a dispatcher that may be killed when it asks for it."""
        if self.ticks is not None:
            self.ticks -= 1
            if self.ticks < 0:
                raise Killed
        return self.now

    def give(self, key: str) -> None:
        """Give, or retry: the answer is always the first."""
        gift = self.giving.give(PROGRAM, "gwen", f"{key}-of-story-{self.number:08}", ASKED)
        first = self.gifts.setdefault(key, gift)
        fixed = [(g.kudos_id, g.award_id, g.at, g.send_after) for g in (gift, first)]
        assert fixed[0] == fixed[1]

    def reuse(self, key: str) -> None:
        """Use a key for something else."""
        if key in self.gifts:
            with pytest.raises(Problem) as refused:
                self.giving.give(PROGRAM, "gwen", f"{key}-of-story-{self.number:08}", OTHER)
            assert refused.value.kind == "idempotency-key-reused"

    def undo(self, key: str) -> None:
        """Undo, whether or not it can be."""
        if key not in self.gifts:
            return
        try:
            state = self.giving.undo_gift(PROGRAM, "gwen", self.gifts[key].kudos_id)
        except Problem as problem:
            if problem.kind == "too-late" and key not in self.undone:
                return
            raise
        before = self.undone.setdefault(key, state)
        assert (before == "cancelled") == (state == "cancelled")

    def accept(self) -> None:
        """Let the engine read on."""
        values = [record.value for record in self.topic[self.accepted :]]
        self.accepted = len(self.topic)
        if values:
            batch = self.surface.harness.batch(*values, partition=PARTITION)
            terms = IntakePolicy(clock=lambda: self.now, notes_key=MASTER)
            assert not self.surface.harness.take(batch, terms).refused

    def round(self, publisher: "UnreliablePublisher", ticks: int | None = None) -> None:
        """One round of a dispatcher. `ticks`: how often it asks for the time before it is
        killed."""
        self.ticks = ticks
        try:
            self.dispatch.round(publisher)
        except (Killed, DeliveryError):
            pass
        finally:
            self.ticks = None


@dataclass
class UnreliablePublisher:
    """Appends to the topic of a story. `fails`: where, and how; `meanwhile`: what happens just
    before that."""

    story: GivingStory
    fails: str = "nowhere"
    meanwhile: Callable[[], None] = lambda: None
    _open: list[OutgoingRecord] = field(default_factory=list)
    _sent: dict[str, Confirmed] = field(default_factory=dict)

    def send(self, record: OutgoingRecord) -> None:
        if self.fails == "before sending":
            self.meanwhile()
            raise Killed
        self._open.append(record)

    def flush(self) -> None:
        if self.fails in ("between", "away"):
            self.meanwhile()
            if self.fails == "between":
                raise Killed
            raise DeliveryError([(record.event_id, "away") for record in self._open])
        if self.fails == "half":
            self._append(self._open[:1])
            raise DeliveryError([(record.event_id, "half") for record in self._open[1:]])
        self._append(self._open)
        self._open = []
        if self.fails == "after sending":
            self.meanwhile()
            raise Killed
        if self.fails == "slow":
            self.meanwhile()

    def confirmed(self, event_id: str) -> Confirmed | None:
        return self._sent.get(event_id)

    def _append(self, records: list[OutgoingRecord]) -> None:
        for record in records:
            self._sent[record.event_id] = Confirmed(TOPIC, PARTITION, len(self.story.topic))
            self.story.topic.append(record)


keys = st.sampled_from(KEYS)
inner = st.one_of(
    st.tuples(st.just("give"), keys),
    st.tuples(st.just("undo"), keys),
    st.tuples(st.just("round"), st.just("nowhere")),
)
steps = st.lists(
    st.one_of(
        inner,
        st.tuples(st.just("reuse"), keys),
        st.tuples(st.just("pass"), st.sampled_from([8, 9, 1, 6, 8, 9, 3_600, 90_000])),
        st.tuples(st.just("accept"), st.none()),
        st.tuples(st.sampled_from(FAILURES), inner),
        st.tuples(st.just("killed"), st.integers(1, 2)),
    ),
    min_size=2,
    max_size=14,
).map(lambda later: [("give", "first"), *later])


def act(story: GivingStory, step: tuple[str, Any]) -> None:
    """One step of a story."""
    what, which = step
    _done[what] += 1
    match what:
        case "give" | "undo" | "reuse":
            getattr(story, what)(which)
        case "pass":
            story.now += timedelta(seconds=which)
        case "accept":
            story.accept()
        case "round":
            story.round(UnreliablePublisher(story))
        case "killed":
            story.round(UnreliablePublisher(story), ticks=which)
        case fails:
            publisher = UnreliablePublisher(story, fails, lambda: act(story, which))
            story.round(publisher)


def finish(story: GivingStory) -> None:
    """Let everything that waits go on its way."""
    for _ in range(4):
        story.now += timedelta(seconds=10)
        story.round(UnreliablePublisher(story))
        story.accept()


def check(story: GivingStory) -> None:
    """What must be true of every story."""
    published: dict[tuple[str, str], set[bytes]] = {}
    for record in story.topic:
        event = json.loads(record.value)
        data = event["data"]
        name = data.get("kudos_id") or data["fact_id"]
        published.setdefault((event["type"], name), set()).add(record.value)
    assert all(len(values) == 1 for values in published.values()), "two different ones"
    for key, gift in story.gifts.items():
        facts = published.get(("mentoring.kudos.given.v1", gift.kudos_id))
        retractions = published.get(("mentoring.fact.retracted.v1", gift.kudos_id))
        standing = story.surface.harness.rows(
            "SELECT standing FROM awards WHERE award_id = %s::uuid", gift.award_id
        )
        match story.undone.get(key):
            case None:
                assert (bool(facts), retractions, standing) == (True, None, [(True,)])
            case "cancelled":
                assert (facts, retractions, standing) == (None, None, [])
            case _:
                assert (bool(facts), bool(retractions), standing) == (True, True, [(False,)])
    waiting = "SELECT 1 FROM web.gifts WHERE due IS NOT NULL OR sealed IS NOT NULL"
    assert story.surface.harness.rows(waiting) == []


@pytest.fixture(scope="module")
def planted(empty_surface: PeopleSurface) -> Iterator[PeopleSurface]:
    plant_loops(empty_surface)
    yield empty_surface
    print("steps made:", dict(_done), "in", next(_examples), "stories")


Steps = list[tuple[str, Any]]


def each_failure(test: Callable[..., None]) -> Callable[..., None]:
    """Try each failure, with and without undoing in its midst, before what is drawn."""
    for failure, other in itertools.product(FAILURES, ("undo", "give")):
        story = [("give", "first"), ("pass", 9), (failure, (other, "first")), ("undo", "first")]
        test = example(steps=story)(test)
    return test


@each_failure
@settings(parent=examples(120))
@given(steps=steps)
def test_kudos_are_published_once_or_never(planted: PeopleSurface, steps: Steps) -> None:
    with planted.harness.transaction() as tx:
        tx.execute("TRUNCATE web.gifts")
    story = GivingStory(planted, planted.now)
    for step in steps:
        act(story, step)
    finish(story)
    check(story)

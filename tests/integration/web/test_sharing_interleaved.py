"""Whatever is done to an award, in whatever order, its page, its credentials and their bits agree.

Sharing, ending, showing a name, losing, earning again, sweeping and erasing come in any order.
After each step no bit has gone back, there is at most one live share, and what is public names
nobody who does not want it.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.queries.snapshot import Reader
from engine.store.postgres.connection import transaction
from tests.integration.web.people_surface import (
    PeopleSurface,
    bearer,
    described_loop,
    described_person,
    described_program,
    participant,
    service,
)
from tests.integration.web.sharing import TABLES, bits, put
from tests.support.examples import examples
from tests.support.given import kudos, meeting, retracted
from web.sharing.sweep import ShareSweep

PROGRAM, GIVER = "acme", "secret-giver"
_stories = itertools.count()

STEPS = ("share", "name", "stop", "lose", "earn", "sweep", "feed", "erase")


@dataclass
class ShareStory:
    """One example: somebody with one award, which comes and goes with their fifth meeting."""

    surface: PeopleSurface
    number: int = field(default_factory=lambda: next(_stories))
    meetings: int = 5
    held: bool = True
    live: str | None = None
    """The share that goes on, as far as was answered."""
    named: bool = False
    erased: bool = False
    ended: set[str] = field(default_factory=set)
    revoked: set[tuple[int, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.who, self.loop = f"who{self.number}", f"secret-loop-{self.number}"
        self.place = {"program_id": PROGRAM, "loop_id": self.loop}
        self.surface.describe(
            described_person(PROGRAM, self.who, display_name=f"Name{self.number}x"),
            described_loop(PROGRAM, self.loop, self.who, GIVER),
        )
        self.tell(*(meeting(f"m{n}", self.who, at=n, **self.place) for n in range(1, 6)))
        self.tell(kudos("k1", GIVER, self.who, "trust", message="secret-note", **self.place))
        ((self.award,),) = self.surface.harness.rows(
            "SELECT award_id::text FROM awards WHERE recipient = %s AND badge = 'momentum'",
            self.who,
        )
        pools = self.surface.pools
        self.sweeper = ShareSweep(Reader(pools.reader), pools.people, lambda: self.surface.now)

    def tell(self, *records: bytes) -> None:
        self.surface.harness.tell(*records)

    def end(self) -> None:
        if self.live is not None:
            self.ended.add(self.live)
        self.live = None

    def share(self, *, show_name: bool) -> None:
        answer = put(self.surface, self.award, participant(PROGRAM, self.who), show_name=show_name)
        if self.erased:
            assert answer.status == 404
        elif not self.held:
            assert answer.status == 409
        else:
            assert answer.status == (200 if self.live else 201)
            share_id = answer.json()["share_id"]
            assert share_id == (self.live or share_id)
            assert share_id not in self.ended
            self.live, self.named = share_id, show_name

    def lose(self) -> None:
        if self.held:
            fact = f"m{self.meetings}"
            self.tell(retracted("mentoring.meeting.completed.v1", fact, at=20, **self.place))
            self.held = False
            self.end()

    def earn(self) -> None:
        if not self.held:
            self.meetings += 1
            self.tell(meeting(f"m{self.meetings}", self.who, at=9, **self.place))
            self.held = True

    def erase(self) -> None:
        path = f"/v1/programs/{PROGRAM}/people/{self.who}/personal-data"
        self.surface.client.ask("DELETE", path, bearer(service(PROGRAM)))
        self.erased = True
        self.end()

    def stop(self) -> None:
        path = f"/v1/programs/{PROGRAM}/me/awards/{self.award}/share"
        answer = self.surface.client.ask("DELETE", path, bearer(participant(PROGRAM, self.who)))
        assert answer.status == 204
        self.end()


def act(story: ShareStory, step: str) -> None:
    story.surface.move(seconds=1)
    match step:
        case "share" | "name":
            story.share(show_name=step == "name")
        case "sweep":
            story.sweeper.sweep()
        case "feed":
            story.sweeper.end_lost([story.award])
        case _:
            getattr(story, step)()


def check(story: ShareStory) -> None:
    """What must be true after every step."""
    surface = story.surface
    now = set(bits(surface))
    assert story.revoked <= now, "a bit went back"
    story.revoked = now
    live = surface.harness.rows(
        "SELECT share_id FROM web.shares WHERE ended IS NULL AND award_id = %s::text::uuid",
        story.award,
    )
    assert len(live) <= 1
    for share_id in story.ended:
        assert surface.get(f"/a/{share_id}").status == 410
    if story.live is not None:
        answer = surface.get(f"/a/{story.live}")
        assert answer.status == 200
        assert (f"Name{story.number}x" in answer.text) == story.named
        for secret in (story.award, GIVER, story.loop, "secret-note", story.who):
            assert secret not in answer.text


def check_end(story: ShareStory) -> None:
    """After a round page and bits agree: what is good is what is shown."""
    story.sweeper.sweep()
    with transaction(story.surface.pools.people) as tx:
        good = tx.rows(
            "SELECT s.share_id FROM web.credentials c JOIN web.shares s USING (share_id) "
            "WHERE c.revoked IS NULL"
        )
    assert [share_id for (share_id,) in good] == ([story.live] if story.live else [])


@pytest.fixture(scope="module")
def surface(empty_surface: PeopleSurface) -> PeopleSurface:
    empty_surface.describe(
        described_program(PROGRAM, name="Acme"), described_person(PROGRAM, GIVER)
    )
    return empty_surface


@examples(10)
@given(steps=st.lists(st.sampled_from(STEPS), min_size=2, max_size=10))
@example(steps=["share", "lose", "earn", "share", "sweep", "name"])
@example(steps=["share", "name", "share", "stop", "share", "erase", "share"])
@example(steps=["name", "lose", "feed", "earn", "sweep", "share", "lose", "earn", "name"])
def test_page_credentials_and_bits_agree_whatever_is_done(
    surface: PeopleSurface, steps: Sequence[str]
) -> None:
    with surface.harness.transaction() as tx:
        tx.execute(f"TRUNCATE {TABLES}")
    story = ShareStory(surface)
    for step in steps:
        act(story, step)
        check(story)
    check_end(story)

"""A case on the real pages: withdrawn, applied for again, frozen, signed by two, read.

Processes and broker are real; the clock of pages and governance is a file that the test moves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.demonstration import demonstration
from tests.pages.visiting import Tab, tab

AMARA = "amara@aurora"
COMMITTEE = ("ada", "bea", "oren", "sam", "imani")
DESK = "/p/aurora/desk"
PROGRESS = "/p/aurora/progress"
SECONDS = 60.0


@dataclass
class WholeCase:
    """What people do in one tab, one after the other."""

    tab: Tab
    origin: str
    clock: Path
    axe: str

    @property
    def page(self) -> Page:
        """What is shown."""
        return self.tab.page

    def be(self, persona: str, path: str) -> None:
        """Sign in as somebody, and go there."""
        asked = urlencode({"login_hint": persona, "next": path})
        self.tab.visit(f"{self.origin}/sign-in?{asked}")

    def pass_time(self, **by: float) -> None:
        """Move the clock: hours=73, say."""
        now = datetime.fromisoformat(self.clock.read_text())
        self.clock.write_text((now + timedelta(**by)).isoformat())

    def look_at(self, name: str) -> None:
        """Keep a picture of the page, and let nothing be wrong in it."""
        self.tab.picture(f"case {name}")
        assert self.tab.faults_of_access(self.axe) == []

    def wait_for(self, text: str) -> None:
        """Load the page again until it has a text: what governance does by itself."""
        shown = self.page.get_by_text(text, exact=False).first
        deadline = datetime.now(UTC) + timedelta(seconds=SECONDS)
        while not shown.is_visible():
            assert datetime.now(UTC) < deadline, f"no {text!r} on {self.page.url}"
            self.page.reload()

    def seated(self) -> list[str]:
        """Who of the committee has a seat on a case about a mentor who wants to be Proficient."""
        members = []
        for name in COMMITTEE:
            self.be(f"{name}@aurora", DESK)
            if self.page.get_by_role("link", name=re.compile("^Read the evidence")).count():
                members.append(name)
        return members

    def sign(self, member: str, outcome: str, why: str = "") -> None:
        """A member opens the evidence, signs in once more, and signs."""
        page = self.page
        self.be(f"{member}@aurora", DESK)
        page.get_by_role("link", name=re.compile("^Read the evidence")).click()
        case = page.url
        page.get_by_role("button", name="Open the evidence").click()
        expect(page.get_by_role("heading", name="The evidence")).to_be_visible()
        expect(page.get_by_text("Amara")).to_have_count(0)
        self.pass_time(minutes=6)
        page.goto(case)
        page.get_by_role("link", name="Sign in once more").click()
        page.wait_for_url(re.compile("/desk/|/issuer"))
        if "/desk/" not in page.url:
            page.get_by_role("link", name=re.compile(f"^{member}", re.IGNORECASE)).first.click()
        page.get_by_role("radio", name=re.compile(f"^{outcome}")).check()
        if why:
            page.get_by_role("textbox", name="Your reasons").fill(why)
        self.look_at(f"signing {outcome} {member}")
        page.get_by_role("button", name="Sign", exact=True).click()
        expect(page.get_by_text("You have signed").first).to_be_visible()


@pytest.fixture(scope="module")
def story(
    chromium: Browser, axe: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WholeCase]:
    """The committee of the demonstration."""
    clock = tmp_path_factory.mktemp("clock") / "now"
    clock.write_text(datetime.now(UTC).isoformat())
    clocks = {"BADGE_WEB_NOW_FILE": str(clock), "BADGE_GOVERNANCE_NOW_FILE": str(clock)}
    with demonstration(guild=True, **clocks) as links, tab(chromium) as visit:
        origin = "/".join(links[AMARA].split("/", 3)[:3])
        yield WholeCase(visit, origin, clock, axe)


@pytest.mark.verify
def test_withdrawn_applied_for_again_and_declined_by_two(story: WholeCase) -> None:
    page = story.page
    story.be(AMARA, PROGRESS)
    page.get_by_role("link", name="Proficient Mentor: your application").click()
    story.look_at("of amara on the desk")
    page.get_by_text("Withdraw", exact=True).click()
    page.get_by_role("button", name="Withdraw it").click()

    story.be(AMARA, PROGRESS)
    page.get_by_label("Anything the committee should know").fill("I would like to work alone.")
    page.get_by_role("button", name="Apply for Proficient Mentor").click()
    expect(page.get_by_role("heading", name="Your evidence is frozen")).to_be_visible()
    story.look_at("frozen")
    case = page.url

    story.pass_time(hours=73)
    story.be(AMARA, case.removeprefix(story.origin))
    story.wait_for("The committee decides")
    first = story.seated()
    assert len(first) == 2
    for member in first:
        story.sign(member, "Decline", "One more cohort would show what you do alone.")

    story.be(AMARA, case.removeprefix(story.origin))
    story.wait_for("You can appeal until")
    expect(page.get_by_text("One more cohort would show").first).to_be_visible()
    story.look_at("declined")

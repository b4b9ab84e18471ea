"""A whole case on the real pages: applied for, declined, appealed against, decided again, held.

Processes and broker are real; the clock of pages and governance is a file that the test moves.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

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
    looked_at: set[str] = field(default_factory=set)

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
        now = datetime.fromisoformat(self.clock.read_text()) + timedelta(**by)
        whole = self.clock.with_suffix(".new")
        whole.write_text(now.isoformat())
        whole.replace(self.clock)  # processes read it at any time

    def look_at(self, name: str) -> None:
        """Keep a picture of the page, and let nothing be wrong in it; each page once."""
        if name in self.looked_at:
            return
        self.looked_at.add(name)
        self.tab.picture(f"case {name}")
        assert self.tab.faults_of_access(self.axe) == []

    def wait_for(self, shown: Locator, again: Callable[[], object] | None = None) -> None:
        """Load the page `again` until something is shown: what processes do by themselves."""
        deadline = datetime.now(UTC) + timedelta(seconds=SECONDS)
        while not shown.first.is_visible():
            assert datetime.now(UTC) < deadline, f"no {shown} on {self.page.url}"
            (again or self.page.reload)()

    def heading(self, text: str) -> Locator:
        """A heading of the page."""
        return self.page.get_by_role("heading", name=text)

    def seated(self, kind: str) -> list[str]:
        """Who of the committee has a seat on the case of a mentor who wants to be Proficient."""
        members = []
        for name in COMMITTEE:
            self.be(f"{name}@aurora", DESK)
            if self._to_read(kind).count():
                members.append(name)
        return members

    def _to_read(self, kind: str) -> Locator:
        return self.page.get_by_role("link", name=f"Read the evidence: Proficient Mentor: {kind}")

    def appeal(self) -> None:
        """Try to appeal: it is refused while the decision is not in the ledger yet."""
        self.page.get_by_label("In your words").fill("Nothing in the stage asks for a cohort more.")
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Send the appeal").click()

    def two_sign(self, kind: str, outcome: str, why: str = "") -> list[str]:
        """Those who have a seat sign, one after the other, until it is decided; gives who did."""
        signed = []
        for name in COMMITTEE:
            self.be(f"{name}@aurora", DESK)
            if self._to_read(kind).count():
                self._sign(name, kind, outcome, why)
                signed.append(name)
            if len(signed) == 2:
                break
        return signed

    def _sign(self, member: str, kind: str, outcome: str, why: str) -> None:
        """From their desk a member opens the evidence, signs in once more, and signs."""
        page = self.page
        self.look_at(f"desk with {kind}")
        self._to_read(kind).click()
        case = page.url
        page.get_by_role("button", name="Open the evidence").click()
        expect(self.heading("The evidence")).to_be_visible()
        expect(page.get_by_text("Amara")).to_have_count(0)
        self.pass_time(minutes=6)
        page.goto(case.replace("/desk/", "/cases/"))  # where e-mails lead
        assert page.url == case
        page.get_by_role("link", name="Sign in once more").click()
        page.wait_for_url(re.compile("/desk/|/issuer"))
        if "/desk/" not in page.url:
            page.get_by_role("link", name=re.compile(f"^{member}", re.IGNORECASE)).first.click()
        page.get_by_role("radio", name=re.compile(f"^{outcome}")).check()
        if why:
            page.get_by_role("textbox", name="Your reasons").fill(why)
        self.look_at(f"signing {outcome}")
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
    clocks["BADGE_ENGINE_FUTURE_TOLERANCE_HOURS"] = "1000"
    with demonstration(guild=True, **clocks) as links, tab(chromium) as visit:
        origin = "/".join(links[AMARA].split("/", 3)[:3])
        yield WholeCase(visit, origin, clock, axe)


@pytest.mark.verify
def test_applied_declined_appealed_and_granted(story: WholeCase) -> None:
    page = story.page
    story.be(AMARA, PROGRESS)
    page.get_by_role("link", name="Proficient Mentor: your application").click()
    story.look_at("of amara on the desk")
    page.get_by_text("Withdraw", exact=True).click()
    page.get_by_role("button", name="Withdraw it").click()

    story.be(AMARA, PROGRESS)
    page.get_by_label("Anything the committee should know").fill("I would like to work alone.")
    story.look_at("checklist")
    page.get_by_role("button", name="Apply for Proficient Mentor").click()
    expect(story.heading("Your evidence is frozen")).to_be_visible()
    story.look_at("frozen")
    case = page.url.removeprefix(story.origin).partition("?")[0]

    story.pass_time(hours=73)
    story.be(AMARA, case)
    story.wait_for(story.heading("The committee decides"))
    reasons = "One more cohort would show what you do."
    first = story.two_sign("application", "Decline", reasons)

    story.be(AMARA, case)
    expect(page.get_by_text(reasons).first).to_be_visible()
    story.look_at("declined")
    story.wait_for(story.heading("Three others look at it"), story.appeal)
    story.look_at("appealed")

    others = story.seated("appeal")
    assert len(others) == 3
    assert not set(others) & set(first)
    assert story.two_sign("appeal", "Uphold", "The stage does not ask for it.") == others[:2]

    story.be(AMARA, case)
    page.get_by_role("link", name="Your appeal").click()
    expect(story.heading("Your appeal succeeded")).to_be_visible()
    story.look_at("upheld")

    story.be(AMARA, PROGRESS)
    story.wait_for(page.get_by_text("Evidence frozen"))
    story.pass_time(hours=73)
    story.be(AMARA, PROGRESS)
    story.wait_for(page.get_by_text("With the committee"))
    assert len(story.two_sign("application", "Grant")) == 2

    story.be(AMARA, PROGRESS)
    story.wait_for(page.get_by_text(re.compile("^Proficient Mentor, valid until")))
    story.look_at("granted")

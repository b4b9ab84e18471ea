"""`make pages`: people of the example history, on the real pages, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.pages.demonstration import demonstration
from tests.pages.visiting import Tab, tab

WEN = "wen.zhao@northfield-alumni"
NEWCOMER = "new.comer@northfield-alumni"


@pytest.fixture(scope="module")
def links(chromium: Browser) -> Iterator[dict[str, str]]:
    """Where each persona signs in."""
    with demonstration() as links:
        yield links


def test_somebody_who_holds_much_looks_around(
    chromium: Browser, axe: str, links: dict[str, str]
) -> None:
    with tab(chromium) as visit:
        visit.visit(links[WEN])
        page = visit.page
        expect(page.get_by_role("heading", level=1)).to_have_text("Wen, your badges")
        expect(page.get_by_text("8 of 10 held · 5 kudos from 1 person")).to_be_visible()
        visit.picture("demo kudos")
        wrong = visit.faults_of_access(axe)

        momentum = page.get_by_role("link", name="Momentum, silver, 14 of 15 to gold")
        momentum.click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("Meetings attended: 15")).to_be_visible()
        visit.picture("demo dialog", whole=False)
        wrong += visit.faults_of_access(axe)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(momentum).to_be_focused()

        page.get_by_role("link", name="Highlights").click()
        expect(page.get_by_text("Tomas Herrera gave you Creativity")).to_be_visible()
        wrong += visit.faults_of_access(axe)
        assert wrong + visit.errors == []


def test_settings_are_kept_and_signing_out_ends_the_visit(
    chromium: Browser, links: dict[str, str]
) -> None:
    with tab(chromium, scripts=False) as visit:
        visit.visit(links[WEN])
        page = visit.page
        kudos = page.url
        page.goto(kudos.replace("/kudos", "/settings"))
        page.get_by_label("Dark").check()
        page.get_by_label("Time zone").select_option("Asia/Tokyo")
        page.get_by_role("button", name="Save settings").click()
        expect(page.get_by_text("Your settings are saved.")).to_be_visible()
        assert page.locator("html").get_attribute("data-theme") == "dark"

        page.goto(kudos)
        page.get_by_role("group").get_by_text("Wen").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
        page.goto(kudos)
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Wen, your badges")
        assert visit.errors == []


def test_somebody_new_is_told_how_to_begin(
    chromium: Browser, axe: str, links: dict[str, str]
) -> None:
    with tab(chromium, width=360) as visit:
        visit.visit(links[NEWCOMER])
        first = visit.page.get_by_role("heading", name="Your first: one meeting and one survey")
        expect(first).to_be_visible()
        visit.picture("demo newcomer")
        assert visit.faults_of_access(axe) == []
        assert visit.overflow() == 0


def test_what_is_not_theirs_does_not_exist_for_them(
    chromium: Browser, links: dict[str, str]
) -> None:
    with tab(chromium) as visit:
        visit.visit(links[WEN])
        for elsewhere in ("/p/kestrel-engineering/kudos", "/p/northfield-alumni/people/nobody"):
            assert _status(visit, elsewhere) == 404
        assert _status(visit, "/p/northfield-alumni/people/tomas.herrera") == 200


def _status(visit: Tab, path: str) -> int:
    answer = visit.page.goto("/".join(visit.page.url.split("/", 3)[:3]) + path)
    assert answer is not None
    return answer.status

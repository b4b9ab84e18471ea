"""Open pages that hear of a change: what is put in its place, said aloud, and shown when lost."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Browser, Page, Route, expect

from tests.pages.site import Site
from tests.pages.visiting import tab

EVENTS = "**/me/events"
CHANGED = 'event: changed\nid: a\ndata: {"what":"kudos","id":"a"}\n\n'
GREY = '<div class="badge-card empty" data-key="commitment" data-says="Commitment, not yet">'
LIT = '<div class="badge-card" data-key="commitment" data-says="Commitment, 1 time">'
_LIVE_MS, _LOST_MS = 5_000, 31_000
_PATIENCE_SECONDS = 20


def _stream(page: Page, *answers: str) -> None:
    """Let the stream answer this, then nothing more."""
    waiting = [*answers]

    def answer(route: Route) -> None:
        if waiting:
            route.fulfill(body=waiting.pop(0), content_type="text/event-stream")

    page.route(EVENTS, answer)


def _commitment_arrives(page: Page, site: Site) -> list[str]:
    """Let the Kudos page be another when it is fetched again. Gives what was fetched."""
    fetched: list[str] = []

    def answer(route: Route) -> None:
        if route.request.resource_type == "document":
            route.continue_()
            return
        fetched.append(route.request.url)
        before = route.fetch().text()
        assert GREY in before
        route.fulfill(body=before.replace(GREY, LIT), content_type="text/html")

    page.route(site.base + site.kudos, answer)
    return fetched


def _pass_time(page: Page, until: Callable[[], bool]) -> None:
    """Let minutes pass; answers come in their own time."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not until():
        assert time.monotonic() < deadline
        page.clock.run_for(61_000)


def test_a_change_turns_grey_into_colour_and_keeps_the_focus(
    chromium: Browser, axe: str, site: Site
) -> None:
    with tab(chromium) as visit:
        page = visit.page
        fetched = _commitment_arrives(page, site)
        held: list[Route] = []
        page.route(EVENTS, lambda route: held.append(route))
        visit.visit(site.base + site.kudos)
        card = page.get_by_role("link", name="Networking, 1 time")
        card.focus()
        card.evaluate("it => { it.mark = 'the same' }")

        page.wait_for_function("navigator.locks.query().then(it => it.held.length === 1)")
        held[0].fulfill(body=CHANGED + CHANGED, content_type="text/event-stream")

        expect(page.locator("#news")).to_have_text("Commitment, 1 time", timeout=_LIVE_MS)
        expect(page.locator('[data-key="commitment"]')).not_to_have_class(re.compile("empty"))
        expect(card).to_be_focused()
        assert card.evaluate("it => it.mark") == "the same"
        assert visit.faults_of_access(axe) == []
        page.get_by_role("link", name="Trust, 2 times").click()
        expect(page.get_by_role("dialog", name="Trust")).to_be_visible()
        assert len(fetched) == 1
        assert visit.errors == []


def test_a_change_that_does_not_concern_a_page_fetches_nothing(
    chromium: Browser, site: Site
) -> None:
    with tab(chromium) as visit:
        page = visit.page
        fetched = _commitment_arrives(page, site)
        _stream(page, CHANGED.replace('"kudos"', '"notes"') + CHANGED.replace("kudos", "badges"))
        visit.visit(site.base + site.kudos)
        expect(page.locator("#news")).to_have_text("Commitment, 1 time", timeout=_LIVE_MS)
        assert len(fetched) == 1


def test_a_stream_that_is_lost_says_so_and_is_quiet_once_it_is_back(
    chromium: Browser, axe: str, site: Site
) -> None:
    with tab(chromium) as visit:
        page = visit.page
        fetched = _commitment_arrives(page, site)
        refusing = True

        def answer(route: Route) -> None:
            if refusing:
                route.fulfill(status=503)
            else:
                route.fulfill(body=": hi\n\n", content_type="text/event-stream")

        page.route(EVENTS, answer)
        page.clock.install()
        visit.visit(site.base + site.kudos)
        banner = page.get_by_text("This page is not kept up to date just now.")
        expect(banner).to_have_count(0)

        page.clock.run_for(_LOST_MS)
        expect(banner).to_be_visible()
        assert visit.faults_of_access(axe) == []
        visit.picture("lost", whole=False)
        _pass_time(page, lambda: bool(fetched))

        refusing = False
        _pass_time(page, lambda: banner.count() == 0)


def test_one_tab_of_a_browser_has_the_stream_and_another_takes_over(
    chromium: Browser, site: Site
) -> None:
    with tab(chromium) as visit:
        asked: list[str] = []
        context = visit.page.context
        context.on(
            "request", lambda it: asked.append(it.url) if it.url.endswith("events") else None
        )
        visit.visit(site.base + site.kudos)
        expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
        other = context.new_page()
        with other.expect_event("load"):
            other.goto(site.base + site.kudos)
        other.evaluate("navigator.locks.query()")
        assert len(asked) == 1

        with context.expect_event("request", lambda it: it.url.endswith("events")):
            visit.page.close()
        assert len(asked) == 2


def test_what_is_held_back_counts_down_and_is_fetched_when_it_is_over(
    chromium: Browser, site: Site
) -> None:
    with tab(chromium) as visit:
        page = visit.page
        page.clock.install()
        visit.visit(site.base + site.full + "given")
        counted = page.locator("[data-seconds]")
        expect(counted).to_have_text("You can undo this for 6 seconds.")
        page.clock.run_for(5_100)
        expect(counted).to_have_text("You can undo this for 1 second.")

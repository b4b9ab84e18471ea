"""The bell of an open page: it turns when something comes, on pages that change and on others."""

from playwright.sync_api import Browser, Route, expect

from tests.pages.site import Site
from tests.pages.visiting import Tab, tab

NOTIFIED = 'event: changed\nid: a\ndata: {"what":"notifications","id":"a"}\n\n'
BELL = "**/notifications/bell"
_LIVE_MS = 5_000
_PAGES = ("highlights", "notifications", "kudos")


def _stream(visit: Tab) -> list[Route]:
    """Where the stream of the page can be answered, once it is open."""
    held: list[Route] = []
    visit.page.route("**/me/events", lambda route: held.append(route))
    return held


def _tell(visit: Tab, held: list[Route]) -> None:
    visit.page.wait_for_function("navigator.locks.query().then(it => it.held.length === 1)")
    held[0].fulfill(body=NOTIFIED, content_type="text/event-stream")


def test_the_bell_turns_while_a_form_keeps_what_was_typed(
    chromium: Browser, axe: str, site: Site
) -> None:
    """Given a page whose own part never changes, when a notification comes, then the bell counts
    it and says so, and what was typed and the focus stay."""
    with tab(chromium) as visit:
        page = visit.page
        held = _stream(visit)
        page.route(BELL, lambda route: route.fulfill(
            body=route.fetch().text().replace(">4<", ">5<").replace("4 unread", "5 unread"),
            content_type="text/html",
        ))  # fmt: skip
        visit.visit(site.base + f"{site.full}give")
        note = page.get_by_label("Your note")
        note.fill("thank you")
        _tell(visit, held)
        bell = page.get_by_role("link", name="Notifications, 5 unread")
        expect(bell).to_be_visible(timeout=_LIVE_MS)
        expect(page.locator("#news")).to_have_text("5 unread notifications")
        expect(note).to_have_value("thank you")
        expect(note).to_be_focused()
        assert visit.faults_of_access(axe) == []
        assert visit.errors == []


def test_what_the_notifier_writes_a_moment_later_is_not_missed(
    chromium: Browser, site: Site
) -> None:
    """Given a notifier that is slower than the page, when the page asks at once and nothing is
    there yet, then it asks once more, and the bell and the list have it."""
    with tab(chromium) as visit:
        page = visit.page
        held = _stream(visit)
        asked: list[str] = []

        def slowly(route: Route) -> None:
            if route.request.resource_type == "document":
                route.continue_()
                return
            asked.append(route.request.url.rpartition("/")[2])
            body = route.fetch().text()
            if asked.count(asked[-1]) > 1:
                body = body.replace("4 unread", "5 unread")
                body = body.replace("You earned", "Since then you earned")
            route.fulfill(body=body, content_type="text/html")

        page.route(BELL, slowly)
        page.route(f"**{site.full}notifications", slowly)
        visit.visit(site.base + f"{site.full}notifications")
        _tell(visit, held)
        expect(page.get_by_role("link", name="Notifications, 5 unread")).to_be_visible(
            timeout=_LIVE_MS
        )
        expect(page.get_by_text("Since then you earned").first).to_be_visible(timeout=_LIVE_MS)
        assert sorted(asked) == ["bell", "bell", "notifications", "notifications"]


def test_an_invitation_leads_to_thanks_by_keyboard(chromium: Browser, site: Site) -> None:
    """Given somebody who met Tomas, when they go to the card with the keyboard and press Enter,
    then the form has Tomas chosen, and a badge and Enter are all that is left to do."""
    with tab(chromium) as visit:
        page = visit.page
        visit.visit(site.base + site.kudos)
        for _ in range(30):
            page.keyboard.press("Tab")
            name = page.evaluate("document.activeElement.getAttribute('aria-label')")
            if name == "Give kudos to Tomas Herrera":
                break
        expect(page.get_by_role("link", name="Give kudos to Tomas Herrera")).to_be_focused()
        visit.picture("invitation focused", whole=False)
        page.keyboard.press("Tab")
        expect(
            page.get_by_role("button", name="Not now: no kudos to Tomas Herrera")
        ).to_be_focused()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/give?whom=**")
        assert "invitation=" in page.url
        expect(page.get_by_role("radio", checked=True)).to_have_count(1)
        expect(page.locator("input[name=invitation]")).to_have_value(
            "00000000-0000-5000-8000-000000000001"
        )


def test_notifications_are_marked_as_read_without_script(chromium: Browser, site: Site) -> None:
    with tab(chromium, engine=False) as visit:
        page = visit.page
        page.goto(site.base + f"{site.full}notifications")
        form = page.locator("form[action$='/notifications/read']")
        assert form.locator("input[name=up_to]").get_attribute("value") == "14"
        expect(page.get_by_role("button", name="Mark all as read")).to_be_visible()
        expect(page.get_by_text("New", exact=True)).to_have_count(4)

"""Walks through pages: with the keyboard alone, and without script."""

import re

from playwright.sync_api import Browser, expect

from tests.pages.site import Site
from tests.pages.visiting import tab

MOMENTUM = "Momentum, silver, 14 of 15 to gold"


def test_a_card_opens_with_the_keyboard_and_gives_the_focus_back(
    chromium: Browser, axe: str, site: Site
) -> None:
    with tab(chromium) as visit:
        visit.visit(site.base + site.kudos)
        page, card = visit.page, visit.page.get_by_role("link", name=MOMENTUM, exact=True)
        for _ in range(20):
            page.keyboard.press("Tab")
            if card.evaluate("card => card === document.activeElement"):
                break
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Momentum")
        expect(dialog.get_by_text("14 of 15")).to_be_visible()
        expect(dialog.get_by_role("heading", name="Momentum")).to_be_focused()
        assert page.url.endswith(site.kudos)
        for width in (1200, 360):
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert visit.faults_of_access(axe) == []
                assert visit.overflow() == 0
                visit.picture(f"dialog {width} {scheme}", whole=False)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(card).to_be_focused()
        assert visit.errors == []


def test_a_dialog_closes_with_its_button_and_shows_another_loop(
    chromium: Browser, site: Site
) -> None:
    with tab(chromium) as visit:
        visit.visit(site.base + site.kudos)
        visit.page.get_by_role("link", name=MOMENTUM, exact=True).click()
        dialog = visit.page.get_by_role("dialog", name="Momentum")
        dialog.get_by_role("link", name=re.compile("Data guild")).click()
        expect(dialog.get_by_role("link", name=re.compile("Data guild"))).to_have_attribute(
            "aria-current", "true"
        )
        dialog.get_by_role("button", name="Close").click()
        expect(dialog).to_be_hidden()
        expect(visit.page.get_by_role("link", name=MOMENTUM, exact=True)).to_be_focused()
        assert visit.errors == []


def test_a_part_that_fails_becomes_a_page_that_says_why(chromium: Browser, site: Site) -> None:
    with tab(chromium) as visit:
        visit.visit(site.base + site.kudos)
        visit.page.route("**/kudos/momentum", lambda route: route.fulfill(status=503, body="away"))
        visit.page.get_by_role("link", name=MOMENTUM, exact=True).click()
        visit.page.wait_for_url("**/kudos/momentum")


def test_a_menu_closes_with_escape_and_gives_the_focus_back(
    chromium: Browser, axe: str, site: Site
) -> None:
    with tab(chromium) as visit:
        visit.visit(site.base + site.nothing)
        menu = visit.page.locator(".menu-of-person > summary")
        menu.focus()
        visit.page.keyboard.press("Enter")
        expect(visit.page.get_by_role("link", name="Settings")).to_be_visible()
        for scheme in ("light", "dark"):
            visit.page.emulate_media(color_scheme=scheme)
            assert visit.faults_of_access(axe) == []
            visit.picture(f"menu {scheme}", whole=False)
        visit.page.keyboard.press("Escape")
        expect(visit.page.get_by_role("link", name="Settings")).to_be_hidden()
        expect(menu).to_be_focused()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(chromium: Browser, site: Site) -> None:
    with tab(chromium) as visit:
        visit.visit(site.base + site.kudos)
        visit.page.keyboard.press("Tab")
        skip = visit.page.get_by_role("link", name="Skip to the content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator("main")).to_be_focused()


def test_everything_is_reached_without_script(chromium: Browser, site: Site) -> None:
    with tab(chromium, engine=False) as visit:
        page = visit.page
        page.goto(site.base + site.kudos)
        page.get_by_role("link", name=MOMENTUM, exact=True).click()
        expect(page.get_by_role("heading", level=1, name="Momentum")).to_be_visible()
        page.get_by_role("link", name="All badges").click()
        page.get_by_role("link", name=re.compile("Data guild")).click()
        expect(page.get_by_role("heading", name="This loop is closed")).to_be_visible()
        page.locator(".menu-of-person > summary").click()
        page.get_by_role("link", name="Settings").click()
        expect(page.get_by_role("heading", level=1, name="Settings")).to_be_visible()


def test_a_card_of_each_kind_says_what_applies(chromium: Browser, site: Site) -> None:
    with tab(chromium) as visit:
        visit.visit(site.base + site.kudos)
        for name in (
            "Excellence, gold",
            MOMENTUM,
            "Mentorloop Champion, 3 of 4, not yet",
            "Trust, 2 times",
            "Commitment, not yet",
        ):
            expect(visit.page.get_by_role("link", name=name, exact=True)).to_have_count(1)

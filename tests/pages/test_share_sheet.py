"""The share sheet: in the dialog of Highlights, with its buttons that copy, and without script."""

from playwright.sync_api import Browser, expect

from tests.pages.share_samples import HOST, SHARE_ID
from tests.pages.site import Site
from tests.pages.visiting import tab

SHEET = "/p/northfield/awards/shared/share"


def test_the_sheet_opens_in_a_dialog_and_shows_what_others_will_see(
    chromium: Browser, axe: str, site: Site
) -> None:
    """Given Highlights, when Share is pressed, then the dialog has the sheet, whose preview has the
    name once that is wished; closed, the focus is back."""
    with tab(chromium) as visit:
        visit.visit(f"{site.base}{site.full}highlights")
        page, link = visit.page, visit.page.get_by_role("link", name="Share ").first
        link.click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("heading", name="Share ")).to_be_focused()
        expect(dialog.get_by_text("Awarded to a participant of")).to_be_visible()
        dialog.get_by_label("Show my name").check()
        expect(dialog.get_by_text("Awarded to Wen Zhao")).to_be_visible()
        expect(dialog.get_by_text("Awarded to a participant of")).to_be_hidden()
        for width, scheme in ((1200, "light"), (360, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
            assert visit.faults_of_access(axe) == []
            assert visit.overflow() == 0
            visit.picture(f"share dialog {width} {scheme}", whole=False)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(link).to_be_focused()
        assert visit.errors == []


def test_a_button_copies_its_text_and_says_so(chromium: Browser, site: Site) -> None:
    with tab(chromium) as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visit.visit(site.base + SHEET)
        for name, text in (
            ("Copy Link to the page", f"{HOST}/a/{SHARE_ID}"),
            ("Copy Issue date", "April 2026"),
        ):
            button = visit.page.get_by_role("button", name=name)
            button.click()
            expect(button).to_have_text("Copied")
            assert visit.page.evaluate("navigator.clipboard.readText()") == text
        expect(visit.page.get_by_role("button", name="Copy Link")).to_have_text("Copy")
        expect(visit.page.locator("[data-copied]")).to_have_text("Copy Issue date: Copied")
        assert visit.errors == []


def test_without_script_there_is_text_to_select_and_no_button_that_does_nothing(
    chromium: Browser, site: Site
) -> None:
    with tab(chromium, scripts=False) as visit:
        visit.visit(site.base + SHEET)
        assert visit.page.get_by_role("button", name="Copy").count() == 0
        expect(visit.page.get_by_text(f"{HOST}/a/{SHARE_ID}").first).to_be_visible()
        expect(visit.page.get_by_role("button", name="Stop sharing")).to_be_visible()

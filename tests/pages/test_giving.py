"""Kudos given on real pages: by keyboard alone, without script, and seen in another open page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.pages.demonstration import demonstration
from tests.pages.visiting import tab

_SLOWEST = 60_000
"""In milliseconds: held back for 5 seconds, then through Kafka, the worker and back."""


@pytest.fixture(scope="module")
def links(chromium: Browser) -> Iterator[dict[str, str]]:
    """Where each persona signs in."""
    with demonstration() as links:
        yield links


def _link(links: dict[str, str], persona: str) -> str:
    known = "wen.zhao@northfield-alumni"
    return links[known].replace("wen.zhao", persona)


def _card(page: Page, name: str) -> Locator:
    return page.locator(".badge-card").filter(has=page.get_by_role("heading", name=name))


def _press_until_focused(page: Page, target: Locator, key: str = "Tab") -> None:
    for _ in range(60):
        if target.evaluate("it => it === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{target} is not reached with {key}")


def test_kudos_given_by_keyboard_turn_grey_into_colour_in_another_open_page(
    chromium: Browser, axe: str, links: dict[str, str]
) -> None:
    with tab(chromium) as wens, tab(chromium) as tomas:
        wens.visit(_link(links, "wen.zhao"))
        commitment = _card(wens.page, "Commitment")
        expect(commitment).to_contain_text("Not yet")
        tomas.visit(_link(links, "tomas.herrera"))
        page = tomas.page

        _press_until_focused(page, page.get_by_role("link", name="Give kudos"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Give kudos")
        _press_until_focused(page, page.get_by_role("radio").first)
        page.keyboard.press("Space")
        expect(page.get_by_role("radio", name="Wen Zhao")).to_be_checked()
        expect(page.get_by_text("Only Wen and your program's coordinators")).to_be_visible()
        page.keyboard.press("Tab")
        _press_until_focused(page, page.get_by_role("radio", name="Commitment"), "ArrowDown")
        expect(page.get_by_role("radio", name="Commitment")).to_be_checked()
        page.keyboard.press("Tab")
        expect(page.get_by_label("Your note")).to_be_focused()
        page.keyboard.type("Always there.")
        expect(page.get_by_text("1,987 characters left")).to_be_visible()
        assert tomas.faults_of_access(axe) == []
        tomas.picture("demo give")
        _press_until_focused(page, page.get_by_role("button", name="Send kudos"))
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", level=1)).to_have_text("Kudos you gave")
        gift = page.get_by_role("listitem").filter(has_text="Commitment to Wen Zhao")
        expect(gift).to_contain_text("On its way.")
        expect(gift.get_by_role("button", name="Undo: Commitment to Wen Zhao")).to_be_visible()
        assert tomas.faults_of_access(axe) == []
        tomas.picture("demo given held")

        expect(gift).to_contain_text("Wen has it.", timeout=_SLOWEST)
        expect(gift.get_by_role("button", name="Withdraw")).to_be_visible()
        expect(commitment).not_to_contain_text("Not yet", timeout=_SLOWEST)
        expect(wens.page.get_by_role("link", name="Commitment, 1 time")).to_be_visible()
        expect(wens.page.locator("#news")).to_have_text("Commitment, 1 time")
        wens.picture("demo kudos live")
        tomas.picture("demo given awarded")
        wens.page.get_by_role("link", name="Commitment, 1 time").click()
        expect(wens.page.get_by_role("dialog")).to_contain_text("Tomas Herrera")
        assert wens.errors + tomas.errors == []


def test_kudos_without_script_are_undone_and_withdrawn_with_buttons(
    chromium: Browser, links: dict[str, str]
) -> None:
    with tab(chromium, engine=False) as helena:
        page = helena.page
        page.goto(_link(links, "mina.sato").replace("northfield-alumni", "kestrel-engineering"))
        _give(page, "Trust")
        gift = page.get_by_role("listitem").filter(has_text="Trust to").first
        gift.get_by_role("button", name="Undo").click()
        expect(gift).to_contain_text("Undone. Nothing was sent.")

        page.get_by_role("link", name="Give kudos", exact=True).click()
        _fill(page, "Trust")
        gift = page.get_by_role("listitem").filter(has_text="Trust to").first
        _reload_until(page, gift, "has it.")
        gift.get_by_role("button", name="Withdraw").click()
        _reload_until(page, gift, "Withdrawn.")


def test_what_is_missing_is_named_and_nothing_typed_is_lost(
    chromium: Browser, axe: str, links: dict[str, str]
) -> None:
    with tab(chromium) as tomas:
        tomas.visit(_link(links, "mina.sato").replace("northfield-alumni", "kestrel-engineering"))
        page = tomas.page
        page.get_by_role("link", name="Give kudos", exact=True).click()
        note = "Thank you\nfor <b>all</b> & everything"
        page.get_by_label("Your note").fill(note)
        page.get_by_role("button", name="Send kudos").click()
        summary = page.get_by_role("alert")
        expect(summary).to_contain_text("Nothing was sent yet")
        expect(summary).to_be_focused()
        expect(page.get_by_label("Your note")).to_have_value(note)
        assert tomas.faults_of_access(axe) == []
        summary.get_by_role("link", name="Choose what you thank them for.").click()
        expect(page.get_by_role("group", name="What for?")).to_be_in_viewport()


def _give(page: Page, badge: str) -> None:
    page.get_by_role("link", name="Give kudos", exact=True).click()
    _fill(page, badge)


def _fill(page: Page, badge: str) -> None:
    page.get_by_role("radio").first.check()
    page.get_by_role("radio", name=badge).check()
    page.get_by_role("button", name="Send kudos").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kudos you gave")


def _reload_until(page: Page, gift: Locator, text: str) -> None:
    for _ in range(120):
        if text in gift.inner_text():
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError(f"not so: {text}")

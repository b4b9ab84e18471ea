"""What pictures and figures show: colour only for what is held, few bytes, large targets."""

import base64
import gzip

import pytest
from playwright.sync_api import Browser, Locator

from tests.pages.site import Site
from tests.pages.visiting import Tab, tab

COLOURLESS = 28
"""The greatest difference of red, green and blue in paper and ink, with room for edges."""

_CHROMA = """async picture => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const drawing = canvas.getContext("2d");
  drawing.drawImage(image, 0, 0);
  const data = drawing.getImageData(0, 0, image.width, image.height).data;
  let most = 0;
  for (let i = 0; i < data.length; i += 4) {
    const of = [data[i], data[i + 1], data[i + 2]];
    most = Math.max(most, Math.max(...of) - Math.min(...of));
  }
  return most;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_only_the_art_of_what_is_held_has_colour(
    chromium: Browser, site: Site, scheme: str
) -> None:
    with tab(chromium) as visit:
        visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        visit.visit(site.base + site.kudos)
        for card in visit.page.locator(".badge-card").all():
            label = card.get_by_role("link").get_attribute("aria-label") or ""
            if "not yet" not in label:
                # Silver is held and grey.
                assert "silver" in label or _chroma(visit, card) > COLOURLESS, label
                card.locator(".art").evaluate("art => art.remove()")
            assert _chroma(visit, card) <= COLOURLESS, label


def test_progress_bars_of_a_line_of_cards_are_level(chromium: Browser, site: Site) -> None:
    with tab(chromium) as visit:
        visit.visit(site.base + site.kudos)
        tops = {round(bar.bounding_box()["y"]) for bar in visit.page.locator("progress").all()}  # type: ignore[index]
    assert len(tops) == 1


def test_a_visit_is_small(chromium: Browser, site: Site) -> None:
    with tab(chromium) as visit:
        answer = visit.page.goto(site.base + site.kudos)
        assert answer is not None
        html = len(gzip.compress(answer.body()))
        others = visit.page.evaluate(
            """() => performance.getEntriesByType("resource")
              .reduce((sum, entry) => sum + entry.transferSize, 0)"""
        )
        visit.visit(site.base + site.kudos)
        again = visit.page.evaluate(
            """() => performance.getEntriesByType("resource")
              .reduce((sum, entry) => sum + entry.transferSize, 0)"""
        )
    print(f"page {html} B compressed, what it loads {others} B, the second time {again} B")
    assert html <= 30_000
    assert html + others <= 170_000
    assert html + again <= 35_000


def _chroma(visit: Tab, card: Locator) -> int:
    picture = base64.b64encode(card.screenshot()).decode()
    return int(visit.page.evaluate(_CHROMA, picture))

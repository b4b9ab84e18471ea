"""Nothing is wrong with any page: light and dark, wide and narrow, with script and without."""

import re
import urllib.error
import urllib.request
from itertools import pairwise
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.pages.site import PAGES, Site
from tests.pages.visiting import Tab, tab

WIDE, NARROW, NARROWEST = 1200, 360, 320
Look = tuple[int, Literal["light", "dark"]]
LOOKS: tuple[Look, ...] = ((WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark"))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_fits_and_logs_nothing(
    chromium: Browser, axe: str, site: Site, path: str
) -> None:
    with tab(chromium) as visit:
        visit.visit(site.base + path)
        wrong = [fault for look in LOOKS for fault in _faults(visit, axe, path, look)]
        for look in LOOKS if site.full in path else (LOOKS[0], LOOKS[3]):
            _look(visit, look)
            visit.picture(f"{path} {look[0]} {look[1]}")
        wrong += [f"too small: {target}" for target in visit.small_targets()]
        wrong += _overflows(visit)
        wrong += visit.errors
    assert wrong == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_script_is_as_good(
    chromium: Browser, axe: str, site: Site, path: str
) -> None:
    with tab(chromium, scripts=False) as visit:
        visit.visit(site.base + path)
        wrong = [
            fault for look in (LOOKS[1], LOOKS[2]) for fault in _faults(visit, axe, path, look)
        ]
        wrong += visit.errors
    assert wrong == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_a_title_one_first_heading_and_nothing_inline(site: Site, path: str) -> None:
    try:
        with urllib.request.urlopen(site.base + path) as answer:
            html = answer.read().decode()
    except urllib.error.HTTPError as refused:
        html = refused.read().decode()
    assert len(re.findall(r"<h1[ >]", html)) == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", html)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert re.search(r"<title>[^<]+</title>", html)
    assert re.search(r'<html lang="[a-z]', html)
    for landmark in ("header", "main", "footer"):
        assert len(re.findall(rf"<{landmark}[ >]", html)) == 1
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", html)


def test_a_choice_of_theme_wins_over_that_of_the_device(chromium: Browser, site: Site) -> None:
    with tab(chromium) as visit:
        visit.page.emulate_media(color_scheme="light")
        visit.visit(site.base + site.kudos)
        assert _paper(visit) == "rgb(251, 248, 243)"
        visit.page.evaluate("document.documentElement.dataset.theme = 'dark'")
        assert _paper(visit) == "rgb(21, 23, 26)"


def _faults(visit: Tab, axe: str, path: str, look: Look) -> list[str]:
    _look(visit, look)
    faults = visit.faults_of_access(axe)
    if visit.overflow() > 0:
        faults.append(f"{visit.overflow()} px wider than the window")
    return [f"{path} {look[0]} {look[1]}: {fault}" for fault in faults]


def _look(visit: Tab, look: Look) -> None:
    visit.page.set_viewport_size({"width": look[0], "height": 800})
    visit.page.emulate_media(color_scheme=look[1])


def _overflows(visit: Tab) -> list[str]:
    """What is too wide at 320 pixels, with text twice as large, and with letters far apart."""
    wrong = []
    for name, width, styles in (
        ("at 320 px", NARROWEST, ""),
        ("with text at 200%", 1280, "html{font-size:200%}"),
        (
            "with wide spacing",
            NARROW,
            "*{line-height:1.5!important;letter-spacing:.12em!important;"
            "word-spacing:.16em!important}p{margin-block-end:2em!important}",
        ),
    ):
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.wear(styles)
        if visit.overflow() > 0:
            wrong.append(f"{name}: {visit.overflow()} px wider than the window")
    return wrong


def _paper(visit: Tab) -> str:
    return str(visit.page.evaluate("getComputedStyle(document.body).backgroundColor"))

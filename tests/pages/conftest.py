"""Fixtures: Debian's Chromium, axe-core from npm, the site. Without them a loud word, or a failure.

With the environment variable BADGE_ENGINE_REQUIRE_BROWSER=1 a missing Chromium, Node or axe-core
fails what needs it. `apt-get install chromium`, `npm ci --prefix tests/verifiers`.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.pages.site import Site, served

REQUIRE_BROWSER = "BADGE_ENGINE_REQUIRE_BROWSER"
_NO_BROWSER = "pages were not visited"
_AXE = Path(__file__).parents[1] / "verifiers" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The site that is visited."""
    with served() as site:
        yield site


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A running Chromium. Not for longer than a module: until it ends, playwright's event loop runs
    in this thread, and no other can."""
    path = shutil.which("chromium")
    if path is None:
        _missing("there is no chromium on the PATH: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not _AXE.is_file():
        _missing("axe-core is not installed: npm ci --prefix tests/verifiers")
    return _AXE.read_text(encoding="utf-8")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in a section of its own how many tests were skipped for want of a browser, and why."""
    reasons = [
        str(report.longrepr[2])
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and _NO_BROWSER in report.longrepr[2]
    ]
    if reasons:
        terminalreporter.section("NOT TESTED: PAGES IN A BROWSER", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(reasons)} tests were skipped: {reasons[0]}", red=True)
        terminalreporter.line(f"With {REQUIRE_BROWSER}=1 they fail instead.")


def _missing(reason: str) -> None:
    if os.environ.get(REQUIRE_BROWSER) == "1":
        pytest.fail(f"{REQUIRE_BROWSER}=1, but {reason}", pytrace=False)
    pytest.skip(f"{_NO_BROWSER}: {reason}")

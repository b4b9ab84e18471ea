"""A tab that remembers what went wrong in it, and what is asked of every page in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request

PICTURES = Path(__file__).parents[2] / "out" / "pages"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Tab:
    """A page of a browser, with the errors of its console."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("requestfailed", self._fail)

    def visit(self, url: str) -> None:
        """Go there, and wait until fonts and drawings are there too."""
        answer = self.page.goto(url, wait_until="load")
        assert answer is not None
        self.errors = [error for error in self.errors if "the server responded with" not in error]
        self.page.evaluate("document.fonts.ready.then(() => null)")

    def faults_of_access(self, axe: str) -> list[str]:
        """What axe-core finds, a line each."""
        self.page.evaluate(axe)
        result: dict[str, Any] = self.page.evaluate(
            """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]})""", _RULES
        )
        return [
            f"{fault['id']}: {node['target']} {node['failureSummary']}"
            for fault in result["violations"]
            for node in fault["nodes"]
        ]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(
            self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )

    def small_targets(self) -> list[str]:
        """What is pressed and is less than 44 pixels high, but for links in a sentence."""
        targets: list[str] = self.page.evaluate(
            """() => [...document.querySelectorAll("a, button, select, summary, label")]
              .filter(it => it.checkVisibility() && !it.matches(".skip, .label"))
              .filter(it => it.getBoundingClientRect().height < 44)
              .filter(it => getComputedStyle(it).display !== "inline")
              .map(it => it.outerHTML.slice(0, 80))"""
        )
        return targets

    def wear(self, styles: str) -> None:
        """Put these styles over those of the page, and take away those put before."""
        self.page.evaluate(
            """styles => {
              const sheet = new CSSStyleSheet();
              sheet.replaceSync(styles);
              document.adoptedStyleSheets = [sheet];
            }""",
            styles,
        )

    def picture(self, name: str, *, whole: bool = True) -> None:
        """Keep a picture of the whole page, or of what the window shows, in out/pages."""
        file = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{file}.png", full_page=whole)

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _fail(self, request: Request) -> None:
        if request.failure == "net::ERR_ABORTED":
            return  # a page that was left wants nothing more: its stream, an icon on its way
        self.errors.append(f"{request.url} failed: {request.failure}")


@contextmanager
def tab(
    browser: Browser,
    *,
    width: int = 1200,
    scripts: bool = True,
    engine: bool = True,
) -> Iterator[Tab]:
    """A new tab of a new visitor.

    `scripts` False: no script of ours is loaded, so that axe-core still can be. `engine` False: the
    browser runs no script at all.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        java_script_enabled=engine,
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    if not scripts:
        context.route(
            re.compile(r"/static/.*\.js"),
            lambda route: route.fulfill(body="", content_type="text/javascript"),
        )
    try:
        yield Tab(context.new_page())
    finally:
        context.close()

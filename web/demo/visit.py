"""One persona's visit to the pages of a demonstration: each page loaded once, by a real login."""

import re
from urllib.parse import urlencode

import httpx

from web.identity.dev import personas
from web.rendering.addresses import in_program

_PAGES_OF_COORDINATOR = (("overview",), ("people",), ("notes", "all"), ("highlights", "all"))
_PAGES_OF_OPS = (
    "/ops",
    "/ops/dead-letters",
    "/ops/replay",
    "/ops/replay/1",
    "/ops/audit",
    "/ops/audit?check=true",
)
OPS = "Ops"
"""The persona that the console has."""
_PAGES_OF_GOVERNANCE = ("desk", "cases", "committee", "minutes")
_CASE = re.compile(r'href="(/p/[^/"]+/(?:cases|desk)/[0-9a-f-]{36})"')
_PAGES_OF_PARTICIPANT = ("kudos", "give", "given", "notes", "highlights", "settings")


def _governing(program: str) -> list[str]:
    """The pages of a committee; who has none of it has no link to them."""
    return [in_program(program, page) for page in _PAGES_OF_GOVERNANCE]


class Visit:
    """A persona of the dev issuer, such as "wen.zhao@northfield-alumni" or "Ops". `public`: the
    pages' address."""

    def __init__(self, public: str, persona: str) -> None:
        self.name = persona
        self._public = public
        self._id, _, self._program = persona.partition("@")

    @property
    def is_participant(self) -> bool:
        """Whether they have badges of their own."""
        return self._id != "coordinator"

    @property
    def _first(self) -> str:
        if self.name == OPS:
            return _PAGES_OF_OPS[0]
        return in_program(self._program, "kudos" if self.is_participant else "overview")

    @property
    def link(self) -> str:
        """Opens the first page as this persona."""
        hint = personas.OPS if self.name == OPS else self.name
        asked = urlencode({"login_hint": hint, "next": self._first})
        return f"{self._public}/sign-in?{asked}"

    def faults(self) -> list[str]:
        """Loads every page; gives a line for each that is not as it should be."""
        pages = [self._first]
        if self.name == OPS:
            pages = list(_PAGES_OF_OPS)
        elif self.is_participant:
            pages += [in_program(self._program, page) for page in _PAGES_OF_PARTICIPANT]
        else:
            pages += [in_program(self._program, *page) for page in _PAGES_OF_COORDINATOR]
        with httpx.Client(base_url=self._public, follow_redirects=True, timeout=30) as browser:
            first = browser.get(self.link).text
            progress = in_program(self._program, "progress") if self.name != OPS else OPS
            if f'href="{progress}"' in first:  # of mentors in programs with stages
                pages.append(progress)
            pages += [page for page in _governing(self._program) if f'href="{page}"' in first]
            pages += self._cases(browser, pages)
            return [fault for page in pages if (fault := self._fault(browser, page))]

    def _cases(self, browser: httpx.Client, pages: list[str]) -> list[str]:
        """The cases that some of these pages link to."""
        linked: dict[str, None] = {}
        for page in pages:
            if page.endswith(("/progress", "/desk", "/cases")):
                linked |= dict.fromkeys(_CASE.findall(browser.get(page).text))
        return list(linked)

    def _fault(self, browser: httpx.Client, page: str) -> str:
        answer = browser.get(page)
        if answer.status_code != 200:
            return f"{self.name}: {page}: status {answer.status_code}"
        if answer.url.path != page.partition("?")[0]:
            return f"{self.name}: {page}: led to {answer.url.path}: is there such a person?"
        return ""

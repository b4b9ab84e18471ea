"""One persona's visit to the pages of a demonstration: each page loaded once, by a real login.

Some pages are known; the others are those that a page links to, as somebody would get there.
"""

import re
from collections import deque
from collections.abc import Iterator
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
_PAGE = re.compile(r'href="(/p/[^/"]+/(?:[a-z-]+|(?:cases|desk|reviews)/[0-9a-f-]{36}))"')
"""An address of a program's page, of a case or of a review."""
_PAGES_OF_PARTICIPANT = ("kudos", "give", "given", "notes", "highlights", "settings")


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
            browser.get(self.link)
            return list(self._wrong(browser, pages))

    def _wrong(self, browser: httpx.Client, known: list[str]) -> Iterator[str]:
        """Loads known pages, and every page of the program that one of them links to."""
        waiting, met = deque(known), set(known)
        while waiting:
            page = waiting.popleft()
            answer = browser.get(page)
            if answer.status_code != 200:
                yield f"{self.name}: {page}: status {answer.status_code}"
            elif answer.url.path != page.partition("?")[0]:
                yield f"{self.name}: {page}: led to {answer.url.path}: is there such a person?"
            for linked in dict.fromkeys(_PAGE.findall(answer.text)):
                if linked not in met and linked.startswith(f"{in_program(self._program)}/"):
                    met.add(linked)
                    waiting.append(linked)

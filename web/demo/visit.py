"""One persona's visit to the pages of a demonstration: each page loaded once, by a real login."""

from urllib.parse import urlencode

import httpx

from web.rendering.addresses import in_program

_PAGES_OF_COORDINATOR = (("overview",), ("people",), ("notes", "all"), ("highlights", "all"))
_PAGES_OF_PARTICIPANT = ("kudos", "give", "given", "notes", "highlights", "settings")


class Visit:
    """A persona of the dev issuer, such as "wen.zhao@northfield-alumni". `public`: the pages'
    address."""

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
        return in_program(self._program, "kudos" if self.is_participant else "overview")

    @property
    def link(self) -> str:
        """Opens the first page as this persona."""
        asked = urlencode({"login_hint": self.name, "next": self._first})
        return f"{self._public}/sign-in?{asked}"

    def faults(self) -> list[str]:
        """Loads every page; gives a line for each that is not as it should be."""
        pages = [self._first]
        if self.is_participant:
            pages += [in_program(self._program, page) for page in _PAGES_OF_PARTICIPANT]
        else:
            pages += [in_program(self._program, *page) for page in _PAGES_OF_COORDINATOR]
        with httpx.Client(base_url=self._public, follow_redirects=True, timeout=30) as browser:
            browser.get(self.link)
            return [fault for page in pages if (fault := self._fault(browser, page))]

    def _fault(self, browser: httpx.Client, page: str) -> str:
        answer = browser.get(page)
        if answer.status_code != 200:
            return f"{self.name}: {page}: status {answer.status_code}"
        if answer.url.path != page:
            return f"{self.name}: {page}: led to {answer.url.path}: is there such a person?"
        return ""

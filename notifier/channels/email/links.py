"""Where the links of an e-mail lead. Ids stand in paths percent-encoded, as the pages have them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from events.path_segments import segment
from notifier import unsubscribe
from notifier.rules.preferences import Category
from notifier.store.due_deliveries import Addressee
from notifier.unsubscribe import Unsubscription


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one person's e-mails. `public_url`: what browsers call the pages; `token_key`:
    of links that end e-mails."""

    public_url: str
    token_key: str
    person: Addressee

    @property
    def kudos(self) -> str:
        """All their badges."""
        return self._page("kudos")

    @property
    def settings(self) -> str:
        """Where they choose what they get."""
        return self._page("settings")

    @property
    def notifications(self) -> str:
        """All that they were notified of."""
        return self._page("notifications")

    def case(self, case_id: str) -> str:
        """A case: what it shows depends on who looks."""
        return self._page("cases", case_id)

    def note(self, kudos_id: str) -> str:
        """A note to them."""
        return self._page("notes", kudos_id)

    def give(self, invitation_id: str) -> str:
        """The form for kudos, from an invitation."""
        return f"{self._page('give')}?{urlencode({'invitation': invitation_id})}"

    def unsubscribe(self, category: Category) -> str:
        """What ends e-mails of a category without signing in: a page to GET, one click to POST."""
        token = unsubscribe.token(self.token_key, Unsubscription(*self.person, category))
        return f"{self.public_url.rstrip('/')}/u/{token}"

    def _page(self, *parts: str) -> str:
        path = "/".join(segment(part) for part in (self.person.program, *parts))
        return f"{self.public_url.rstrip('/')}/p/{path}"

"""Leaves the names of somebody out of a text, for who is not to know whose it is. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

NAME_OUT = "[name]"
_SHORTEST = 2


class NamesOut:
    """Replaces names. `spoken`: what the person is called and how they are known; each word of it
    is a name too. A name that is part of a longer word stays."""

    def __init__(self, spoken: Iterable[str | None]) -> None:
        forms = sorted({form for text in spoken if text for form in _forms(text)}, key=_long_first)
        joined = "|".join(map(re.escape, forms))
        self._pattern = re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE) if forms else None

    def of(self, text: str) -> str:
        """The text without them."""
        if self._pattern is None:
            return text
        return self._pattern.sub(NAME_OUT, unicodedata.normalize("NFC", text))


def _forms(text: str) -> Iterator[str]:
    whole = unicodedata.normalize("NFC", text).strip()
    for form in (whole, *re.split(r"[\s.,_-]+", whole)):
        if len(form) >= _SHORTEST:
            yield form


def _long_first(form: str) -> tuple[int, str]:
    return -len(form), form

"""Links of a mentor's public page to exemplars that are published elsewhere: what may be linked to,
and when it is shown.

A link is shown after a coordinator looked at it, and, where it shows the work of a learner, for as
long as that learner agrees.
"""

import unicodedata
from collections.abc import Container
from typing import Literal, get_args
from urllib.parse import urlsplit

LinkState = Literal["waiting", "accepted", "refused"]
"""Of the check by a coordinator."""
LINK_STATES: tuple[LinkState, ...] = get_args(LinkState)
LinkWrong = Literal["title", "address"]

MOST_LINKS = 12
LONGEST_TITLE, LONGEST_ADDRESS = 120, 500
_LONGEST_HOST = 253


def wrong_in(title: str, address: str) -> LinkWrong | None:
    """What of a link cannot be kept; None if it can."""
    if not _is_line(title, LONGEST_TITLE):
        return "title"
    return None if _is_address(address) else "address"


def is_shown(state: LinkState, link_id: str, learner: str | None, agreed: Container[str]) -> bool:
    """Whether anybody may see a link. `learner`: whose work it shows, None if nobody's; `agreed`:
    the links to which the learner whose work it is agrees now."""
    return state == "accepted" and (learner is None or link_id in agreed)


def _is_line(text: str, most: int) -> bool:
    """One line that says something: no control, no character that turns the direction of text."""
    categories = {unicodedata.category(character) for character in text}
    return len(text.strip()) > 0 and len(text) <= most and not categories & _NOT_IN_LINES


_NOT_IN_LINES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _is_address(address: str) -> bool:
    """An https address of a named host, with nothing that hides where it leads."""
    if not address.isascii() or not _is_line(address, LONGEST_ADDRESS):
        return False
    if any(character in address for character in " \"'<>\\^`{|}"):
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    if not address.startswith("https://") or "@" in parts.netloc or port not in (None, 443):
        return False
    return _is_host(parts.hostname or "")


def _is_host(host: str) -> bool:
    labels = host.split(".")
    named = len(labels) >= 2 and not labels[-1].isdigit() and len(host) <= _LONGEST_HOST
    return named and all(
        0 < len(label) <= 63
        and label.replace("-", "").isalnum()
        and not label.startswith("-")
        and not label.endswith("-")
        for label in labels
    )

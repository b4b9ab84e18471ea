"""The token of a link that ends e-mails of one category, without signing in.

It is sealed, so that an address tells no one whose it is, and does not expire: an old e-mail's link
still works.
"""

import json
from typing import NamedTuple, cast

from cryptography.fernet import Fernet, InvalidToken

from notifier.rules.preferences import Category


class Unsubscription(NamedTuple):
    """Whose e-mails of which category end."""

    program: str
    participant: str
    category: Category


def new_key() -> str:
    """A key for tokens, as a line of ASCII."""
    return Fernet.generate_key().decode()


def check(key: str) -> None:
    """Raises ValueError for what is no key."""
    Fernet(key)


def token(key: str, ends: Unsubscription) -> str:
    """A token: ASCII that may stand in a path. Raises ValueError for what is no key."""
    return Fernet(key).encrypt(json.dumps(ends).encode()).decode()


def read(key: str, given: str) -> Unsubscription | None:
    """What a token ends; None for what is no token under this key. Raises ValueError for what is no
    key."""
    try:
        program, participant, category = json.loads(Fernet(key).decrypt(given.encode()))
    except (InvalidToken, UnicodeEncodeError):
        return None
    return Unsubscription(program, participant, cast("Category", category))

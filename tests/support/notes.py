"""The master key of tests as the engine has it, and the notes that are sealed under it."""

import json
import os

from engine.store.postgres.connection import Transaction
from events.public_key import PublicKey
from tests.support.sealed_texts import PRIVATE, open_sealed

__all__ = ["MASTER", "PRIVATE", "SETTING", "open_sealed", "opened", "set_for_all"]

MASTER = PublicKey.of_jwk(PRIVATE)
SETTING = json.dumps(MASTER.jwk())


def set_for_all() -> None:
    """Every process of the tests seals to MASTER, unless it is told otherwise."""
    os.environ.setdefault("BADGE_ENGINE_NOTES_PUBLIC_KEY", SETTING)


def opened(tx: Transaction) -> list[str]:
    """The notes that are stored and can be opened, in the order of their text."""
    keys = {
        kid: open_sealed(wrapped, PRIVATE)
        for kid, wrapped in tx.rows("SELECT kid, wrapped FROM note_keys WHERE wrapped IS NOT NULL")
    }
    stored = tx.rows("SELECT kid, message FROM messages")
    return sorted(open_sealed(text, keys[kid])["note"] for kid, text in stored if kid in keys)

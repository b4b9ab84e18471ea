"""Whether two requests with one idempotency key ask for the same, without keeping what they ask.

The note is private and short texts can be guessed, so a plain digest would give it away: the key of
this one is not in the database.
"""

import hashlib
import hmac
import json

from web.kudos.rules import AskedGift


def key_hash(key: str) -> bytes:
    """An idempotency key as the table has it."""
    return hashlib.sha256(key.encode()).digest()


def fingerprint(secret: bytes, asked: AskedGift) -> bytes:
    """The same for the same gift, whatever its JSON looked like."""
    members = [asked.loop, asked.recipient, asked.kind, asked.note, asked.invitation or ""]
    return hmac.new(secret, json.dumps(members).encode(), hashlib.sha256).digest()

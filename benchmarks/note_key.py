"""The key that benchmarks seal the keys of people to. Its private half is kept by nobody."""

import json
from functools import cache

from events.public_key import PublicKey
from events.sealing import new_key_pair


@cache
def note_key() -> PublicKey:
    """The key of this run."""
    return new_key_pair()[0]


def as_setting() -> dict[str, str]:
    """The same as a worker's environment names it."""
    return {"BADGE_ENGINE_NOTES_PUBLIC_KEY": json.dumps(note_key().jwk())}

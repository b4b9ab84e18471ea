"""Names for awards, invitations, gifts and messages about them: equal things, equal ids, for ever.

All are UUIDv5 in one namespace, so its id can be computed from what an award is for.
"""

import re
from hashlib import sha1
from uuid import NAMESPACE_URL, UUID, uuid5

AWARD_NAMESPACE: UUID = uuid5(NAMESPACE_URL, "https://schemas.mentoring.example/badge-award")

_NAMESPACE_HASH = sha1(AWARD_NAMESPACE.bytes, usedforsecurity=False)
# No id contains a control character, so the joined text takes apart in one way only.
_SEPARATOR = "\x1f"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# RFC 9562: of the seventeenth digit, the upper two bits are 10.
_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def award_id(program: str, loop: str | None, recipient: str, badge: str, occurrence: str) -> str:
    """The id of a recipient's award. `occurrence` is the level's name, "" for a badge without
    levels, the fact's natural key for a repeatable one; `loop` is None at program scope."""
    return _uuid5(_SEPARATOR.join((program, loop or "", recipient, badge, occurrence)))


def invitation_id(program: str, loop: str, survey: str, respondent: str) -> str:
    """The id of the invitation to give kudos that one survey gives its respondent."""
    return _uuid5(_SEPARATOR.join(("invitation", program, loop, survey, respondent)))


def gift_id(program: str, giver: str, key: str) -> str:
    """The id of the kudos that a request with this idempotency key gives."""
    return _uuid5(_SEPARATOR.join(("gift", program, giver, key)))


def removal_id(program: str, loop: str, kudos_id: str) -> str:
    """The event id of the retraction of kudos that a coordinator removes."""
    return _uuid5(_SEPARATOR.join(("removal", program, loop, kudos_id)))


def is_award_id(text: str) -> bool:
    """Whether a text has the form of an award's id, as ids are written here: in lower case."""
    return _UUID.fullmatch(text) is not None


def message_id(subject_id: str, revision: int) -> str:
    """The event id of the message about one revision of an award (or of an invitation: 1)."""
    return _uuid5(f"{subject_id}/{revision}")


def _uuid5(name: str) -> str:
    # uuid.uuid5 in a quarter of the time: ids are made for every award of every fold.
    digest = _NAMESPACE_HASH.copy()
    digest.update(name.encode())
    text = digest.hexdigest()
    variant = _VARIANT[text[16]]
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"

"""Why kudos could not be given, in words for their giver."""

from collections.abc import Mapping

from engine.intake.refusal import Reason

_UNREADABLE = "It could not be read where badges are awarded."

WORDS: Mapping[Reason, str] = {
    "invalid": "The program no longer has kudos of this kind.",
    "future": "It carries a time that lies ahead.",
    "conflict": "Other kudos were given under the same number before.",
    "oversize": _UNREADABLE,
    "malformed": _UNREADABLE,
    "forbidden": _UNREADABLE,
    "unknown_type": _UNREADABLE,
}

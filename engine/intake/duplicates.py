"""A fact whose key is known: a duplicate if its content is the same, else a conflict."""

import msgspec

from engine.intake.refusal import Refusal


def conflict(first: str, second: str) -> Refusal | None:
    """Compare two contents (of `content.encode`) of one key. None means a duplicate.

    Spelling decides; should two spell the same values differently, values do.
    """
    if first == second:
        return None
    one, other = msgspec.json.decode(first), msgspec.json.decode(second)
    differ = sorted(field for field in one | other if one.get(field) != other.get(field))
    if not differ:
        return None
    return Refusal(
        "conflict", f"published before with other {', '.join(differ)}; the first is kept"
    )

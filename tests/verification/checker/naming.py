"""How violations name an award."""

from collections.abc import Mapping


def named(award: Mapping[str, object]) -> str:
    """An award in a few words: whose, where, and its id. Whatever is not known is left out."""
    where = "/".join(str(award[n]) for n in ("program_id", "loop_id") if award.get(n) is not None)
    level = award.get("level") or award.get("occurrence")
    words = (award.get("badge"), level, "of" if "recipient_id" in award else None)
    parts = [*words, award.get("recipient_id"), f"in {where}" if where else None]
    number = award.get("award_id") or award.get("invitation_id")
    return " ".join(str(part) for part in (*parts, f"({number})") if part)

"""What it means that somebody no longer wants to give what they gave. Pure.

A gift that Kafka cannot have is cancelled and leaves no trace. One that it may have is withdrawn:
its fact is retracted once it is awarded.
"""

from datetime import datetime, timedelta
from typing import Literal

from engine.queries.fates import KudosFate
from web.store.gifts import Gift

Undoing = Literal["cancel", "withdraw", "done", "too late", "nothing stands"]
"""What is to be done. "done": it was before."""


def withdrawable_until(gift: Gift, hours: int) -> datetime:
    """Until when a gift can be withdrawn. `hours`: how long the program lets people."""
    return gift.at + timedelta(hours=hours)


def decide(gift: Gift, fate: KudosFate, hours: int, now: datetime) -> Undoing:
    """What to do about a gift that is to be undone. `hours`: as above."""
    match gift.state:
        case "held" if not gift.claimed:
            return "cancel"
        case "cancelled" | "withdrawing" | "withdrawn":
            return "done"
        case "refused":
            return "nothing stands"
    if fate.fate in ("refused", "revoked"):
        return "nothing stands"
    return "withdraw" if now < withdrawable_until(gift, hours) else "too late"

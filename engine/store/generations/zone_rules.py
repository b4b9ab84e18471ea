"""Programs whose facts were folded by other rules of time zones than the installed ones.

Countries change their clocks by decree, and `tzdata` follows: under other rules a fact may be of
another day. Workers that are upgraded fold by the new ones what comes from then on.
"""

from typing import NamedTuple

from engine.rules.time_zones import RULES_VERSION
from engine.store.generations import replays
from engine.store.generations.live import Generations
from engine.store.postgres.connection import Transaction


class OtherRules(NamedTuple):
    """A program whose generation was planned under another release of the rules than the installed
    one. `release`: None if it was planned before releases were kept."""

    program: str
    generation: int
    zone: str
    release: str | None


def differing(tx: Transaction) -> list[OtherRules]:
    """The programs whose catalogs go by a time zone, under other rules than the installed ones."""
    releases = {replay.id: replay.details.get(replays.ZONE_RULES) for replay in replays.every(tx)}
    return [
        OtherRules(program, live.id, live.catalog.calendar.zone, releases.get(live.id))
        for program, live in Generations().live(tx).items()
        if live.catalog.calendar.zone != "UTC" and releases.get(live.id) != RULES_VERSION
    ]

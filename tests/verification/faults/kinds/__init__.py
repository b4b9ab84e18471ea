"""The kinds of faults, a file for each thing that breaks. Importing this registers them all."""

from tests.verification.faults.kinds import (
    at_points,
    broker,
    clock,
    database,
    network,
    processes,
    publishers,
    relays,
    topics,
)

__all__ = [
    "at_points",
    "broker",
    "clock",
    "database",
    "network",
    "processes",
    "publishers",
    "relays",
    "topics",
]

"""I3: levels out of their order, and recipients in two partitions: each is caught."""

from dataclasses import replace

import pytest

from tests.verification.checker.caught import Spoil, caught
from tests.verification.checker.corrupt import (
    changed,
    edited,
    event,
    index,
    moved,
    setting,
    without,
)
from tests.verification.checker.seen import Json, Observations

AWARDED = "badge.awarded.v1"


def bronze(data: Json) -> bool:
    return bool(data["level"] == "bronze")


def silver(data: Json) -> bool:
    return bool(data["level"] == "silver")


def in_two_partitions(seen: Observations) -> Observations:
    records = seen.awards.records
    parted = changed(records, len(records) - 1, partition=1)
    return replace(seen, awards=replace(seen.awards, records=parted))


def silver_first(seen: Observations) -> Observations:
    at = index(seen, AWARDED, silver)
    data = event(seen.awards.records[at])["data"]
    who = [data[name] for name in ("program_id", "loop_id", "recipient_id", "badge")]

    def below(other: Json) -> bool:
        names = ("program_id", "loop_id", "recipient_id", "badge")
        return bool(other["level"] == "bronze" and [other[name] for name in names] == who)

    return moved(seen, at, index(seen, AWARDED, below))


SPOILED: dict[str, tuple[str, Spoil]] = {
    "silver comes before bronze": ("came before bronze", silver_first),
    "bronze never comes": (
        "came before bronze",
        lambda seen: without(seen, index(seen, AWARDED, bronze)),
    ),
    "a level is none": (
        "no such level",
        lambda seen: edited(seen, index(seen, AWARDED, bronze), setting(level="platinum")),
    ),
    "a recipient's messages are in two partitions": (
        "stand in partitions",
        in_two_partitions,
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_levels_in_a_wrong_order_are_caught(seen: Observations, case: str) -> None:
    words, corrupt = SPOILED[case]
    caught(corrupt(seen), "I3", words)

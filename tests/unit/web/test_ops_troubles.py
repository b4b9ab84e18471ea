"""What is wrong is named in the words of who is woken by it, the urgent first."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.queries.inputs import InputStatus
from engine.queries.status import BehindOpenTransaction, PartitionStatus, Status
from engine.store.awards.outbox import Waiting
from engine.store.cursors.cursors import Counts
from engine.store.cursors.halt import Halt, HaltKind
from engine.store.hash_chain import ChainHead
from web.ops.console import Sighting
from web.views.ops import troubles
from web.views.ops.troubles import Trouble

NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
CONNECTED = {"badge-engine-worker": 2, "badge-engine-relay": 1}
DOCUMENT = (Path(__file__).parents[3] / "docs" / "operating.md").read_text()
HALTS = tuple(
    PartitionStatus("activity", n, 5, 9, Halt(kind, "why")) for n, kind in enumerate(HaltKind)
)
WELL = Sighting(
    Status(
        ("activity", "governance"),
        (PartitionStatus("activity", 0, 5, 9),),
        Counts(),
        0,
        0,
        {},
        {"awards": Waiting(3, 59.0), "dead-letters": Waiting()},
        ChainHead(),
    ),
    NOW,
    None,
)
BEHIND = PartitionStatus("activity", 0, 5, 9, None, BehindOpenTransaction(4, NOW, 5))
QUIET = InputStatus("p", "mentoring.kudos.given.v1", NOW, 3_600.0, 36_000.0, 10.0)


def of(sighting: Sighting, connected: dict[str, int] = CONNECTED) -> list[Trouble]:
    return troubles.of(sighting, connected, lambda topic: f"the {topic}")


def changed(**parts: object) -> Sighting:
    return replace(WELL, status=replace(WELL.status, **parts))  # type: ignore[arg-type]


def test_where_all_is_well_nothing_is_named() -> None:
    assert of(WELL) == []


@pytest.mark.parametrize(
    ("sighting", "connected", "what", "urgent"),
    [
        (changed(partitions=HALTS[:1]), CONNECTED, "Partition 0 of activity is halted", True),
        (replace(WELL, away="no answer"), CONNECTED, "Kafka does not answer: no answer", True),
        (changed(partitions=(BEHIND,)), CONNECTED, "4 records wait behind a publisher's", True),
        (WELL, {"badge-engine-relay": 1}, "No worker is connected", True),
        (changed(outbox={"awards": Waiting(1, 61.0)}), CONNECTED, "1 message for the awards", True),
        (changed(open_dead_letters={"invalid": 1}), CONNECTED, "1 refused record waits", False),
        (changed(open_dead_letters={"invalid": 2}), CONNECTED, "2 refused records wait ", False),
        (changed(inputs=(QUIET,)), CONNECTED, "given.v1 of program p is quiet", False),
    ],
)
def test_each_trouble_is_named(
    sighting: Sighting, connected: dict[str, int], what: str, urgent: bool
) -> None:
    (trouble,) = of(sighting, connected)
    assert what in trouble.what
    assert trouble.urgent == urgent


def test_each_way_of_being_halted_can_be_resumed_and_the_urgent_come_first() -> None:
    named = of(changed(partitions=HALTS, open_dead_letters={"invalid": 1}))
    assert [trouble.partition for trouble in named] == [*range(len(HaltKind)), None]
    assert [trouble.urgent for trouble in named] == [True] * len(HaltKind) + [False]


def test_every_section_that_is_named_is_one_of_the_document() -> None:
    sightings = (
        changed(partitions=(*HALTS, BEHIND), outbox={"awards": Waiting(1, 99.0)}),
        replace(changed(open_dead_letters={"invalid": 1}, inputs=(QUIET,)), away="no answer"),
    )
    headings = set(re.findall(r"^#{2,4} (.+)$", DOCUMENT, re.MULTILINE))
    sections = {trouble.section for sighting in sightings for trouble in of(sighting, {})}
    assert sections <= headings
    assert len(sections) == 10

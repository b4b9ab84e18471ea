"""A diff names exactly whom it should, counted by hand from the facts."""

import json
from collections import Counter
from pathlib import Path

import pytest

from engine.projections.award import Kind
from engine.queries.diff_lines import lines
from engine.store.generations import replays
from engine.store.projections import computed
from replay.diff import files, summary
from replay.diff.summary import beyond
from tests.integration.handlers.harness import Harness
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import tell
from tests.verification.oracle.reading import MEETING

Who = tuple[str, str, str]  # program, loop, participant


def _meetings(told: list[bytes]) -> Counter[Who]:
    """How many meetings each person attended in each loop."""
    facts = tell(told, NOW).facts
    return Counter(
        (fact.data["program_id"], fact.data["loop_id"], person)
        for fact in facts
        if fact.type == MEETING
        for person in fact.data["attendee_ids"]
    )


@pytest.mark.parametrize("seed", range(4))
def test_who_has_four_meetings_gains_and_nobody_else(
    harness: Harness, tmp_path: Path, seed: int
) -> None:
    told = history(seed + 70, 500, loops=6, people=6)
    harness.tell(*told)
    number = rebuilt.ready(harness, bronze_at(4))
    file = tmp_path / "diff.json"
    with harness.transaction() as tx:
        replay = replays.get(tx, number)
        files.write(file, tx, replay, summary.summary(tx, replay))
    found = json.loads(file.read_bytes())

    attended = _meetings(told)
    assert {
        (line["program_id"], line["loop_id"], line["recipient_id"]) for line in found["added"]
    } == {who for who, times in attended.items() if times == 4}
    assert {(line["badge"], line["level"]) for line in found["added"]} <= {("momentum", "bronze")}
    assert found["lost"] == []
    earlier = {who for who, times in attended.items() if times >= 5}
    moved = {
        (line["program_id"], line["loop_id"], line["recipient_id"])
        for line in found["moved"]
        if (line["badge"], line["level"]) == ("momentum", "bronze")
    }
    assert moved <= earlier
    assert found["unchanged"] == len(harness.standing()) - len(found["moved"])
    for kind in ("added", "moved"):
        ids = [line["award_id"] for line in found[kind]]
        assert ids == sorted(ids)


def test_what_was_announced_before_a_late_fact_is_all_that_moves(harness: Harness) -> None:
    """Given an unchanged catalog, what moves is what recomputed export and announced one have
    different dates for."""
    harness.tell(*history(9, 250, bad=0))
    harness.tell(*history(9, 500, bad=0)[250:])
    number = rebuilt.ready(harness, harness.catalog)
    with harness.transaction() as tx:
        replay = replays.get(tx, number)
        moved = {line.award["award_id"]: line for line in lines(tx, replay, Kind.MOVED)}
        now = {award.id: award.time for award in computed.every(tx, number)}
    stands = harness.standing()
    assert moved.keys() == {key for key in stands if stands[key].award.time != now[key]}
    assert moved
    for key, line in moved.items():
        assert (line.announced_at, line.award["awarded_at"]) == (stands[key].award.time, now[key])


@pytest.mark.parametrize(
    ("before", "now", "tolerance", "goes"),
    [(0, 10, 0.05, True), (0, 11, 0.05, False), (1000, 1050, 0.05, True), (1000, 949, 0.05, False)],
)
def test_a_diff_may_differ_by_ten_or_a_twentieth(
    before: int, now: int, tolerance: float, goes: bool
) -> None:
    counts = [{"momentum": {"added": n, "lost": 0}} for n in (before, now)]
    assert (beyond(counts[0], counts[1], tolerance) == []) == goes

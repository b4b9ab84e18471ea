"""Until when awards are valid: stored, published, replayed, audited, repaired as dates are."""

from collections.abc import Iterator

import pytest

from engine.audit import drift, recompute
from engine.projections.award import Kind
from engine.queries import exports
from engine.queries.diff_lines import KINDS, lines
from engine.queries.snapshot import Reader
from engine.store.generations import replays
from replay.switch import repair
from replay.switch.repair import RepairTarget
from tests.integration.handlers.harness import Harness
from tests.integration.replay import rebuilt
from tests.integration.replay.rebuilt import NOON
from tests.support.given import MILESTONE, given, milestone, retracted
from tests.support.licences import LICENCES, licence, licences_for

RECORDS = (
    licence("d-1", "imani", at="2024-05-10T10:00:00Z"),
    milestone("n-1", "imani", "noted", loop_id=None),
    licence("d-2", "imani", at="2026-04-02T10:00:00Z"),
)
FIRST, SECOND = "2026-05-10T22:00:00.000000Z", "2028-04-02T22:00:00.000000Z"
IMANI = RepairTarget("program", participant="imani")


@pytest.fixture
def harness(migrated_url: str) -> Iterator[Harness]:
    """A harness under the catalog of licences, which knows of two."""
    harness = Harness(migrated_url, LICENCES)
    harness.tell(*RECORDS)
    yield harness
    harness.close()


def ends(harness: Harness) -> dict[str, str | None]:
    """Until when each standing award of a single fact is valid, by its fact."""
    standing = (item.award for item in harness.standing().values())
    return {award.occurrence: award.valid_until for award in standing if award.occurrence}


def drifted(harness: Harness) -> list[str]:
    with harness.transaction() as tx:
        return drift.audit(tx).drift


def test_what_is_stored_is_what_a_preview_gives(harness: Harness) -> None:
    assert ends(harness) == {"d-1": FIRST, "n-1": None, "d-2": SECOND}
    previewed = {award.id: award for award in given(*RECORDS, catalog=LICENCES).awards}
    stored = {number: item.award for number, item in harness.standing().items()}
    assert stored == previewed
    with harness.transaction() as tx:
        assert {award.id: award for award in recompute.recompute(tx)} == previewed
    with Reader(harness.engine).snapshot() as snapshot:
        exported = list(exports.awards(snapshot, "program"))
    assert exported == [previewed[number] for number in sorted(previewed)]


def test_subscribers_are_told_until_when_and_of_other_badges_nothing_new(
    harness: Harness,
) -> None:
    published = {message.data["occurrence"]: message for message in harness.hear()}
    names = list(published["d-2"].data)
    assert published["d-2"].data["valid_until"] == SECOND
    assert names[names.index("awarded_at") + 1] == "valid_until"
    for occurrence in ("n-1", ""):
        assert b"valid_until" not in published[occurrence].raw


def test_a_revocation_says_nothing_of_it(harness: Harness) -> None:
    harness.hear()
    harness.tell(retracted(MILESTONE, "d-1", loop_id=None, participant_id="imani"))
    (message,) = harness.hear()
    assert (message.type, b"valid_until" in message.raw) == ("mentoring.badge.revoked.v1", False)


@pytest.mark.parametrize("until", ["'2030-01-01T00:00:00.000000Z'", "NULL"])
def test_an_end_that_was_changed_by_hand_is_drift_and_a_refold_puts_it_right(
    harness: Harness, until: str
) -> None:
    assert drifted(harness) == []
    harness.hear()
    with harness.transaction() as tx:
        tx.execute(f"UPDATE awards SET valid_until = {until} WHERE occurrence = 'd-1'")
    (line,) = drifted(harness)
    assert f"and is earned until {FIRST}" in line
    done = repair.refold(harness.engine, IMANI, NOON, "coordinator", "by hand")
    assert (done.ends, done.right) == (1, False)
    assert drifted(harness) == []
    assert ends(harness)["d-1"] == FIRST
    assert harness.hear() == []
    assert repair.refold(harness.engine, IMANI, NOON, "coordinator", "by hand").right


def test_a_replay_under_the_same_rules_changes_nothing(harness: Harness) -> None:
    number = rebuilt.ready(harness, licences_for(24))
    with harness.transaction() as tx:
        replay = replays.get(tx, number)
        assert not any(list(lines(tx, replay, kind)) for kind in KINDS)


@pytest.mark.parametrize(
    ("months", "policy", "expected"),
    [
        (12, "keep", {"d-1": FIRST, "d-2": SECOND}),
        (
            12,
            "restate",
            {"d-1": "2025-05-10T22:00:00.000000Z", "d-2": "2027-04-02T22:00:00.000000Z"},
        ),
        (None, "restate", {"d-1": None, "d-2": None}),
    ],
)
def test_another_time_moves_awards_and_the_policy_says_whether_announced_ends_stay(
    harness: Harness, months: int | None, policy: str, expected: dict[str, str | None]
) -> None:
    harness.hear()
    number = rebuilt.ready(harness, licences_for(months))
    with harness.transaction() as tx:
        replay = replays.get(tx, number)
        moved = {line.award["occurrence"]: line for line in lines(tx, replay, Kind.MOVED)}
    assert moved.keys() == {"d-1", "d-2"}
    assert f"was announced valid until {FIRST}" in moved["d-1"].why
    rebuilt.approve(harness, number, moved=policy)
    rebuilt.cut_over(harness, number)
    assert {name: end for name, end in ends(harness).items() if name != "n-1"} == expected
    assert harness.hear() == []
    assert drifted(harness) == []


def test_what_stood_before_is_kept_for_the_audit(harness: Harness) -> None:
    number = rebuilt.ready(harness, licences_for(12))
    rebuilt.approve(harness, number, moved="restate")
    rebuilt.cut_over(harness, number)
    with harness.transaction() as tx:
        rows = tx.rows("SELECT valid_until FROM restatements ORDER BY valid_until")
    assert rows == [(FIRST,), (SECOND,)]


def test_what_arrives_while_a_build_waits_ends_as_the_new_catalog_says(harness: Harness) -> None:
    number = rebuilt.ready(harness, licences_for(12))
    harness.tell(licence("d-3", "imani", at="2026-05-31T22:30:00Z"))
    rebuilt.approve(harness, number, moved="restate")
    rebuilt.cut_over(harness, number)
    harness.tell(licence("d-4", "imani", at="2026-05-31T21:30:00Z"))
    arrived = {name: end for name, end in ends(harness).items() if name in ("d-3", "d-4")}
    assert arrived == {"d-3": "2027-06-01T22:00:00.000000Z", "d-4": "2027-05-31T22:00:00.000000Z"}
    assert drifted(harness) == []

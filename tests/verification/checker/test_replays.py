"""Runs in which replays happened are judged as any other, and what is wrong in one is caught."""

from dataclasses import replace
from random import Random

import pytest

from replay.build import verify
from replay.switch import approve, release
from replay.switch.policies import Rule, SwitchPolicy
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import meetings
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import changed
from tests.integration.replay.rebuilt import NOON
from tests.integration.replay.test_bringing_in import planned
from tests.support.given import MEETING, meeting, retracted
from tests.verification.checker.caught import Spoil, caught
from tests.verification.checker.check import check, examine
from tests.verification.checker.conftest import clear
from tests.verification.checker.corrupt import edited, event, in_database, index, setting, without
from tests.verification.checker.in_process import exporting
from tests.verification.checker.seen import Json, Observations, PublishedRecord
from tests.verification.checker.telling import redrive_future, seen_at, tell
from tests.verification.oracle.histories import history

AWARDED, REVOKED = "badge.awarded.v1", "badge.revoked.v1"


def _bronze(badge_measure: str, before: int, after: int) -> tuple[str, str]:
    return tuple(f"bronze: {{at_least: {{{badge_measure}: {n}}}}}" for n in (before, after))  # type: ignore[return-value]


TWO_RATINGS = _bronze("top_ratings", 3, 2)
KINDER = changed(TWO_RATINGS, _bronze("meetings_attended", 5, 4))
STRICTER = changed(TWO_RATINGS, _bronze("meetings_attended", 5, 7))
KEEPING = SwitchPolicy(Rule("silent"), {"momentum": Rule("silent", "keep", "restate")})


def _cut_over(harness: Harness, number: int, policy: SwitchPolicy) -> None:
    approve.approve(harness.engine, number, policy, "coordinator", "why not")
    rebuilt.cut_over(harness, number, tolerance=1)


def _story(harness: Harness, seed: int) -> list[PublishedRecord]:
    """A history with three cutovers, two releases, a rollback and a backfill; gives its records."""
    random = Random(seed)
    lines = history(seed, 240, conflicts=False)
    people = [
        meeting(f"{who}{n}", who, at=n)
        for who, number in (("ben", 5), ("cleo", 4), ("dan", 6), ("eve", 5))
        for n in range(1, number + 1)
    ]
    records = tell(harness, [*people, *lines[:80]], random)
    _cut_over(harness, rebuilt.ready(harness, KINDER), SwitchPolicy())
    records += tell(harness, [*meetings(8, 9), *lines[80:140]], random)
    stricter = rebuilt.ready(harness, STRICTER)
    _cut_over(harness, stricter, KEEPING)
    records += tell(harness, [retracted(MEETING, "ben1"), *lines[140:180]], random)
    kept = sorted(
        (item.award.recipient, item.award.id)
        for item in harness.standing().values()
        if item.decided and item.award.recipient in ("dan", "eve")
    )
    for (_, award), silent in zip(kept, (False, True), strict=True):
        release.release(harness.engine, [award], NOON, "coordinator", "no", silent=silent)
    rebuilt.rolled_back(harness, stricter)
    records += tell(harness, lines[180:200], random)
    with harness.transaction() as tx:
        past = (*meetings(3, 9), *lines[200:220])
        number = planned(tx, *past, catalog=KINDER).replay.id
    rebuilt.build(harness, number)
    verify.verify(harness.engine, number)
    _cut_over(harness, number, SwitchPolicy(Rule("silent")))
    records += tell(harness, lines[210:], random)
    _cut_over(harness, rebuilt.ready(harness, STRICTER), KEEPING)
    redrive_future(harness)
    return records


def _seen(harness: Harness, seed: int) -> Observations:
    records = _story(harness, seed)
    return seen_at(harness, records, Random(seed), exporting(harness.url))


@pytest.fixture(scope="module")
def replayed(replayed_desk: Harness) -> Observations:
    """Such a history as it is seen when all is right."""
    clear(replayed_desk)
    return _seen(replayed_desk, 3)


def test_a_run_with_replays_in_which_all_is_right_has_no_violations(
    replayed: Observations,
) -> None:
    verdict = examine(replayed)
    assert [str(v) for v in verdict.violations] == []
    compared = {kind: n for finding in verdict.findings for kind, n in finding.compared.items()}
    assert compared["switches"] == 7
    for kind in ("recomputed", "silent revisions", "kept"):
        assert compared[kind] > 0, kind


@pytest.mark.parametrize("seed", [11, 12])
def test_whatever_the_history_nothing_is_found(database_url: str, seed: int) -> None:
    harness = Harness(database_url)
    found = check(_seen(harness, seed), needed=())
    harness.close()
    assert [str(violation) for violation in found] == []


def _recomputed(data: Json) -> bool:
    return bool(data["reason"] == "recomputed")


def _gained(data: Json) -> bool:
    return bool(data["catalog"]["digest"] == KINDER.digest and data["level"] == "bronze")


def _revocation(**fields: object) -> Spoil:
    return lambda seen: edited(seen, index(seen, REVOKED, _recomputed), setting(**fields))


def _of_another_time(seen: Observations) -> Observations:
    time = setting(time="2026-05-01T12:00:01.000000Z")
    return edited(seen, index(seen, REVOKED, _recomputed), setting(), time)


def _of_another_catalog(seen: Observations) -> Observations:
    def edit(data: Json) -> None:
        data["catalog"]["digest"] = "0" * 64

    return edited(seen, index(seen, AWARDED, _gained), edit)


def _without_a_silent_award(seen: Observations) -> Observations:
    rows = seen.database.awards
    told = {event(record)["data"].get("award_id") for record in seen.awards.records}
    silent = next(row for row in rows if row.silent and row.award_id not in told)
    return in_database(seen, awards=tuple(row for row in rows if row is not silent))


def _marked(*, decided: bool) -> Spoil:
    return lambda seen: in_database(
        seen, awards=tuple(replace(row, decided=decided) for row in seen.database.awards)
    )


def _with_policies(policy: Json) -> Spoil:
    """What was decided was something else than what happened."""
    return lambda seen: in_database(
        seen,
        generations=tuple(replace(row, policy=policy) for row in seen.database.generations),
    )


SPOILED: dict[str, tuple[str, str, Spoil]] = {
    "a revocation of a replay is not published": (
        *("I1", "told 0 times"),
        lambda seen: without(seen, index(seen, REVOKED, _recomputed)),
    ),
    "a gain of a cutover is not published": (
        *("I1", "have no message"),
        lambda seen: without(seen, index(seen, AWARDED, _gained)),
    ),
    "a revocation of a replay has another time": ("I1", "no replay took it", _of_another_time),
    "a revocation of a replay names a fact": (
        *("I1", "a replay names evidence"),
        _revocation(evidence=[{"type": "mentoring.fact.retracted.v1", "id": "m1"}]),
    ),
    "a revocation of a replay has another reason": (
        *("I1", "told 0 times"),
        _revocation(reason="fact_retracted"),
    ),
    "an announcement names a catalog that never was live": (
        *("I1", "is no catalog's digest"),
        _of_another_catalog,
    ),
    "a silent award is not in the table": ("I1", "expected, and does not", _without_a_silent_award),
    "an award that was kept is not marked": ("I1", "not marked so", _marked(decided=False)),
    "awards are marked that nobody kept": ("I1", "no decision keeps", _marked(decided=True)),
    "what was to be published was silent": ("I1", "have no message", _with_policies({})),
    "what was to be silent was published": (
        *("I1", "have no message"),
        _with_policies({"gained": "silent"}),
    ),
    "what was to be kept was revoked": (
        *("I1", "no replay took it away"),
        _with_policies({"gained": "silent", "lost": "keep"}),
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_what_is_wrong_in_a_replay_is_caught(replayed: Observations, case: str) -> None:
    invariant, words, corrupt = SPOILED[case]
    caught(corrupt(replayed), invariant, words)

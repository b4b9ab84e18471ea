"""Scenarios at a harness in which rules change while records are processed."""

from collections.abc import Callable

from engine.catalog.model import Catalog
from replay.switch import approve, release
from replay.switch.policies import Rule, SwitchPolicy
from tests.integration.handlers.harness import Harness
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import changed
from tests.support.given import MEETING, meeting, retracted, survey
from tests.verification.defects.harness_run import HarnessRun

KINDER = changed(
    (
        "bronze: {at_least: {meetings_attended: 5}}",
        "bronze: {at_least: {meetings_attended: 4}}",
    )
)
STRICTER = changed(
    ("bronze: {at_least: {top_ratings: 3}}", "bronze: {at_least: {top_ratings: 5}}"),
    (
        "bronze: {at_least: {meetings_attended: 5}}",
        "bronze: {at_least: {meetings_attended: 7}}",
    ),
    (
        "silver: {at_least: {meetings_attended: 10}}",
        "silver: {at_least: {meetings_attended: 9}}",
    ),
)
KEEPING = SwitchPolicy(Rule(), {"momentum": Rule("silent", "keep")})


def rules_change_and_back(run: HarnessRun) -> None:
    """Bronze for less; then for more, where awards are kept, lost with a message, and gained
    silently; two kept ones are released; and the way back, on which one keep ends."""
    run.process(*_meetings("ben", 5), *_meetings("cleo", 4), *_meetings("fay", 9))
    run.process(*_meetings("dan", 6), *_meetings("eve", 6), *_ratings("ann", 3), partition=1)
    run.replay(lambda harness: _cut_over(harness, KINDER, SwitchPolicy()))
    run.process(*_meetings("gil", 6))
    numbers: list[int] = []
    run.replay(lambda harness: numbers.append(_cut_over(harness, STRICTER, KEEPING)))
    run.replay(_released("dan", silent=False))
    run.replay(_released("eve", silent=True))
    run.process(retracted(MEETING, "ben1"), retracted(MEETING, "ben2"))
    for number in numbers:
        run.replay(lambda harness, number=number: rebuilt.rolled_back(harness, number))  # type: ignore[misc]
    run.process(meeting("ben6", "ben", at=6))


def _cut_over(harness: Harness, catalog: Catalog, policy: SwitchPolicy) -> int:
    number = rebuilt.ready(harness, catalog)
    approve.approve(harness.engine, number, policy, "coordinator", "why not")
    rebuilt.cut_over(harness, number)
    return number


def _released(participant: str, *, silent: bool) -> Callable[[Harness], object]:
    def work(harness: Harness) -> object:
        kept = [
            item.award.id
            for item in harness.standing().values()
            if item.decided and item.award.recipient == participant
        ]
        at = rebuilt.NOON
        return release.release(harness.engine, kept, at, "coordinator", "no", silent=silent)

    return work


def _meetings(who: str, number: int) -> list[bytes]:
    return [meeting(f"{who}{n}", who, at=n) for n in range(1, number + 1)]


def _ratings(who: str, number: int) -> list[bytes]:
    return [survey(f"{who}{n}", "ben", who, at=n) for n in range(1, number + 1)]


SCENARIOS = (rules_change_and_back,)

"""Erasing a person covers the committee: what was sealed about them opens no more, they govern
nothing any longer, and the log of the committee holds."""

import pytest

from engine.store.postgres.connection import transaction
from governance.store import cases, conflicts, log, people, seats
from tests.integration.web.governed import (
    GROUND,
    ON_CASE,
    RECORDED,
    plant_case,
)
from tests.integration.web.people_surface import (
    PeopleSurface,
    bearer,
    coordinator,
    described_person,
    described_program,
    participant,
    service,
)
from tests.integration.web.privacy import adopt
from tests.support.given import meeting

PROGRAM, STAGE = "acme", "mentorloop-certified"
WEN, BOSS = participant(PROGRAM, "wen"), coordinator(PROGRAM)
P = f"/v1/programs/{PROGRAM}"


@pytest.fixture(scope="module")
def erased(empty_surface: PeopleSurface) -> tuple[PeopleSurface, str, str, dict[str, int]]:
    """The surface, somebody's case and appeal, and what was counted when they and then a member
    were erased."""
    surface = empty_surface
    adopt(surface)
    surface.describe(
        described_program(PROGRAM),
        described_person(PROGRAM, "wen", display_name="Wen Zhao"),
        described_person(PROGRAM, ON_CASE, display_name="Mona Berg"),
    )
    surface.harness.tell(meeting("m1", "wen", "ana", at=1, program_id=PROGRAM, loop_id="a"))
    first, appeal = plant_case(surface, PROGRAM, "wen", "Wen", STAGE)
    assert RECORDED in surface.get(f"{P}/cases/{first}", WEN).text
    return surface, first, appeal, erase(surface, "wen")


def erase(surface: PeopleSurface, name: str) -> dict[str, int]:
    answer = surface.client.ask(
        "DELETE", f"{P}/people/{name}/personal-data", bearer(service(PROGRAM))
    )
    assert answer.status == 200, answer.text
    counts: dict[str, int] = answer.json()["counts"]
    return counts


Erased = tuple[PeopleSurface, str, str, dict[str, int]]


def test_the_keys_of_their_cases_go_and_their_conflicts(erased: Erased) -> None:
    surface, first, appeal, counts = erased
    assert (counts["case_keys"], counts["conflicts"]) == (2, 1)
    assert counts["case_news"] > 0
    with transaction(surface.harness.engine) as tx:
        for case_id in (first, appeal):
            case = cases.of(tx, PROGRAM, case_id)
            assert case is not None
            assert case.wrapped_key is None
        assert conflicts.all_of(tx, PROGRAM) == []
    assert surface.harness.rows("SELECT FROM notify.case_news WHERE participant = 'wen'") == []


def test_what_was_decided_stays_without_a_word_of_it(erased: Erased) -> None:
    surface, first, appeal, _ = erased
    shown = surface.get(f"{P}/cases/{first}", BOSS)
    assert shown.status == 200, shown.text
    assert shown.json()["decision"]["outcome"] == "declined"
    assert shown.json()["decision"]["statements"] == []
    assert (shown.json()["reason"], shown.json()["lines"]) == (None, None)
    for who in (BOSS, participant(PROGRAM, "audi")):
        for case_id in (first, appeal):
            text = surface.get(f"{P}/cases/{case_id}", who).text
            assert "Wen" not in text
            assert RECORDED not in text
            assert GROUND.format("Wen") not in text


def test_their_pack_opens_for_nobody(erased: Erased) -> None:
    surface, _, appeal, _ = erased
    answer = surface.get(f"{P}/cases/{appeal}/pack", participant(PROGRAM, ON_CASE))
    assert (answer.status, answer.json()["type"].rpartition("/")[2]) == (410, "key-erased")


def test_the_log_of_the_committee_holds(erased: Erased) -> None:
    surface, *_ = erased
    with transaction(surface.harness.engine) as tx:
        assert log.verify(tx).entries > 10


def test_a_member_who_is_erased_governs_nothing(erased: Erased) -> None:
    surface, _, appeal, _ = erased
    counts = erase(surface, ON_CASE)
    assert (counts["offices"], counts["seats"]) == (1, 1)
    with transaction(surface.harness.engine) as tx:
        assert people.of(tx, PROGRAM, ON_CASE) is None
        left = {seat.member: seat.why for seat in seats.of_case(tx, appeal)}
    assert left[ON_CASE] == "silent"
    assert surface.get(f"{P}/desk", participant(PROGRAM, ON_CASE)).status == 404


def test_erasing_again_does_nothing_more(erased: Erased) -> None:
    surface, *_ = erased
    counts = erase(surface, "wen")
    names = ("case_keys", "offices", "seats", "conflicts", "case_news")
    assert {name: counts[name] for name in names} == dict.fromkeys(names, 0)

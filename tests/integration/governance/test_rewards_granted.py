"""Rewards of a cycle: granted and drawn once, by who held what on its first day, and verifiable."""

from datetime import UTC, datetime

import pytest

from events.instants import Instant
from governance.errors import CaseRefused
from governance.panels import beacons
from governance.rewards import cycles, lotteries
from governance.rewards.cycles import CycleBegun
from governance.rules.rewards import lottery_document
from governance.store import draws, rewards
from governance.store.draws import Draw
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.integration.governance.stage_holders import (
    deliver,
    entries,
    hold,
    news,
    published,
    rewarded,
)

MASTERS = ("imani", "jonas", "lena", "mateo", "noor", "priya")


def begin(room: CommitteeRoom) -> dict[str, CycleBegun]:
    """What a process does once a day."""
    with room.sitting() as sitting:
        return {each.reward: each for each in cycles.begin_due(sitting, PROGRAM)}


def draw_of(room: CommitteeRoom, about: str) -> Draw:
    with room.sitting() as sitting:
        draw = draws.about(sitting.tx, PROGRAM, "reward", about)
    assert draw is not None
    return draw


def faults(room: CommitteeRoom, draw: Draw) -> list[str]:
    with room.sitting() as sitting:
        return lotteries.verify_held(sitting, draw)


@pytest.fixture
def masters(room: CommitteeRoom) -> CommitteeRoom:
    """Six masters, and a chair with a member."""
    room.seat("ruth", "chair")
    room.seat("sam")
    hold(room, "master-mentor", *MASTERS)
    return room


def test_what_is_for_all_is_granted_to_every_holder_once(masters: CommitteeRoom) -> None:
    begun = begin(masters)
    assert begun["stipend-master"].granted == MASTERS
    assert begun["stipend-senior"].granted == MASTERS, "a higher stage counts as those below"
    assert begin(masters) == {}
    facts = [each for each in published(masters, "reward.granted")
             if each["reward"] == "stipend-master"]  # fmt: skip
    assert sorted(each["participant_id"] for each in facts) == list(MASTERS)
    assert {each["cycle"] for each in facts} == {"2026-Q4"}
    assert {tuple(each["approver_ids"]) for each in facts} == {("ruth",)}


def test_a_lottery_is_drawn_once_and_everybody_can_draw_it_again(masters: CommitteeRoom) -> None:
    begun = begin(masters)
    assert len(begun["conference"].granted) == 2
    assert len(begun["development-grant"].granted) == 4
    draw = draw_of(masters, "conference/2026")
    assert draw.document is not None
    assert lotteries.verify(draw.document) == []
    assert faults(masters, draw) == []
    document = lottery_document.read(draw.document)
    assert document.eligible == list(MASTERS)
    assert tuple(sorted(document.winners)) == tuple(sorted(begun["conference"].granted))
    noted = entries(masters, "draw.held")
    assert {each["document"] for each in noted if each["reward"] == "conference"} == {draw.inputs}


def test_a_beacon_that_a_member_enters_is_in_the_seed_of_a_lottery(masters: CommitteeRoom) -> None:
    with masters.sitting() as sitting:
        beacons.enter(sitting, PROGRAM, "conference/2026", "sam", "4 8 15")
    begin(masters)
    draw = draw_of(masters, "conference/2026")
    assert draw.beacons == ("4 8 15",)
    assert faults(masters, draw) == []
    with masters.sitting() as sitting, pytest.raises(CaseRefused, match="was held"):
        beacons.enter(sitting, PROGRAM, "conference/2026", "ruth", "16 23 42")


def test_what_is_changed_in_the_tables_after_a_draw_shows(masters: CommitteeRoom) -> None:
    begin(masters)
    draw = draw_of(masters, "conference/2026")
    document = lottery_document.read(draw.document or "")
    loser = next(who for who in MASTERS if who not in document.winners)
    forged = lottery_document.drawn(
        lottery_document.LotteryTerms(
            PROGRAM, "conference", "year", "2026", draw_as_of(masters), 2, 2, document.policy
        ),
        lottery_document.LotterySeed(draw.head),
        frozenset(set(MASTERS) - set(document.winners)),
        {},
    )
    text = lottery_document.canonical(forged)
    assert lotteries.verify(text) == [], "in itself it is a lottery like any other"
    with masters.harness.transaction() as tx:
        tx.execute(
            "UPDATE governance.draws SET document = %s, inputs = %s WHERE draw_id = %s::text::uuid",
            text, lottery_document.digest(text), draw.draw_id,
        )  # fmt: skip
    assert loser in lottery_document.read(text).eligible
    assert "the log has another document" in faults(masters, draw_of(masters, "conference/2026"))


def draw_as_of(room: CommitteeRoom) -> Instant:
    with room.sitting() as sitting:
        held = rewards.cycle(sitting.tx, PROGRAM, "conference", "2026")
    assert held is not None
    return held.as_of


def test_who_won_lately_rests(masters: CommitteeRoom) -> None:
    rewarded(masters, "conference", "conference", "2024", "imani", "jonas")
    rewarded(masters, "conference", "conference", "2023", "lena")
    begun = begin(masters)
    assert not {"imani", "jonas"} & set(begun["conference"].granted)
    document = lottery_document.read(draw_of(masters, "conference/2026").document or "")
    assert document.resting == {"imani": ["2024"], "jonas": ["2024"]}


def test_nobody_wins_again_while_at_rest_over_the_years(room: CommitteeRoom) -> None:
    room.seat("ruth", "chair")
    people = [f"master-{number}" for number in range(7)]
    won: list[set[str]] = []
    for year in range(2027, 2033):
        room.now = datetime(year, 1, 2, 9, tzinfo=UTC)
        hold(room, "master-mentor", *people, since=datetime(year - 1, 6, 1, tzinfo=UTC))
        won.append(set(begin(room)["conference"].granted))
        deliver(room)
    assert all(len(each) == 2 for each in won)
    for number, winners in enumerate(won):
        assert not winners & set().union(*won[max(number - 2, 0) : number])


def test_a_lottery_that_was_drawn_elsewhere_is_not_drawn_again(masters: CommitteeRoom) -> None:
    rewarded(masters, "conference", "conference", "2026", "imani")
    begun = begin(masters)
    assert begun["conference"].granted == ()
    with masters.sitting() as sitting:
        assert draws.about(sitting.tx, PROGRAM, "reward", "conference/2026") is None


def test_who_comes_into_a_stage_within_the_cycle_waits_for_the_next(room: CommitteeRoom) -> None:
    room.seat("ruth", "chair")
    hold(room, "master-mentor", "imani", since=datetime(2026, 9, 30, 21, 59, tzinfo=UTC))
    hold(room, "master-mentor", "wei", since=datetime(2026, 9, 30, 22, 1, tzinfo=UTC))
    assert begin(room)["stipend-master"].granted == ("imani",)


def test_who_asks_for_more_than_a_badge_is_asked_by_the_facts_of_the_day(
    masters: CommitteeRoom,
) -> None:
    assert begin(masters)["bonus-outcomes"].granted == ()


def test_nobody_approves_a_reward_of_their_own(room: CommitteeRoom) -> None:
    room.seat("imani", "chair")
    room.seat("sam")
    hold(room, "master-mentor", "imani")
    begin(room)
    approvers = {tuple(each["approver_ids"]) for each in published(room, "reward.granted")}
    assert approvers == {("sam",)}


def test_without_anybody_who_governs_nothing_is_held(room: CommitteeRoom) -> None:
    hold(room, "master-mentor", "imani")
    assert begin(room) == {}
    assert published(room, "reward.granted") == []


def test_winners_are_notified_and_the_engine_takes_the_facts(masters: CommitteeRoom) -> None:
    begin(masters)
    assert set(news(masters, "reward")) == set(MASTERS)
    deliver(masters)
    assert masters.harness.rows("SELECT reason, detail FROM dead_letters") == []


def test_the_reward_goes_with_the_person_who_is_erased(masters: CommitteeRoom) -> None:
    begin(masters)
    masters.erase("imani")
    with masters.sitting() as sitting:
        assert rewards.grants(sitting.tx, PROGRAM, "imani") == []
        held = rewards.cycle(sitting.tx, PROGRAM, "conference", "2026")
        emptied = draws.about(sitting.tx, PROGRAM, "reward", "conference/2026")
    assert held is not None
    assert "imani" not in held.eligible
    assert held.counted == 6
    assert emptied is not None
    assert emptied.document is None
    assert faults(masters, emptied) == []

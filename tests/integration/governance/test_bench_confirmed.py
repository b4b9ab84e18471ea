"""The bench and pairings on a real database: drawn, confirmed by a coordinator, recorded at the
end."""

from datetime import timedelta

import pytest

from governance.errors import CaseRefused
from governance.rewards import benches, lotteries, pairings
from governance.rules.rewards import proposals
from governance.rules.rewards.proposals import BenchDocument, PairingDocument
from governance.store import bench, conflicts, people
from governance.store import pairings as stored
from governance.store.bench import Offer
from governance.store.draws import Draw
from governance.store.pairings import Pairing
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.integration.governance.stage_holders import (
    deliver,
    entries,
    hold,
    news,
    published,
    trained,
)

MASTERS = ("imani", "jonas", "lena", "mateo", "noor", "priya")


def offer(room: CommitteeRoom, *people_who: str, discipline: str | None = None) -> None:
    with room.sitting() as sitting:
        for who in people_who:
            given = Offer(PROGRAM, who, True, discipline)
            benches.offer(sitting, PROGRAM, who, given)


def propose_bench(room: CommitteeRoom) -> tuple[Draw, BenchDocument]:
    with room.sitting() as sitting:
        draw = benches.propose(sitting, PROGRAM, "cora")
        assert lotteries.verify_held(sitting, draw) == []
    return draw, proposals.read_bench(draw.document or "")


def propose_pairs(room: CommitteeRoom) -> tuple[Draw, PairingDocument]:
    with room.sitting() as sitting:
        draw = pairings.propose(sitting, PROGRAM, "cora")
        assert lotteries.verify_held(sitting, draw) == []
    return draw, proposals.read_pairings(draw.document or "")


def pair(room: CommitteeRoom) -> list[Pairing]:
    draw, document = propose_pairs(room)
    with room.sitting() as sitting:
        newcomers = [new for _, new, _ in document.pairs]
        return pairings.confirm(sitting, PROGRAM, draw.draw_id, "cora", newcomers)


@pytest.fixture
def masters(room: CommitteeRoom) -> CommitteeRoom:
    hold(room, "master-mentor", *MASTERS)
    hold(room, "proficient-mentor", "wei")
    return room


def test_masters_who_offered_are_proposed_once(masters: CommitteeRoom) -> None:
    offer(masters, *MASTERS[:5], "wei", "nobody")
    draw, document = propose_bench(masters)
    assert [each.participant for each in document.candidates] == list(MASTERS[:5])
    assert len(document.chosen) == 4
    assert propose_bench(masters)[0] == draw


def test_who_is_confirmed_sits_until_the_term_is_over_and_then_rests(
    masters: CommitteeRoom,
) -> None:
    offer(masters, *MASTERS)
    draw, document = propose_bench(masters)
    with masters.sitting() as sitting:
        benches.confirm(sitting, PROGRAM, draw.draw_id, "cora", document.chosen)
    first = document.chosen[0]
    with masters.sitting() as sitting:
        officer = people.of(sitting.tx, PROGRAM, first)
        assert benches.end_due(sitting, PROGRAM) == 0
    assert officer is not None
    assert sorted(officer.roles) == ["bench"]
    assert officer.term_until == document.ends_on
    masters.move(days=190)
    with masters.sitting() as sitting:
        assert benches.end_due(sitting, PROGRAM) == 4
        assert benches.end_due(sitting, PROGRAM) == 0
        left = people.of(sitting.tx, PROGRAM, first)
    assert left is not None
    assert left.roles == frozenset()
    served = [each["participant_id"] for each in published(masters, "stewardship.recorded")]
    assert sorted(served) == sorted(document.chosen)
    deliver(masters)
    _, after = propose_bench(masters)
    assert set(after.chosen) == set(MASTERS) - set(document.chosen)
    assert {each.terms for each in after.candidates if each.rests} == {1}


def test_a_proposal_is_confirmed_once_and_nobody_else_is_seated(masters: CommitteeRoom) -> None:
    offer(masters, *MASTERS)
    draw, document = propose_bench(masters)
    other = next(who for who in MASTERS if who not in document.chosen)
    for chosen, kind in (([other], "not-allowed"), ([], None), ([], "too-late")):
        with masters.sitting() as sitting:
            if kind is None:
                benches.confirm(sitting, PROGRAM, draw.draw_id, "cora", chosen)
                continue
            with pytest.raises(CaseRefused) as refused:
                benches.confirm(sitting, PROGRAM, draw.draw_id, "cora", chosen)
            assert refused.value.kind == kind
    again, _ = propose_bench(masters)
    assert again.about.endswith("/2")


def test_who_lost_their_part_has_served_no_term(masters: CommitteeRoom) -> None:
    offer(masters, "imani")
    draw, document = propose_bench(masters)
    with masters.sitting() as sitting:
        benches.confirm(sitting, PROGRAM, draw.draw_id, "cora", document.chosen)
    masters.dismiss("imani")
    masters.move(days=190)
    with masters.sitting() as sitting:
        assert benches.end_due(sitting, PROGRAM) == 0
    assert published(masters, "stewardship.recorded") == []


def test_newcomers_are_paired_and_both_are_notified(masters: CommitteeRoom) -> None:
    trained(masters, "kofi", days_ago=60)
    trained(masters, "tomas", days_ago=30)
    trained(masters, "imani", days_ago=700)
    offer(masters, "jonas", discipline="law")
    offer(masters, "kofi", discipline="law")
    made = pair(masters)
    assert [each.newcomer for each in made] == ["kofi", "tomas"]
    assert made[0].senior == "jonas", "the same discipline costs least"
    assert {"kofi", "jonas"} <= set(news(masters, "pairing"))
    assert entries(masters, "pairing.confirmed")[0]["paired"] == 2
    assert propose_pairs(masters)[1].pairs == []


def test_two_who_declared_a_conflict_are_not_paired(masters: CommitteeRoom) -> None:
    trained(masters, "kofi")
    with masters.sitting() as sitting:
        for who in (*MASTERS, "wei"):
            if who != "lena":
                conflicts.declare(
                    sitting.tx, PROGRAM, (who, "kofi"), "declared", "kofi", sitting.now
                )
    assert [each.senior for each in pair(masters)] == ["lena"]


def test_a_pairing_that_saw_somebody_through_is_recorded_of_the_senior(
    masters: CommitteeRoom,
) -> None:
    trained(masters, "kofi")
    (made,) = pair(masters)
    with masters.sitting() as sitting:
        pairings.end(sitting, PROGRAM, made.record_id, "cora", seen_through=True)
    (fact,) = published(masters, "stewardship.recorded")
    assert (fact["participant_id"], fact["about_id"], fact["kind"]) == (
        made.senior, "kofi", "pairing",
    )  # fmt: skip
    with masters.sitting() as sitting, pytest.raises(CaseRefused):
        pairings.end(sitting, PROGRAM, made.record_id, "cora", seen_through=True)
    deliver(masters)
    assert propose_pairs(masters)[1].newcomers == []


def test_a_pairing_that_ended_early_costs_more_the_next_time(masters: CommitteeRoom) -> None:
    trained(masters, "kofi")
    (made,) = pair(masters)
    with masters.sitting() as sitting:
        pairings.end(sitting, PROGRAM, made.record_id, "cora", seen_through=False)
    masters.now += timedelta(days=1)
    _, document = propose_pairs(masters)
    assert document.before == [(made.senior, "kofi", 1)]
    assert document.pairs[0][0] != made.senior


def test_who_is_erased_is_in_no_pairing_offer_or_term(masters: CommitteeRoom) -> None:
    trained(masters, "kofi")
    offer(masters, *MASTERS)
    draw, document = propose_bench(masters)
    with masters.sitting() as sitting:
        benches.confirm(sitting, PROGRAM, draw.draw_id, "cora", document.chosen)
    pair(masters)
    for who in (document.chosen[0], "kofi"):
        masters.erase(who)
    with masters.sitting() as sitting:
        tx = sitting.tx
        assert document.chosen[0] not in bench.offers(tx, PROGRAM)
        assert len(bench.terms(tx, PROGRAM)) == 3
        assert stored.of_program(tx, PROGRAM) == []

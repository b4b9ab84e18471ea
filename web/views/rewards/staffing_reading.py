"""Reads the bench and the pairings of a program."""

from events.instants import from_datetime
from governance.rewards import benches, entitled, pairings
from governance.rules.rewards import proposals
from governance.rules.rewards.bench import BenchRules
from governance.rules.rewards.pairing import PairingBounds
from governance.store import bench
from governance.store import pairings as stored
from governance.store.bench import BenchTerm, Offer
from governance.store.draws import Draw
from governance.store.pairings import Pairing
from web.views.committee.docket import Docket, NamedPeople, instant
from web.views.rewards.staffing import (
    BenchProposed,
    BenchSeat,
    BenchShown,
    PairingShown,
    PairingsProposed,
    PairingsShown,
    PairProposed,
)

_SIXTIETHS = 60


def of_bench(docket: Docket) -> BenchShown:
    """The bench, as far as who asks may know."""
    tx, program = docket.sitting.tx, docket.program
    rules = BenchRules.of(docket.rules.policy.governance)
    terms = bench.terms(tx, program)
    offers = bench.offers(tx, program)
    coordinates = docket.standing.reads_all
    draw = benches.proposal(docket.sitting, program) if coordinates else None
    document = None if draw is None else proposals.read_bench(draw.document or "")
    wanted = [each.participant for each in terms]
    known = docket.known(*wanted, *(document.chosen if document is not None else ()))
    me = docket.standing.participant
    mine = offers.get(me or "", Offer(program, me or ""))
    stages = docket.rules.policy.stages
    return BenchShown(
        seats=0 if rules is None else rules.seats,
        term_months=0 if rules is None else rules.term_months,
        may_offer=rules is not None
        and me is not None
        and bool(stages)
        and me
        in entitled.in_good_standing(
            docket.sitting, docket.rules, program, stages[-1].badge, docket.as_of
        ),
        offers=mine.bench,
        discipline=mine.discipline,
        terms=[_seat(docket, known, each) for each in terms],
        proposal=None if draw is None else of_bench_draw(docket, draw, known),
        offered=sum(each.bench for each in offers.values()) if coordinates else None,
    )


def of_bench_draw(docket: Docket, draw: Draw, known: NamedPeople | None = None) -> BenchProposed:
    """A proposal for the bench."""
    document = proposals.read_bench(draw.document or "")
    known = docket.known(*document.chosen) if known is None else known
    terms = {each.participant: each.terms for each in document.candidates}
    return BenchProposed(
        draw_id=draw.draw_id,
        starts_on=document.starts_on.isoformat(),
        ends_on=document.ends_on.isoformat(),
        seed=draw.seed,
        chosen=[known.person(who) for who in document.chosen],
        terms=[terms[who] for who in document.chosen],
        candidates=sum(not each.rests for each in document.candidates),
    )


def of_pairings(docket: Docket) -> PairingsShown:
    """The pairings, as far as who asks may know."""
    tx, program, me = docket.sitting.tx, docket.program, docket.standing.participant
    reads_all = docket.standing.reads_all
    every = [
        each
        for each in stored.of_program(tx, program)
        if reads_all or me in (each.senior, each.newcomer)
    ]
    draw = pairings.proposal(docket.sitting, program) if reads_all else None
    named = {who for each in every for who in (each.senior, each.newcomer)}
    known = docket.known(*named)
    return PairingsShown(
        pairings=[_pairing(known, each, me) for each in every],
        proposal=None if draw is None else of_pairing_draw(docket, draw),
        may_propose=docket.standing.coordinates,
        capacity=PairingBounds.capacity_of(docket.rules.policy.governance),
    )


def of_pairing_draw(docket: Docket, draw: Draw) -> PairingsProposed:
    """A proposal for pairings."""
    document = proposals.read_pairings(draw.document or "")
    since = {each.participant: each.since for each in document.newcomers}
    named = {who for pair in document.pairs for who in pair[:2]}
    known = docket.known(*named, *document.alone)
    return PairingsProposed(
        draw_id=draw.draw_id,
        seed=draw.seed,
        pairs=[
            PairProposed(
                senior=known.person(senior),
                newcomer=known.person(newcomer),
                waiting_since=since[newcomer],
                cost=f"{cost / _SIXTIETHS:.2f}",
            )
            for senior, newcomer, cost in document.pairs
        ],
        alone=[known.person(who) for who in document.alone],
    )


def _seat(docket: Docket, known: NamedPeople, term: BenchTerm) -> BenchSeat:
    over = term.served_at is not None or term.ends_on < docket.today
    return BenchSeat(
        person=known.person(term.participant),
        starts_on=term.starts_on.isoformat(),
        ends_on=term.ends_on.isoformat(),
        state="over" if over else "coming" if term.starts_on > docket.today else "running",
    )


def _pairing(known: NamedPeople, pairing: Pairing, me: str | None) -> PairingShown:
    return PairingShown(
        record_id=pairing.record_id,
        senior=known.person(pairing.senior),
        newcomer=known.person(pairing.newcomer),
        confirmed_at=from_datetime(pairing.confirmed_at),
        ended_at=instant(pairing.ended_at),
        seen_through=pairing.seen_through,
        as_senior=pairing.senior == me,
    )

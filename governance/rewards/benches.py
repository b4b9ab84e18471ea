"""The bench: people offer, a draw proposes, a coordinator confirms, and a term that is over is
recorded."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from directory import erased
from engine.rules.calendar import months_after
from events.instants import from_datetime
from events.schemas.stewardship_recorded import StewardshipRecorded
from governance import published
from governance.cases import rules_in_force
from governance.cases.moving import ITSELF
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.rewards import entitled, people_known
from governance.rewards.people_known import KnownPeople
from governance.rules import deadlines, ids
from governance.rules.rewards import lottery_document, proposals
from governance.rules.rewards.bench import BenchCandidate, BenchRules
from governance.rules.rewards.lottery_document import LotterySeed
from governance.rules.rewards.proposals import BenchSpan
from governance.store import beacons, bench, draws, log, outbox, people
from governance.store.bench import BenchTerm, Offer
from governance.store.draws import Draw
from governance.store.people import Officer, Role

_BENCH: frozenset[Role] = frozenset({"bench"})


def offer(sitting: Sitting, program: str, participant: str, given: Offer) -> None:
    """Write what somebody tells of themselves: whether they offer to sit, and their discipline.

    Raises:
        CaseRefused: not-allowed, as the discipline is longer than 80 characters.
    """
    discipline = (given.discipline or "").strip()
    if len(discipline) > 80:
        raise CaseRefused("not-allowed", "A discipline may have up to 80 characters.")
    written = Offer(program, participant, given.bench, discipline or None)
    bench.write_offer(sitting.tx, written, sitting.now)


def propose(sitting: Sitting, program: str, by: str) -> Draw:
    """Draw who sits next; the proposal that nobody confirmed yet, if there is one.

    Raises:
        CaseRefused: unknown-matter, as the policy has no bench; not-in-state, as all seats of the
            next term are confirmed.
        CatalogAltered, PolicyAltered
    """
    rules = rules_in_force.in_force(sitting, program)
    wanted = BenchRules.of(rules.policy.governance)
    if wanted is None:
        raise CaseRefused("unknown-matter", "The policy has no bench.")
    waiting = proposal(sitting, program)
    if waiting is not None:
        return waiting
    log.lock(sitting.tx)
    terms = bench.terms(sitting.tx, program)
    today = deadlines.day_of(rules.calendar, sitting.now)
    starts_on = _next_start(terms, wanted, today)
    ends_on = months_after(starts_on, wanted.term_months) - timedelta(days=1)
    seated = {each.participant for each in terms if each.starts_on == starts_on}
    free = wanted.seats - len(seated)
    if free <= 0:
        raise CaseRefused("not-in-state", "All seats of the next term are confirmed.")
    candidates = _candidates(sitting, rules, program, wanted, starts_on, terms)
    number = sum(
        each.about.startswith(starts_on.isoformat())
        for each in draws.of_program(sitting.tx, program, ["bench"])
    )
    about = starts_on.isoformat() + (f"/{number + 1}" if number else "")
    seed = LotterySeed(log.head(sitting.tx).head, beacons.of(sitting.tx, program, f"bench/{about}"))
    span = BenchSpan(program, about, starts_on, ends_on)
    document = proposals.of_bench(span, seed, replace(wanted, seats=free), candidates)
    return keep(sitting, program, by, document, "bench")


def keep(
    sitting: Sitting, program: str, by: str, document: dict[str, object], kind: draws.DrawKind
) -> Draw:
    """Keep a proposal as a draw that was held, and note it in the log."""
    text = lottery_document.canonical(document)
    entered = document["beacons"]
    assert isinstance(entered, list)
    draw = Draw(
        str(uuid4()), program, kind, str(document["about"]), str(document["head"]),
        tuple(entered), str(document["seed"]), lottery_document.digest(text), sitting.now,
        document=text,
    )  # fmt: skip
    draws.add(sitting.tx, draw)
    body = {
        "draw": kind, "draw_id": draw.draw_id, "about": draw.about, "head": draw.head,
        "seed": draw.seed, "document": draw.inputs,
    }  # fmt: skip
    log.note(sitting.tx, program, None, "draw.held", by, body, sitting.now)
    return draw


def proposal(sitting: Sitting, program: str) -> Draw | None:
    """The latest proposal, if nobody has confirmed it."""
    return latest(sitting, program, "bench")


def latest(sitting: Sitting, program: str, kind: draws.DrawKind) -> Draw | None:
    """The latest draw of a kind that can be confirmed and is not."""
    held = draws.of_program(sitting.tx, program, [kind], 1)
    if not held or held[0].document is None:
        return None
    confirmed = bench.confirmed(sitting.tx, program)
    return None if held[0].draw_id in confirmed else held[0]


def confirm(
    sitting: Sitting, program: str, draw_id: str, by: str, chosen: Collection[str]
) -> list[BenchTerm]:
    """Seat those of a proposal whom a coordinator confirms; the others keep their offer. They are
    asked as substitutes of the committee until the term ends.

    Raises:
        CaseRefused: unknown-matter, as there is no such proposal; too-late, as it is confirmed;
            not-allowed, as somebody is not of the proposal.
    """
    log.lock(sitting.tx)
    draw = draws.of(sitting.tx, program, draw_id)
    if draw is None or draw.kind != "bench" or draw.document is None:
        raise CaseRefused("unknown-matter", "There is no such proposal.")
    document = proposals.read_bench(draw.document)
    if not set(chosen) <= set(document.chosen):
        raise CaseRefused("not-allowed", "Somebody is not of the proposal.")
    if not bench.confirm(sitting.tx, draw_id, by, sitting.now):
        raise CaseRefused("too-late", "The proposal is confirmed already.")
    seated = [
        BenchTerm(str(uuid4()), program, who, document.starts_on, document.ends_on, draw_id)
        for who in sorted(set(chosen))
    ]
    for term in seated:
        bench.add_term(sitting.tx, term)
        _give_part(sitting, term, by)
    body = {
        "draw_id": draw_id, "starts_on": document.starts_on.isoformat(),
        "ends_on": document.ends_on.isoformat(), "seated": len(seated),
        "proposed": len(document.chosen),
    }  # fmt: skip
    log.note(sitting.tx, program, None, "bench.confirmed", by, body, sitting.now)
    return seated


def end_due(sitting: Sitting, program: str) -> int:
    """Record the terms that are over; gives how many. Who lost their part before the end has served
    none."""
    rules = rules_in_force.in_force(sitting, program)
    today = deadlines.day_of(rules.calendar, sitting.now)
    terms = bench.terms(sitting.tx, program)
    recorded = 0
    for term in terms:
        if term.served_at is not None or term.ends_on >= today:
            continue
        bench.serve(sitting.tx, term.record_id, sitting.now)
        officer = people.of(sitting.tx, program, term.participant)
        if officer is None or "bench" not in officer.roles:
            continue
        goes_on = any(
            other.participant == term.participant and other.starts_on > term.starts_on
            for other in terms
        )
        if not goes_on:
            left = replace(officer, roles=officer.roles - _BENCH)
            people.write(sitting.tx, left, ITSELF, sitting.now)
        if not erased.is_erased(sitting.tx, program, term.participant):
            steward(sitting, program, term.participant, term.record_id, "bench")
            recorded += 1
    return recorded


def steward(
    sitting: Sitting,
    program: str,
    participant: str,
    record_id: str,
    kind: str,
    about: str | None = None,
) -> None:
    """Publish that somebody took a share in running the program. Raises InvalidData."""
    fact = published.fact(
        program, participant, StewardshipRecorded.TYPE, record_id,
        {"record_id": record_id, "kind": kind, "about_id": about}, sitting.now,
        ids.stewardship_event_id(record_id),
    )  # fmt: skip
    outbox.put(sitting.tx, [fact], sitting.now)


def _next_start(terms: list[BenchTerm], wanted: BenchRules, today: date) -> date:
    """The first day of the next term: the one that begins later if it has free seats, else after
    the last that runs; without any, today."""
    ahead = [each for each in terms if each.ends_on >= today]
    if not ahead:
        return today
    last = max(each.starts_on for each in ahead)
    of_last = [each for each in ahead if each.starts_on == last]
    if len(of_last) < wanted.seats:
        return last
    return of_last[0].ends_on + timedelta(days=1)


def _candidates(
    sitting: Sitting,
    rules: CommitteeRules,
    program: str,
    wanted: BenchRules,
    starts_on: date,
    terms: list[BenchTerm],
) -> list[BenchCandidate]:
    """Everybody of the highest stage in good standing who offered and has no seat of that term."""
    stages = rules.policy.stages
    offered = {who for who, given in bench.offers(sitting.tx, program).items() if given.bench}
    if not stages or not offered:
        return []
    now = from_datetime(sitting.now)
    able = entitled.in_good_standing(sitting, rules, program, stages[-1].badge, now) & offered
    known = people_known.read(sitting, rules, program)
    seated = {each.participant for each in terms if each.starts_on == starts_on}
    since = months_after(starts_on, -wanted.rest_terms * wanted.term_months)
    return [
        _candidate(rules, known, who, since, [each for each in terms if each.participant == who])
        for who in sorted(able - seated)
        if known.is_there(who) and not erased.is_erased(sitting.tx, program, who)
    ]


def _candidate(
    rules: CommitteeRules, known: KnownPeople, who: str, since: date, terms: list[BenchTerm]
) -> BenchCandidate:
    """`since`: who sat on a day from then on rests. What the ledger has of terms before this bench
    was kept here counts by the day it was recorded."""
    ours = {each.record_id for each in terms}
    brought_in = [
        rules.calendar.day(fact.time)
        for fact in known.stewardship("bench")
        if fact.data["participant_id"] == who and fact.id not in ours
    ]
    last_days = [*(each.ends_on for each in terms), *brought_in]
    return BenchCandidate(who, len(last_days), any(day >= since for day in last_days))


def _give_part(sitting: Sitting, term: BenchTerm, by: str) -> None:
    known = people.of(sitting.tx, term.program, term.participant)
    officer = known or Officer(term.program, term.participant)
    until = officer.term_until if officer.roles else term.ends_on
    given = replace(officer, roles=officer.roles | _BENCH, term_until=until)
    people.write(sitting.tx, given, by, sitting.now)

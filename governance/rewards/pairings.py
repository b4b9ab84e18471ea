"""Pairings of experienced mentors with newcomers: a draw proposes, a coordinator confirms, and one
that saw the newcomer through their first cohort is recorded."""

from collections.abc import Collection
from itertools import permutations
from uuid import uuid4

from directory import erased
from engine.catalog.policy import Stage
from engine.rules.time_zones import zone, zone_names
from engine.store.awards import standing
from events.instants import Instant, from_datetime
from events.schemas.training_completed import TrainingCompleted
from governance import notices
from governance.cases import rules_in_force
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.rewards import benches, entitled, people_known
from governance.rewards.people_known import KnownPeople
from governance.rules import deadlines
from governance.rules.rewards import proposals
from governance.rules.rewards.lottery_document import LotterySeed
from governance.rules.rewards.pairing import Newcomer, PairingBounds, PairingPerson, Senior
from governance.store import beacons, bench, conflicts, draws, log, pairings, people
from governance.store.draws import Draw
from governance.store.pairings import Pairing


def propose(sitting: Sitting, program: str, by: str) -> Draw:
    """Propose who is paired with whom; the proposal that nobody confirmed yet, if there is one.

    Raises:
        CaseRefused: unknown-matter, as the policy pairs nobody.
        CatalogAltered, PolicyAltered
    """
    rules = rules_in_force.in_force(sitting, program)
    capacity = PairingBounds.capacity_of(rules.policy.governance)
    if capacity is None:
        raise CaseRefused("unknown-matter", "The policy pairs nobody.")
    waiting = proposal(sitting, program)
    if waiting is not None:
        return waiting
    log.lock(sitting.tx)
    today = deadlines.day_of(rules.calendar, sitting.now).isoformat()
    number = sum(
        each.about.startswith(today) for each in draws.of_program(sitting.tx, program, ["pairing"])
    )
    about = today + (f"/{number + 1}" if number else "")
    entered = beacons.of(sitting.tx, program, f"pairing/{about}")
    asked = _Asked(sitting, rules, program)
    document = proposals.of_pairings(
        program, about, LotterySeed(log.head(sitting.tx).head, entered),
        asked.newcomers(), asked.seniors(), asked.bounds(capacity),
    )  # fmt: skip
    return benches.keep(sitting, program, by, document, "pairing")


def proposal(sitting: Sitting, program: str) -> Draw | None:
    """The latest proposal, if nobody has confirmed it."""
    return benches.latest(sitting, program, "pairing")


def confirm(
    sitting: Sitting, program: str, draw_id: str, by: str, newcomers: Collection[str]
) -> list[Pairing]:
    """Pair those newcomers of a proposal whom a coordinator confirms; the others wait for the next
    one. Both of each pair are notified.

    Raises:
        CaseRefused: unknown-matter, as there is no such proposal; too-late, as it is confirmed;
            not-allowed, as somebody is not of the proposal.
    """
    log.lock(sitting.tx)
    draw = draws.of(sitting.tx, program, draw_id)
    if draw is None or draw.kind != "pairing" or draw.document is None:
        raise CaseRefused("unknown-matter", "There is no such proposal.")
    proposed = {new: senior for senior, new, _ in proposals.read_pairings(draw.document).pairs}
    if not set(newcomers) <= proposed.keys():
        raise CaseRefused("not-allowed", "Somebody is not of the proposal.")
    if not bench.confirm(sitting.tx, draw_id, by, sitting.now):
        raise CaseRefused("too-late", "The proposal is confirmed already.")
    made = [
        Pairing(str(uuid4()), program, proposed[who], who, draw_id, sitting.now)
        for who in sorted(set(newcomers))
    ]
    made = [each for each in made if pairings.add(sitting.tx, each)]
    for each in made:
        notices.notify_of(sitting, program, each.record_id, "pairing", [each.senior, each.newcomer])
    body = {"draw_id": draw_id, "paired": len(made), "proposed": len(proposed)}
    log.note(sitting.tx, program, None, "pairing.confirmed", by, body, sitting.now)
    return made


def end(sitting: Sitting, program: str, record_id: str, by: str, *, seen_through: bool) -> None:
    """End a pairing. `seen_through`: the newcomer's first cohort has ended, which is recorded of
    the senior.

    Raises:
        CaseRefused: unknown-matter, as no such pairing runs.
    """
    known = {each.record_id: each for each in pairings.of_program(sitting.tx, program)}
    pairing = known.get(record_id)
    if pairing is None or not pairings.end(
        sitting.tx, record_id, sitting.now, seen_through=seen_through
    ):
        raise CaseRefused("unknown-matter", "No such pairing runs.")
    if seen_through:
        benches.steward(sitting, program, pairing.senior, record_id, "pairing", pairing.newcomer)
    body = {"draw_id": pairing.draw_id, "ended": True, "seen_through": seen_through}
    log.note(sitting.tx, program, None, "pairing.confirmed", by, body, sitting.now)


class _Asked:
    """Who may be paired now."""

    def __init__(self, sitting: Sitting, rules: CommitteeRules, program: str) -> None:
        self._sitting = sitting
        self._rules = rules
        self._program = program
        self._known: KnownPeople = people_known.read(sitting, rules, program)
        self._pairings = pairings.of_program(sitting.tx, program)
        self._offers = bench.offers(sitting.tx, program)
        stages = rules.policy.stages
        self._decided: list[Stage] = [stage for stage in stages if stage.given is not None]
        self._by_rule: list[Stage] = [stage for stage in stages if stage.given is None]

    def seniors(self) -> list[Senior]:
        """Everybody with a stage that the committee gives, in good standing."""
        if not self._decided:
            return []
        able = entitled.in_good_standing(
            self._sitting, self._rules, self._program, self._decided[0].badge,
            from_datetime(self._sitting.now),
        )  # fmt: skip
        return [Senior(self._person(who), self._load(who)) for who in self._there(able)]

    def newcomers(self) -> list[Newcomer]:
        """Everybody who has a stage by its rule alone, or completed a training of mentors, and
        never had one that the committee gives; but for those who are paired, or were seen
        through. They wait since the first of it."""
        tx = self._sitting.engine.tx
        since: dict[str, Instant] = {}
        for award in standing.of_badges(tx, self._program, [one.badge for one in self._by_rule]):
            since[award.recipient] = min(since.get(award.recipient, award.time), award.time)
        for fact in self._known.facts:
            if fact.type == TrainingCompleted.TYPE:
                who = str(fact.data["participant_id"])
                since[who] = min(since.get(who, fact.time), fact.time)
        decided = [stage.badge for stage in self._decided]
        experienced = {award.recipient for award in standing.of_badges(tx, self._program, decided)}
        experienced |= {newcomer for _, newcomer in self._known.paired()}
        experienced |= {each.newcomer for each in self._pairings if each.runs or each.seen_through}
        waiting = self._there(since.keys() - experienced)
        return [Newcomer(self._person(who), since[who]) for who in waiting]

    def bounds(self, capacity: int) -> PairingBounds:
        """What is not up to the cost: capacity, and conflicts that people declared. A loop that two
        shared is none here."""
        before = self._known.paired()
        for each in self._pairings:
            if not each.runs and not each.seen_through:  # else the ledger has it, or will
                before[(each.senior, each.newcomer)] += 1
        return PairingBounds(capacity, dict(before), self._forbidden())

    def _forbidden(self) -> frozenset[tuple[str, str]]:
        asked = self._rules.policy.governance.get("conflict", {})
        tx = self._sitting.tx
        pairs = {
            pair
            for each in conflicts.all_of(tx, self._program)
            if each.why != "declared" or asked.get("declared", True)
            for pair in ((each.one, each.other), (each.other, each.one))
        }
        by_employer: dict[str, list[str]] = {}
        for officer in people.all_of(tx, self._program):
            if officer.employer and asked.get("same_employer", True):
                name = officer.employer.strip().casefold()
                by_employer.setdefault(name, []).append(officer.participant)
        for colleagues in by_employer.values():
            pairs |= set(permutations(colleagues, 2))
        return frozenset(pairs)

    def _there(self, everybody: Collection[str]) -> list[str]:
        return [
            who
            for who in sorted(everybody)
            if self._known.is_there(who)
            and not erased.is_erased(self._sitting.tx, self._program, who)
        ]

    def _load(self, who: str) -> int:
        return sum(each.runs and each.senior == who for each in self._pairings)

    def _person(self, who: str) -> PairingPerson:
        stated = self._offers.get(who)
        name = self._known.zones.get(who, self._rules.calendar.zone)
        known = name if name in zone_names() else self._rules.calendar.zone
        offset = self._sitting.now.astimezone(zone(known)).utcoffset()
        minutes = 0 if offset is None else int(offset.total_seconds()) // 60
        return PairingPerson(who, stated.discipline if stated is not None else None, minutes)

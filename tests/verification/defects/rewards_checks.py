"""What is looked at of rewards: R1 winners are the first by the seed, and rest afterwards · R2 who
is in good standing, to the instant · R3 the bench rotates · R4 pairings keep their bounds · R5 a
document that was changed shows.
"""

from collections.abc import Iterator

from engine.projections.loop_board import StandingAward
from engine.rules.calendar import Calendar
from events.instants import Instant
from governance.rules.rewards import bench, lottery, lottery_document, pairing
from governance.rules.rewards.bench import BenchCandidate, BenchRules
from governance.rules.rewards.cycles import RewardCycle
from governance.rules.rewards.lottery_document import LotterySeed, LotteryTerms
from governance.rules.rewards.pairing import Newcomer, PairingBounds, PairingPerson, Senior
from governance.rules.rewards.standing import Grace, holders
from tests.verification.checker.verdict import Violation

SCENARIO = "rewards"
_SEED = "5" * 64
_PEOPLE = frozenset("abcdefgh")
_BEGIN, _END = Instant("2024-05-10T10:00:00.000000Z"), Instant("2026-05-10T22:00:00.000000Z")


def violations() -> list[Violation]:
    """What is wrong; nothing without a defect."""
    return [
        *(Violation("R1", text) for text in _lotteries()),
        *(Violation("R2", text) for text in _standing()),
        *(Violation("R3", text) for text in _bench()),
        *(Violation("R4", text) for text in _pairings()),
        *(Violation("R5", text) for text in _documents()),
    ]


def _lotteries() -> Iterator[str]:
    first = lottery.winners(_SEED, _PEOPLE, (), 3)
    if sorted(first, key=lambda who: lottery.rank(_SEED, who)) != list(first):
        yield "the winners are not in the order of the draw"
    if len(first) != 3:
        yield f"{len(first)} win three places"
    if any(lottery.rank(_SEED, who) < lottery.rank(_SEED, first[-1]) for who in _PEOPLE - {*first}):
        yield "somebody comes before a winner and did not win"
    before = [str(each) for each in RewardCycle.parse("year", "2026").before(2)]
    if before != ["2025", "2024"]:
        yield f"the two cycles before 2026 are {before}"
    resting = lottery.at_rest({"2024": {"a"}, "2025": {"b"}}, before)
    if {"a", "b"} & set(lottery.winners(_SEED, _PEOPLE, resting, 8)):
        yield "somebody who rests wins"


def _standing() -> Iterator[str]:
    award = StandingAward("1", None, "a", "master", None, "d", _BEGIN, False, 1, _END)
    stages = ("proficient", "master")
    for at, badge, renewing, holds in (
        (_BEGIN, "master", False, True),
        (_END, "master", False, False),
        (_END, "master", True, True),
        (Instant("2026-08-08T22:00:00.000000Z"), "master", True, False),
        (_BEGIN, "proficient", False, True),
    ):
        grace = Grace(90, frozenset({("a", "master")}) if renewing else frozenset())
        calendar = Calendar("Europe/Berlin")
        if bool(holders(badge, stages, [award], at, calendar, grace)) is not holds:
            yield f"{badge} at {at} is {'not ' if holds else ''}held"


def _bench() -> Iterator[str]:
    served = [BenchCandidate(who, 1) for who in "abcd"]
    new = [BenchCandidate(who, 0) for who in "efg"]
    rests = [BenchCandidate("h", 0, rests=True)]
    seated = bench.chosen(_SEED, [*served, *new, *rests], BenchRules())
    if not {"e", "f", "g"} <= set(seated):
        yield "who served once sits before who never sat"
    if "h" in seated:
        yield "somebody who rests sits"


def _pairings() -> Iterator[str]:
    seniors = [Senior(PairingPerson("a")), Senior(PairingPerson("b"))]
    newcomers = [
        Newcomer(PairingPerson(f"n{n}"), Instant(f"2026-0{n + 1}-01T00:00:00.000000Z"))
        for n in range(6)
    ]
    bounds = PairingBounds(2, {}, frozenset({("a", "n0")}))
    pairs, alone = pairing.proposed(_SEED, newcomers, seniors, bounds)
    if any((pair.senior, pair.newcomer) == ("a", "n0") for pair in pairs):
        yield "two in conflict are paired"
    if max(sum(pair.senior == who for pair in pairs) for who in "ab") > 2:
        yield "somebody has more newcomers than there is room for"
    if alone != ["n4", "n5"]:
        yield f"{alone} stay without, and not those who wait shortest"


def _documents() -> Iterator[str]:
    terms = LotteryTerms("p", "grant", "year", "2026", _BEGIN, 2, 2, "0" * 64)
    drawn = lottery_document.drawn(terms, LotterySeed("f" * 64), _PEOPLE, {"a": ("2025",)})
    if faults := lottery_document.verify(lottery_document.canonical(drawn)):
        yield f"a lottery that was drawn by the rules has faults: {faults}"
    losers = sorted(_PEOPLE - {*drawn["winners"], "a"})
    for name, value in (
        ("winners", losers[:2]),
        ("head", "e" * 64),
        ("resting", {"a": ["2023"]}),
        ("resting", {"a": ["2025"], losers[0]: []}),
    ):
        if not lottery_document.verify(lottery_document.canonical({**drawn, name: value})):
            yield f"a document with other {name} passes"

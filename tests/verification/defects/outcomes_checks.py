"""What is looked at of outcomes: O1 gains are those of a naive reading · O2 warnings are those of a
naive reading · O3 nothing over fewer than five learners is shown · O4 retention is that of a naive
reading.
"""

from collections.abc import Iterator

from engine.queries.outcomes import gains, retention, warnings
from engine.queries.outcomes.recorded import gather
from engine.queries.outcomes.spread import shown, spread
from engine.queries.outcomes.warnings import OpenLoops, Watch
from engine.rules.calendar import Calendar
from tests.unit.outcomes import naive_outcomes as naive
from tests.unit.outcomes.work import MENTORS, assessed, at, random_year
from tests.verification.checker.verdict import Violation

SCENARIO = "outcomes"
_PORTFOLIO = frozenset({"portfolio"})
_NUMBERS = {"silent_days": 20, "late_in_a_row": 2, "flat_assessments": 2, "low_row": 1}
_ZONE = "Europe/Berlin"
_SEEDS = range(12)
_DAYS = (60, 100, 140, 180)
_GENTLE = [
    assessed(f"gentle-{number}", at(20 * number), "ida", (rated, 2, 2, 2, 2, 2), cohort="gentle",
             phase="interim", mentors=("pam",))
    for number, rated in enumerate((2, 2, 3))
]  # fmt: skip
"""A learner whose total stays the same, and then rises by one."""


def violations() -> list[Violation]:
    """What is wrong; nothing without a defect."""
    return [
        *(Violation("O1", text) for seed in _SEEDS for text in _gains(seed)),
        *(Violation("O2", text) for seed in _SEEDS for day in _DAYS for text in _warned(seed, day)),
        *(Violation("O3", text) for text in _few()),
        *(Violation("O4", text) for seed in _SEEDS for text in _retained(seed)),
    ]


def _gains(seed: int) -> Iterator[str]:
    facts = random_year(seed)
    read = gather(facts, _PORTFOLIO)
    for mentor in (None, *MENTORS):
        pairs = gains.pairs(read.assessments, mentor)
        if {(pair.cohort, pair.learner): pair.gain for pair in pairs} != naive.gains(facts, mentor):
            yield f"the gains of {mentor or 'everybody'} in year {seed}"


def _warned(seed: int, day: int) -> Iterator[str]:
    now, calendar = at(day), Calendar(_ZONE)
    facts = [fact for fact in (*random_year(seed), *_GENTLE) if fact.time <= now]
    read = gather(facts, _PORTFOLIO)
    standing = warnings.warnings(
        read, warnings.guided(read), OpenLoops(read, (), ()), Watch.of(_NUMBERS), calendar, now
    )
    seen = {(each.mentor, each.learner, each.kind, each.about) for each in standing}
    for mentor, _, kind, about in seen ^ naive.warnings(facts, now, _ZONE, _NUMBERS):
        yield f"{kind} of {mentor} on {about} in year {seed}, day {day}"


def _few() -> Iterator[str]:
    for n in range(8):
        values = [*range(n)]
        if (shown(values) is not None) != (n >= 5):
            yield f"what is usual over {n} learners"
        usual = spread(values)
        plain = None if usual is None else (usual.n, usual.low, usual.median, usual.high)
        if plain != naive.quartiles(values):
            yield f"the quartiles of {n} values"


def _retained(seed: int) -> Iterator[str]:
    facts = random_year(seed)
    active = retention.active(gather(facts, _PORTFOLIO).meetings, Calendar(_ZONE))
    later = {number + retention.YEAR: names for number, names in active.items()}
    for quarter in (1, 2, 3):
        number = 2026 * 4 + quarter - 1
        stayed = retention.retention(active | later, number)
        _, before = naive.retention(facts, _ZONE, 2026, quarter)
        if (stayed.stayed, stayed.of) != (before, before):
            yield f"who stays in quarter {quarter} after year {seed}"

"""Early warnings stand while what they are about is so, and for each fact behind them once."""

from hypothesis import given
from hypothesis import strategies as st

from engine.fact import Fact
from engine.queries.outcomes import warnings
from engine.queries.outcomes.recorded import gather
from engine.queries.outcomes.warnings import EarlyWarning, Guided, OpenLoops, Watch
from engine.rules.calendar import Calendar
from events.instants import Instant
from tests.support.examples import examples
from tests.unit.outcomes import naive_outcomes as naive
from tests.unit.outcomes.work import assessed, at, closed, done, met, random_year

PORTFOLIO = frozenset({"portfolio"})
NUMBERS = {"silent_days": 21, "late_in_a_row": 2, "flat_assessments": 2, "low_row": 1}
BERLIN = Calendar("Europe/Berlin")


def standing(
    facts: list[Fact], now: Instant, closed_loops: tuple[str, ...] = (), asked: tuple[str, ...] = ()
) -> list[EarlyWarning]:
    read = gather(facts, PORTFOLIO).until(now)
    loops = OpenLoops(read, closed_loops, asked)
    return warnings.warnings(
        read, warnings.guided(read), loops, Watch.of(NUMBERS), BERLIN, now
    )  # fmt: skip


def kinds(facts: list[Fact], now: Instant) -> list[tuple[str, str]]:
    return [(each.kind, each.about) for each in standing(facts, now)]


@examples(200)
@given(st.integers(0, 100_000), st.integers(20, 230))
def test_they_are_those_of_a_naive_reading(seed: int, day: int) -> None:
    facts, now = random_year(seed), at(day)
    known = [each for each in facts if each.time <= now]
    found = {(each.mentor, each.learner, each.kind, each.about) for each in standing(facts, now)}
    assert found == naive.warnings(known, now, BERLIN.zone, NUMBERS)


def test_silence_begins_after_21_days_and_not_before() -> None:
    facts = [closed("c", at(0), "2025-01-01"), met("m-1", at(0)), met("m-2", at(10))]
    assert kinds(facts, at(31)) == []
    assert kinds(facts, at(31, 13)) == [("silent", "m-2")]
    assert kinds([*facts, met("m-3", at(30))], at(31, 13)) == []


def test_a_meeting_with_another_mentor_breaks_no_silence() -> None:
    facts = [closed("c", at(0), "2025-01-01"), met("m-1", at(0)), met("m-2", at(30), mentor="nia")]
    assert kinds(facts, at(31)) == [("silent", "m-1")]


def test_two_late_in_a_row_go_by_the_day_they_were_due() -> None:
    first = closed("z-first", at(30), "2025-01-10", result="late")
    second = closed("a-second", at(25), "2025-01-20", result="missed")
    assert kinds([first, second], at(31)) == [("late", "z-first/a-second")]
    good = closed("good", at(5), "2025-01-21")
    assert kinds([first, second, good], at(31)) == []


def test_an_excused_one_is_no_delay() -> None:
    first = closed("one", at(10), "2025-01-10", result="late")
    second = closed("two", at(20), "2025-01-20", result="missed", cause="excused")
    assert kinds([first, second], at(31)) == []


def test_two_assessments_without_a_rise_need_one_before_them() -> None:
    low, high = (2, 2, 2, 2, 2, 2), (3, 2, 2, 2, 2, 2)
    flat = [assessed("a", at(0), rows=low), assessed("b", at(40), rows=low, phase="interim")]
    assert kinds(flat, at(81)) == []
    flat.append(assessed("c", at(80), rows=low, phase="interim"))
    assert kinds(flat, at(81)) == [("flat", "c")]
    risen = [*flat[:2], assessed("c", at(80), rows=high, phase="interim")]
    assert kinds(risen, at(81)) == []


def test_a_low_row_is_named_as_of_the_last_interim() -> None:
    facts = [assessed("b", at(0), rows=(1,) * 6), assessed(
        "i", at(40), rows=(2, 1, 3, 0, 2, 2), phase="interim",
    )]  # fmt: skip
    assert kinds(facts[:1], at(41)) == []
    (warning,) = standing(facts, at(41))
    assert (warning.kind, warning.names) == ("low", ("coherence", "mastery"))
    better = assessed("i-2", at(60), rows=(2, 2, 3, 2, 2, 2), phase="interim")
    assert kinds([*facts, better], at(61)) == []


def test_what_is_due_for_the_cohort_in_three_days_is_named_until_it_is_closed() -> None:
    facts = [
        closed("b-1", at(1), "2025-01-02", "ben", milestone="scope"),
        closed("a-1", at(1), "2025-01-02", milestone="scope"),
        closed("b-2", at(20), "2025-01-31", "ben", milestone="piece"),
    ]
    assert kinds(facts, at(26)) == []
    (warning,) = standing(facts, at(27))
    assert (warning.learner, warning.kind, warning.n) == ("ana", "due", 3)
    assert warning.about == "piece/2025-01-31"
    assert kinds(facts, at(31)) == []
    assert kinds([*facts, closed("a-2", at(26), "2025-01-31", milestone="piece")], at(27)) == []


def test_a_loop_that_is_over_warns_of_nothing() -> None:
    facts = [closed("c", at(0), "2025-01-01"), met("m", at(0))]
    assert [each.kind for each in standing(facts, at(50))] == ["silent"]
    assert standing(facts, at(50), closed_loops=("c1-ana",)) == []
    final = assessed("f", at(40), phase="final", rows=(2,) * 6)
    assert standing([*facts, final], at(50)) == []
    own = assessed("f", at(40), phase="final", rows=(2,) * 6, by="self")
    assert [each.kind for each in standing([*facts, own], at(50))] == ["silent"]


def test_a_loop_is_over_when_its_learner_completed_all_that_badges_ask_for() -> None:
    facts = [closed("c", at(0), "2025-01-01"), met("m", at(0)), done("d-1", at(1), "matched")]
    asked = ("matched", "levelling-up")
    assert [each.kind for each in standing(facts, at(50), asked=asked)] == ["silent"]
    assert standing([*facts, done("d-2", at(2), "levelling-up")], at(50), asked=asked) == []


def test_a_mentor_is_warned_of_nobody_elses_learners() -> None:
    facts = [
        closed("one", at(10), "2025-01-10", result="late", mentors=("nia",)),
        closed("two", at(20), "2025-01-20", result="late", mentors=("nia",)),
        closed("three", at(21), "2025-01-05", mentors=("mo",)),
    ]
    assert {each.mentor for each in standing(facts, at(31))} == {"nia"}


def test_whom_the_platform_describes_is_guided_and_without_numbers_nothing_is_watched() -> None:
    facts = gather([met("m", at(0))], PORTFOLIO)
    one = Guided("mo", "ana", "c1-ana")
    learners = warnings.guided(facts, [one])
    assert learners == [one]
    loops = OpenLoops(facts, (), ())
    found = warnings.warnings(facts, learners, loops, Watch.of(NUMBERS), BERLIN, at(30))
    assert [each.kind for each in found] == ["silent"]
    assert warnings.warnings(facts, learners, loops, Watch.of({}), BERLIN, at(30)) == []

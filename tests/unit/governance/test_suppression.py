"""What is withheld of a fairness report cannot be worked out from what is shown.

The proof is a second one: an integer program for each withheld count, over all that a reader knows
(totals, shown counts, that parts are at most their wholes), and all linear combinations of that.
"""

from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import null_space
from scipy.optimize import Bounds, LinearConstraint, milp

from governance.rules.fairness.funnel import PART_OF, STEPS, Counts
from governance.rules.fairness.suppression import SMALL, SuppressedTable
from tests.support.examples import examples

K = 5
NAMES = tuple(PART_OF)
Table = Mapping[str, Counts]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Counts of two to six groups, small ones often; parts are at most their wholes."""
    made: dict[str, Counts] = {}
    for number in range(draw(st.integers(2, 5))):
        counts: dict[str, int] = {}
        for name, whole in PART_OF.items():
            most = draw(st.sampled_from((3, 7, 15, 40))) if whole is None else counts[whole]
            least = 1 if whole is None else 0
            near = (least, most, max(most - 1, least), min(most, 1))
            counts[name] = draw(st.integers(least, most) | st.sampled_from(near))
        made[f"group-{number}"] = counts
    return made


def shown(table: Table, suppressed: SuppressedTable) -> dict[tuple[str, str], int]:
    """The counts that some share shows, by a naive reading of `is_shown`."""
    return {
        (group, name): table[group][name]
        for group, step in product(table, STEPS)
        if suppressed.is_shown(group, step)
        for name in (step.part, step.whole)
    }


def hidden(table: Table, suppressed: SuppressedTable) -> Iterator[tuple[str, str]]:
    """The counts that a reader looks for: parts of shares that are not shown, and wholes that are
    withheld; not those that totals say, nor parts of a shown whole of nobody."""
    seen = shown(table, suppressed)
    wanted = {
        (group, step.part)
        for group, step in product(table, STEPS)
        if not suppressed.is_shown(group, step)
    }
    for key in sorted((wanted | suppressed.withheld) - seen.keys()):
        if not suppressed.given_by_total(key[1]) and not _is_of_nobody(key, seen):
            yield key


def _is_of_nobody(key: tuple[str, str], seen: Mapping[tuple[str, str], int]) -> bool:
    whole = PART_OF[key[1]]
    return whole is not None and (
        seen.get((key[0], whole)) == 0 or _is_of_nobody((key[0], whole), seen)
    )


class CellReader:
    """Somebody who knows what is shown, and works with it."""

    def __init__(self, table: Table, known: Mapping[tuple[str, str], int]) -> None:
        self.keys = list(product(table, NAMES))
        self.column = {key: n for n, key in enumerate(self.keys)}
        equal: list[list[int]] = []
        values: list[int] = []
        for name in NAMES:
            equal.append([int(key[1] == name) for key in self.keys])
            values.append(sum(counts[name] for counts in table.values()))
        for key, value in known.items():
            equal.append([int(other == key) for other in self.keys])
            values.append(value)
        self.equal, self.values = np.array(equal), np.array(values)
        self.least = [int(name == "mentors") for _, name in self.keys]  # who is listed, is there
        self.orders = np.array([
            [(key == (group, whole)) - (key == (group, part)) for key in self.keys]
            for group in table
            for part, whole in PART_OF.items()
            if whole is not None
        ])  # fmt: skip

    def may_be_another(self, key: tuple[str, str], value: int) -> bool:
        """Whether a count could be more than it is, or less."""
        return any(self._end(key, sign) != value for sign in (-1, 1))

    def _end(self, key: tuple[str, str], sign: int) -> int:
        objective = np.zeros(len(self.keys))
        objective[self.column[key]] = sign
        solved = milp(
            objective,
            constraints=[
                LinearConstraint(self.equal, self.values, self.values),
                LinearConstraint(self.orders, 0, np.inf),
            ],
            integrality=np.ones(len(self.keys)),
            bounds=Bounds(self.least, np.inf),
            options={"presolve": False},  # it calls some tables impossible that are there
        )
        assert solved.success, solved.message
        return round(sign * float(solved.fun))

    def combined(self) -> set[tuple[str, str]]:
        """The counts that some linear combination of what is known is: those that are the same in
        every solution."""
        free = null_space(self.equal.astype(float))
        return {key for n, key in enumerate(self.keys) if not free.size or _is_zero(free[n])}


def _is_zero(row: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> bool:
    return bool(np.abs(row).max() < 1e-9)


@examples(40)
@given(tables())
def test_nothing_withheld_has_only_one_value_for_a_reader(table: Table) -> None:
    suppressed = SuppressedTable(table, K)
    reader = CellReader(table, shown(table, suppressed))
    for key in hidden(table, suppressed):
        assert reader.may_be_another(key, table[key[0]][key[1]]), key


@examples(100)
@given(tables())
def test_no_linear_combination_of_what_is_shown_is_withheld(table: Table) -> None:
    suppressed = SuppressedTable(table, K)
    reader = CellReader(table, shown(table, suppressed))
    assert reader.combined().isdisjoint(hidden(table, suppressed))


@examples(300)
@given(tables(), st.integers(3, 12))
def test_no_share_of_few_people_is_shown(table: Table, k: int) -> None:
    suppressed = SuppressedTable(table, k)
    for group, step in product(table, STEPS):
        part, whole = table[group][step.part], table[group][step.whole]
        if suppressed.is_shown(group, step):
            assert whole >= k
            assert part not in SMALL
            assert whole - part not in SMALL


@examples(100)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_groups_changes_nothing(table: Table, random: st.DataObject) -> None:
    names = list(table)
    random.shuffle(names)  # type: ignore[attr-defined]
    shuffled = {name: table[name] for name in names}
    assert SuppressedTable(shuffled, K).withheld == SuppressedTable(table, K).withheld


def _counts(**given: int) -> Counts:
    return dict.fromkeys(PART_OF, 0) | given


def test_one_withheld_share_takes_the_next_smallest_with_it() -> None:
    table = {
        "few": _counts(mentors=9, eligible=2),
        "some": _counts(mentors=10, eligible=5),
        "many": _counts(mentors=30, eligible=15),
    }
    withheld = SuppressedTable(table, K).withheld
    assert {group for group, name in withheld if name == "eligible"} == {"few", "some"}


def test_two_withheld_shares_that_can_only_be_nobody_take_a_third_with_them() -> None:
    table = {
        "one": _counts(mentors=3),
        "two": _counts(mentors=4),
        "some": _counts(mentors=10, eligible=5),
        "many": _counts(mentors=30, eligible=15),
    }
    suppressed = SuppressedTable(table, K)
    assert ("some", "eligible") in suppressed.withheld
    assert ("some", "mentors") not in suppressed.withheld
    assert ("many", "eligible") not in suppressed.withheld


def test_a_whole_that_another_share_shows_is_withheld_there_too() -> None:
    table = {
        "few": _counts(mentors=20, applied=2, granted=1),
        "some": _counts(mentors=20, applied=9, granted=6),
        "many": _counts(mentors=30, applied=20, granted=12),
    }
    suppressed = SuppressedTable(table, K)
    granted = next(step for step in STEPS if step.part == "granted")
    assert not suppressed.is_shown("few", granted)
    assert not suppressed.is_shown("some", granted)
    assert suppressed.is_shown("many", granted)


def test_a_group_that_can_have_nobody_hides_no_other() -> None:
    table = {
        "few": _counts(mentors=6, applied=3, declined=1),
        "none": _counts(mentors=5),
    }
    withheld = SuppressedTable(table, K).withheld
    assert {("few", "applied"), ("none", "applied")} <= withheld


def test_what_the_total_says_of_everybody_withholds_nothing_more() -> None:
    table = {"few": _counts(mentors=4), "many": _counts(mentors=30)}
    suppressed = SuppressedTable(table, K)
    assert suppressed.given_by_total("granted")
    assert ("many", "granted") in suppressed.withheld  # of nobody who applied


@pytest.mark.parametrize("groups", [1, 2, 3])
def test_groups_that_are_large_and_mixed_are_all_shown(groups: int) -> None:
    counts = dict.fromkeys(PART_OF, 5) | {"mentors": 60, "applied": 40, "eligible": 30}
    counts |= {"granted": 30, "due": 20, "renewed": 10, "declined": 10, "rewarded": 30}
    table = {f"group-{n}": counts for n in range(groups)}
    assert SuppressedTable(table, K).withheld == frozenset()

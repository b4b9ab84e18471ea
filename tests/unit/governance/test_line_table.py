"""Which line a group fails most: what is withheld of that could always be otherwise."""

from hypothesis import given
from hypothesis import strategies as st

from governance.rules.fairness.line_table import LinePerson, LineRow, line_table
from governance.rules.fairness.suppression import is_unsafe
from tests.support.examples import examples

K = 5
LINES = ("0", "1", "2")
PEOPLE = st.lists(
    st.builds(LinePerson, st.sampled_from("abc"), st.frozensets(st.sampled_from(LINES))),
    min_size=1,
    max_size=60,
)


def shown(rows: list[LineRow], people: list[LinePerson]) -> object:
    """All that a report has of lines, and how many of each group meet everything."""
    whole = {g: sum(p.group == g and not p.failed for p in people) for g in "abc"}
    return [(row.line, row.failed, sorted(row.by_group.items())) for row in rows], whole


@examples(300)
@given(PEOPLE)
def test_nothing_is_shown_of_few_people(people: list[LinePerson]) -> None:
    for row in line_table(people, LINES, K):
        for group, failed in row.by_group.items():
            theirs = [person for person in people if person.group == group]
            really = sum(row.line in person.failed for person in theirs)
            assert failed in (None, really)
            assert failed is None or not is_unsafe(really, len(theirs), K)


@examples(300)
@given(PEOPLE)
def test_other_people_would_show_the_same(people: list[LinePerson]) -> None:
    """For each withheld count of a row that shows some: exchanging whether two people meet the line
    changes the count, and nothing of the table or of who meets everything."""
    rows = line_table(people, LINES, K)
    before = shown(rows, people)
    for row in rows:
        if row.failed in (0, len(people)) or None not in row.by_group.values():
            continue
        hidden = [group for group, failed in row.by_group.items() if failed is None]
        if len(hidden) == len(row.by_group):
            continue
        for group in hidden:
            assert any(
                _same(rows, before, exchanged)
                for exchanged in _exchanges(people, row.line, group, hidden)
            ), (row, group)


def _exchanges(
    people: list[LinePerson], line: str, group: str, hidden: list[str]
) -> list[list[LinePerson]]:
    found = []
    for n, one in enumerate(people):
        for m, other in enumerate(people):
            differ = (line in one.failed) != (line in other.failed)
            if one.group == group and other.group in hidden and other.group != group and differ:
                changed = list(people)
                changed[n] = LinePerson(one.group, one.failed ^ {line})
                changed[m] = LinePerson(other.group, other.failed ^ {line})
                found.append(changed)
    return found


def _same(rows: list[LineRow], before: object, people: list[LinePerson]) -> bool:
    """Whether these people would give the same shown numbers in the same places."""
    after = []
    for row in rows:
        by_group = {
            group: None
            if failed is None
            else sum(p.group == group and row.line in p.failed for p in people)
            for group, failed in row.by_group.items()
        }
        after.append(LineRow(row.line, sum(row.line in p.failed for p in people), by_group))
    return shown(after, people) == before


def test_a_group_whose_size_is_withheld_shows_no_line() -> None:
    people = [LinePerson(group, frozenset("01")) for group in "a" * 8 + "b" * 8 + "c" * 8]
    people += [LinePerson(group, frozenset("12")) for group in "a" * 8 + "b" * 8 + "c" * 8]
    (first, *_) = line_table(people, LINES, K, {"a"})
    assert first.by_group == {"a": None, "b": None, "c": 8}

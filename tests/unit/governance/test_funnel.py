"""The funnel: nobody counts in a part without its whole, and groups add up to everybody."""

from hypothesis import given
from hypothesis import strategies as st

from governance.rules.fairness.funnel import PART_OF, FunnelPerson, counted, reached
from tests.support.examples import examples

NAMED = st.frozensets(st.sampled_from(sorted(PART_OF)))
PEOPLE = st.lists(
    st.builds(
        lambda named, group: FunnelPerson(reached(named), {"track": group}),
        NAMED,
        st.sampled_from(("introductory", "advanced", "not-known")),
    )
)


@given(NAMED)
def test_a_count_has_nobody_who_is_not_in_its_whole(named: frozenset[str]) -> None:
    found = reached(named)
    assert "mentors" in found
    assert found <= named | {"mentors"}
    for name in found:
        whole = PART_OF[name]
        assert whole is None or whole in found


@examples(100)
@given(PEOPLE)
def test_the_counts_are_those_of_a_naive_reading(people: list[FunnelPerson]) -> None:
    by_group = counted(people, "track")
    for group, counts in by_group.items():
        for name in PART_OF:
            there = [p for p in people if p.groups["track"] == group and name in p.reached]
            assert counts[name] == len(there)


@examples(100)
@given(PEOPLE)
def test_groups_add_up_to_everybody(people: list[FunnelPerson]) -> None:
    by_group = counted(people, "track")
    everybody = counted(people).get("", dict.fromkeys(PART_OF, 0))
    for name in PART_OF:
        assert everybody[name] == sum(counts[name] for counts in by_group.values())

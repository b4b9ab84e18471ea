"""What differs between two policies, and between two versions of a rubric."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.catalog import loader
from engine.catalog.policy import Policy, Rubric
from engine.rules.criteria.all_of import AllOf
from governance.rules.policies import differences
from governance.rules.policies.differences import PolicyDifference, RubricDifference

TEXT = loader.find("recognition").text
POLICY = loader.find("recognition").policy


def changed(old: str, new: str) -> Policy:
    """The policy of the example with a text of it replaced, once."""
    assert TEXT.count(old) == 1, TEXT.count(old)
    return loader.parse(TEXT.replace(old, new)).policy


def test_a_policy_does_not_differ_from_itself() -> None:
    assert differences.of_policies(POLICY, POLICY) == []


def test_another_threshold_is_one_line_in_words() -> None:
    other = changed("value: 4\n            sample: 6", "value: 5\n            sample: 6")
    assert differences.of_policies(POLICY, other) == [
        PolicyDifference(
            ("stages", "master-mentor", "given"),
            "portfolio_gain at least 4 over at least 6",
            "portfolio_gain at least 5 over at least 6",
        )
    ]


def test_a_line_that_is_new_and_one_that_is_gone_stand_alone() -> None:
    first, master = POLICY.stages[1], POLICY.stages[2]
    assert isinstance(master.given, AllOf)
    fewer = replace(master, given=AllOf(master.given.parts[1:]))
    other = replace(POLICY, stages=(POLICY.stages[0], first, fewer))
    path, words = ("stages", "master-mentor", "given"), master.given.parts[0].words()
    assert differences.of_policies(POLICY, other) == [PolicyDifference(path, words, None)]
    assert differences.of_policies(other, POLICY) == [PolicyDifference(path, None, words)]


def test_another_number_of_governance_is_one_place() -> None:
    other = changed("settle_hours: 72", "settle_hours: 48")
    assert differences.of_policies(POLICY, other) == [
        PolicyDifference(("governance", "settle_hours"), 72, 48)
    ]


def test_another_order_of_stages_is_a_difference() -> None:
    other = replace(POLICY, stages=POLICY.stages[::-1])
    (one,) = differences.of_policies(POLICY, other)
    assert one.path == ("stages",)


def test_a_stage_that_is_gone_and_one_that_is_new_are_whole() -> None:
    first, *others = POLICY.stages
    renamed = replace(POLICY, stages=(replace(first, name="beginner"), *others))
    places = {one.path: (one.before, one.after) for one in differences.of_policies(POLICY, renamed)}
    assert places == {
        ("stages", "beginner"): (None, first.canonical()),
        ("stages", "apprentice-mentor"): (first.canonical(), None),
    }


JSON = st.recursive(
    st.integers(0, 3) | st.sampled_from("ab"),
    lambda inner: st.dictionaries(st.sampled_from("xyz"), inner, min_size=1, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from("pqr"), JSON), st.dictionaries(st.sampled_from("pqr"), JSON))
def test_the_differences_lead_from_one_policy_to_the_other(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    one, other = Policy(governance=before), Policy(governance=after)
    made: Any = dict(before)
    for each in differences.of_policies(one, other):
        assert each.path[0] == "governance"
        made = _with(made, each.path[1:], each.after)
    assert made == after


def _with(value: Any, path: tuple[str, ...], after: Any) -> Any:
    if not path:
        return after
    key, *rest = path
    inner = _with(value.get(key), tuple(rest), after)
    return {k: v for k, v in {**value, key: inner}.items() if v is not None}


def rubric(version: int, **rows: tuple[str, ...]) -> Rubric:
    return Rubric("practice", version, "an hour", "a panel", None, tuple(rows.items()))


def test_versions_of_a_rubric_differ_row_by_row() -> None:
    before = rubric(1, care=("a", "b", "c", "d", "e"), pace=("a", "b", "c", "d", "e"))
    after = rubric(2, care=("a", "b", "C", "d", "e"), growth=("a", "b", "c", "d", "e"))
    assert differences.of_rubrics(before, replace(after, of="two hours")) == [
        RubricDifference("", None, "an hour", "two hours"),
        RubricDifference("care", 2, "c", "C"),
        RubricDifference("growth", None, None, "growth"),
        RubricDifference("pace", None, "pace", None),
    ]
    assert differences.of_rubrics(before, before) == []

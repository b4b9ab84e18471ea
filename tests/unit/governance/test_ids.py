"""Ids of what a case publishes follow from the case: published again, they are the same."""

from governance.rules import ids

CASE = "0b5b0c1e-7d9e-4f3a-9f0a-3d1d6d1c2b11"


def test_ids_never_change() -> None:
    assert ids.decision_id(CASE) == "735dccad-d865-50c2-8581-1c121bfa0201"


def test_everything_that_a_case_publishes_has_an_id_of_its_own() -> None:
    names = [
        ids.decision_id(CASE),
        ids.decision_event_id(CASE),
        ids.retraction_event_id(CASE, "a", "b"),
        ids.retraction_event_id(CASE, "a", "c"),
        ids.retraction_event_id(CASE, "ab", "b"),
        ids.case_after_appeal(CASE),
        ids.appeal_case(CASE),
        ids.decision_id(CASE[:-1] + "2"),
    ]
    assert len(set(names)) == len(names)

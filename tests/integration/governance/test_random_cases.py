"""Whatever is done to cases, by whom and when ever: what was decided was decided as it must be."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from governance.rules.states import Outcome
from tests.integration.governance.case_story import (
    MATTERS,
    OUTCOMES,
    PEOPLE,
    CaseDeed,
    CaseStory,
)
from tests.integration.governance.emptied import empty
from tests.integration.governance.lodge import SUBJECT, Lodge
from tests.support.examples import examples

VERBS = (
    "apply", "acknowledge", "go_on", "withdraw", "answer", "appeal", "recuse", "open", "sign",
    "decide", "contest", "conflict", "wait", "process", "deliver", "fact", "retract",
)  # fmt: skip


def steps() -> st.SearchStrategy[CaseDeed]:
    return st.builds(
        CaseDeed,
        st.sampled_from((*VERBS, "apply", "go_on", "wait", "process", "decide", "decide")),
        st.sampled_from((SUBJECT, *PEOPLE)),
        st.integers(0, 3),
        st.sampled_from(("senior", *MATTERS)),
        st.sampled_from(("granted", "declined", *OUTCOMES)),
        st.sampled_from((1, 2, 5, 73, 73, 120, 300, 800)),
    )


def _decided(outcome: Outcome) -> list[CaseDeed]:
    """A case from its application to a decision that the engine has."""
    return [
        CaseDeed("apply", SUBJECT), CaseDeed("acknowledge", "cora"), CaseDeed("go_on", SUBJECT),
        CaseDeed("wait", "", hours=73), CaseDeed("process", ""),
        CaseDeed("decide", "", outcome=outcome), CaseDeed("deliver", ""),
    ]  # fmt: skip


_APPEALED = [
    *_decided("declined"), CaseDeed("appeal", SUBJECT), CaseDeed("decide", "", 0, outcome="upheld"),
    CaseDeed("decide", "", 1, outcome="upheld"), CaseDeed("process", ""),
    CaseDeed("go_on", SUBJECT, 0), CaseDeed("go_on", SUBJECT, 1), CaseDeed("go_on", SUBJECT, 2),
    CaseDeed("wait", "", hours=73), CaseDeed("process", ""),
    *(CaseDeed("decide", "", which, outcome="declined") for which in range(3)),
]  # fmt: skip
_CONTESTED = [
    *_decided("granted"), CaseDeed("retract", "", 2),
    CaseDeed("contest", "", 0), CaseDeed("answer", SUBJECT, 0), CaseDeed("answer", SUBJECT, 1),
    CaseDeed("wait", "", hours=73), CaseDeed("process", ""),
    *(CaseDeed("decide", "", which, outcome="retracted") for which in range(2)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("played", "ends"),
    [
        (_decided("granted"), {"decided"}),
        (_APPEALED, {"settled", "decided"}),
        (_CONTESTED, {"decided"}),
    ],
    ids=["granted", "appealed", "contested"],
)
def test_the_stories_that_random_ones_grow_from_end(
    lodge: Lodge, played: list[CaseDeed], ends: set[str]
) -> None:
    """Else nothing would show that anything is ever decided."""
    story = CaseStory(lodge)
    lodge.ready()
    if played is _APPEALED:
        lodge.retract("review.submitted", "panel-1")
    for step in played:
        story.do(step)
    assert set(story.check()) == ends


@given(
    st.sampled_from(([], _decided("granted"), _decided("declined"), _APPEALED, _CONTESTED)),
    st.lists(steps(), min_size=8, max_size=30),
    st.integers(0, 8),
)
@example(_APPEALED, [CaseDeed("decide", "", n % 4, outcome="declined") for n in range(8)], 3)
@examples(4)
def test_whatever_is_done_cases_are_decided_as_they_must_be(
    shared_lodge: Lodge, begun: list[CaseDeed], drawn: list[CaseDeed], at: int
) -> None:
    """`drawn` happens in the middle of a story, after its step `at`."""
    empty(shared_lodge)
    story = CaseStory(shared_lodge)
    shared_lodge.ready()
    for step in (*begun[:at], *drawn, *begun[at:]):
        story.do(step)
    story.check()

"""What a policy may say but hardly means."""

import pytest

from engine.catalog.loader import find, parse
from engine.catalog.warnings import warnings
from tests.unit.catalog.policy_text import POLICY_TEXT

SHIPPED = find("recognition").text


def warned_of(text: str) -> list[str]:
    return [sentence for sentence in warnings(parse(text)) if "mentorloop" not in sentence]


def test_the_shipped_program_is_warned_of_nothing() -> None:
    assert warned_of(SHIPPED) == []


def test_an_indicator_that_nothing_asks_for_is_named() -> None:
    text = POLICY_TEXT.replace("        - at_least: {raters: 2}\n", "")
    assert "indicator `raters` is used by no stage or reward" in warned_of(text)
    assert "indicator" not in " ".join(warned_of(POLICY_TEXT))


@pytest.mark.parametrize(("approvers", "words"), [(2, None), (3, "awarded by decisions of 2")])
def test_a_badge_awarded_by_fewer_than_the_stage_asks_is_named(
    approvers: int, words: str | None
) -> None:
    named = warned_of(
        SHIPPED.replace("approvers: 2\n    given", f"approvers: {approvers}\n    given")
    )
    assert [words in sentence for sentence in named if words] == ([True, True] if words else [])


def test_a_badge_that_no_decision_of_so_many_awards_is_named() -> None:
    named = warned_of(SHIPPED.replace("approvers: 2\n    given", "approvers: 1\n    given"))
    assert all("does not award its badge" in sentence for sentence in named)
    assert len(named) == 2


def test_a_mean_that_no_facts_have_is_named() -> None:
    text = POLICY_TEXT.replace("{value: 3.5, sample: 3}", "{value: 5.1, sample: 3}")
    [named] = [sentence for sentence in warned_of(text) if "rating" in sentence]
    assert named.endswith("but a mean of it is at most 5")
    edge = POLICY_TEXT.replace("{value: 3.5, sample: 3}", "{value: 5, sample: 3}")
    assert not [sentence for sentence in warned_of(edge) if "at most" in sentence]

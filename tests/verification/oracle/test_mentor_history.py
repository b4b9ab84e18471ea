"""Two years of one mentor: every figure that the shipped catalog `recognition` gives of them."""

from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from tests.verification.oracle.any_catalog import answer_under
from tests.verification.oracle.catalog_text import SHIPPED, NaiveCatalog, read_catalog
from tests.verification.oracle.eligibility import eligible_under
from tests.verification.oracle.mentor_history import (
    MENTOR,
    mentor_history,
    nine_reviews_of_nothing,
    retractions_of_finals,
)
from tests.verification.oracle.wire_values import instant

NOW = datetime(2026, 11, 1, tzinfo=UTC)
FIRST = "2025-04-03T12:00:00Z"
SECOND = "2026-05-05T12:00:00Z"

Json = dict[str, Any]


@pytest.fixture(scope="module")
def recognition() -> NaiveCatalog:
    return read_catalog((SHIPPED / "recognition.yaml").read_text(encoding="utf-8"))


def asked(catalog: NaiveCatalog, lines: list[bytes], as_of: str, stage: str) -> Json:
    """The one line of the mentor for a stage."""
    (line,) = (
        line
        for line in eligible_under(catalog, lines, NOW, instant(as_of))
        if (line["participant_id"], line["stage"]) == (MENTOR, stage)
    )
    return line


def leaves(node: Json) -> dict[str, Json]:
    """The lines of a checklist, by what they are of."""
    found = {node["of"]: node} if "of" in node else {}
    for part in node.get("parts", []):
        found |= leaves(part)
    return found


def shown(node: Json) -> tuple[Any, ...]:
    return (node["have"], node["sample"])


def test_after_seven_months_the_mentor_is_ready_for_the_first_stage(
    recognition: NaiveCatalog,
) -> None:
    line = asked(recognition, mentor_history(), FIRST, "proficient-mentor")
    found = leaves(line["root"])
    assert line["met"]
    assert shown(found["portfolio_gain"]) == ("3.666667", 3)
    assert shown(found["kept_checkpoints"]) == ("0.950000", 20)
    assert shown(found["practical_score"]) == ("2.666667", 3)
    assert shown(found["practice_score"]) == ("3.000000", 3)
    assert shown(found["active_quarters"]) == ("3.000000", None)
    assert shown(found["credits"]) == (found["credits"]["need"], None) == ("10.000000", None)
    assert len(line["root"]["parts"]) == 13


def test_after_twenty_months_for_the_second(recognition: NaiveCatalog) -> None:
    line = asked(recognition, mentor_history(), SECOND, "master-mentor")
    found = leaves(line["root"])
    assert line["met"]
    assert shown(found["portfolio_gain"]) == ("4.285714", 7)
    assert shown(found["practice_score"]) == ("3.222217", 6)
    assert shown(found["practice_panels"]) == ("2.000000", None)
    assert shown(found["kept_checkpoints"]) == ("0.976190", 42)
    assert shown(found["timely_milestones"]) == ("0.976190", 42)
    assert shown(found["active_quarters"]) == ("7.000000", None)
    assert shown(found["credits"]) == (found["credits"]["need"], None) == ("30.000000", None)
    assert found["proficient-mentor"]["until"] == "2028-04-08T22:00:00.000000Z"
    assert len(line["root"]["parts"]) == 25


def test_the_decisions_are_awards_for_so_long_and_no_order_changes_anything(
    recognition: NaiveCatalog,
) -> None:
    lines = mentor_history()
    awards = answer_under(recognition, lines, NOW).awards
    stages = {
        award["badge"]: (award["awarded_at"], award["valid_until"])
        for award in awards
        if "valid_until" in award
    }
    assert stages == {
        "proficient-mentor": ("2025-04-08T09:00:00.000000Z", "2028-04-08T22:00:00.000000Z"),
        "master-mentor": ("2026-05-12T09:00:00.000000Z", "2028-05-12T22:00:00.000000Z"),
    }
    shuffled = Random(7).sample(lines, len(lines))
    assert answer_under(recognition, shuffled, NOW).awards == awards
    line = asked(recognition, lines, SECOND, "master-mentor")
    assert asked(recognition, shuffled, SECOND, "master-mentor") == line


@pytest.mark.parametrize(("retracted", "pairs", "met"), [(1, 6, True), (2, 5, False)])
def test_a_retracted_final_takes_a_pair(
    recognition: NaiveCatalog, retracted: int, pairs: int, met: bool
) -> None:
    lines = [*mentor_history(), *retractions_of_finals(retracted)]
    line = asked(recognition, lines, SECOND, "master-mentor")
    assert line["met"] is met
    gain = leaves(line["root"])["portfolio_gain"]
    assert (gain["sample"], gain["met"]) == (pairs, met)
    held = {award["badge"] for award in answer_under(recognition, lines, NOW).awards}
    assert "master-mentor" in held


def test_nine_later_reviews_of_nothing_change_nothing_earlier(recognition: NaiveCatalog) -> None:
    lines = [*mentor_history(), *nine_reviews_of_nothing()]
    for as_of, stage in ((FIRST, "proficient-mentor"), (SECOND, "master-mentor")):
        assert asked(recognition, lines, as_of, stage) == asked(
            recognition, mentor_history(), as_of, stage
        )
    later = asked(recognition, lines, "2026-07-01T00:00:00Z", "master-mentor")
    assert leaves(later["root"])["practice_score"]["have"] == "1.288887"

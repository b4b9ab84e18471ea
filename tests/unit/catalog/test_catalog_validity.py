"""`valid_for`: read, refused with its line, part of what decides, and said in words."""

import pytest
import yaml
from jsonschema import Draft202012Validator

from engine.catalog.differences import differences
from engine.catalog.loader import CatalogError, parse
from engine.catalog.schema import schema
from engine.queries import wording
from tests.support.given import MENTORLOOP
from tests.support.licences import LICENCES, LICENCES_TEXT, licences_for

VALID = "    valid_for: {months: 24}"
LINE = LICENCES_TEXT.splitlines().index(VALID) + 1
SHAPE = Draft202012Validator(schema())


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(CatalogError) as error:
        parse(text)
    return [(fault.line, fault.message) for fault in error.value.faults]


@pytest.mark.parametrize("months", [1, 24, 1200])
def test_months_are_read(months: int) -> None:
    catalog = licences_for(months)
    assert catalog.badge["licence"].valid_for == months
    assert catalog.badge["note"].valid_for is None
    assert SHAPE.is_valid(yaml.safe_load(catalog.text))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("{months: 0}", "valid_for of `licence`: months must be a whole number from 1 to 1,200"),
        ("{months: 1201}", "months must be a whole number from 1 to 1,200"),
        ("{months: -3}", "months must be a whole number from 1 to 1,200"),
        ("{months: 1.5}", "months must be a whole number from 1 to 1,200"),
        ("{months: true}", "months must be a whole number from 1 to 1,200"),
        ("{months: '24'}", "months must be a whole number from 1 to 1,200"),
        ("{}", "valid_for of `licence` lacks `months`"),
        ("{years: 2}", "valid_for of `licence` has no `years`"),
        ("24", "valid_for of `licence` must be a mapping"),
    ],
)
def test_anything_else_is_a_fault_with_its_line(given: str, words: str) -> None:
    text = LICENCES_TEXT.replace("{months: 24}", given)
    found = faults(text)
    assert {line for line, _ in found} == {LINE}
    assert any(words in message for _, message in found)
    assert not SHAPE.is_valid(yaml.safe_load(text))


@pytest.mark.parametrize("rule", ["criterion", "levels"])
def test_only_a_repeatable_badge_can_end(rule: str) -> None:
    written = {"criterion": "criterion: {at_least", "levels": "levels: {a: {at_least"}[rule]
    closing = {"criterion": "", "levels": "}"}[rule]
    text = LICENCES_TEXT.replace(
        "    criterion: {at_least: {milestones: 2}}",
        f"    {written}: {{milestones: 2}}}}{closing}\n    valid_for: {{months: 3}}",
    )
    line = text.splitlines().index("    valid_for: {months: 3}") + 1
    [(where, message)] = faults(text)
    assert where == line
    assert message.startswith("badge `busy` is not repeatable, so it is held without end")
    assert not SHAPE.is_valid(yaml.safe_load(text))


def test_it_is_part_of_what_decides_where_it_is_written_and_nowhere_else() -> None:
    digests = {licences_for(months).digest for months in (None, 24, 36)}
    assert len(digests) == 3
    decides = LICENCES.canonical()["badges"]
    assert decides["licence"]["valid_for"] == {"months": 24}
    assert "valid_for" not in decides["note"]
    assert "valid_for" not in MENTORLOOP.canonical_text
    # As it was before badges could end.
    assert MENTORLOOP.digest == "2ad23ed750405e64b81e7610173b75bf6dfe23ec9e97fd048a6ea9849934518e"


@pytest.mark.parametrize(
    ("one", "other", "line"),
    [
        (24, 36, "licence: valid for 36 months, was valid for 24 months"),
        (None, 1, "licence: valid for 1 month, was valid without end"),
        (1200, None, "licence: valid without end, was valid for 1,200 months"),
    ],
)
def test_what_differs_is_said_in_words(one: int | None, other: int | None, line: str) -> None:
    assert differences(licences_for(one), licences_for(other)) == [line]


def test_a_catalog_shows_how_long_a_badge_is_valid() -> None:
    [(_, words)] = wording.criteria(LICENCES.badge["licence"])
    assert words.endswith("for its participant_id, valid for 24 months")
    [(_, words)] = wording.criteria(LICENCES.badge["note"])
    assert words.endswith("for its participant_id")

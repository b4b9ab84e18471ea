"""Every example in docs/catalogs.md is one that the loader reads."""

import re
import textwrap

import pytest
import yaml

from engine.catalog import loader, policy_source
from engine.rules import aggregates, criteria, effects
from engine.rules.conditions import fact_time
from engine.rules.conditions.field_value import TESTS
from tests.project.docs.markdown import marked, read

PAGE = "docs/catalogs.md"
_ONE_BADGE = "any: {name: Any, description: Any, criterion: {at_least: {surveys_answered: 1}}}"


def _indented(texts: list[str]) -> str:
    return textwrap.indent("".join(texts), "  ")


def _with(badges: list[str], more: str = "") -> str:
    measures = _indented(marked(PAGE, "measures"))
    return f"catalog: page\nversion: 1\nmeasures:\n{measures}badges:\n{_indented(badges)}{more}"


@pytest.mark.parametrize("text", marked(PAGE, "catalog"))
def test_a_whole_catalog_is_one(text: str) -> None:
    assert loader.parse(text).badges


def test_the_measures_are_measures() -> None:
    catalog = loader.parse(_with([f"{_ONE_BADGE}\n"]))
    assert len(catalog.measures) >= 6


@pytest.mark.parametrize("badge", marked(PAGE, "badges"), ids=lambda text: text.split(":")[0])
def test_a_badge_is_one_over_the_measures_of_the_page(badge: str) -> None:
    catalog = loader.parse(_with([badge]))
    assert [shown.name for shown in catalog.badges] == list(yaml.safe_load(badge))


def test_the_effects_are_effects() -> None:
    more = f"effects:\n{_indented(marked(PAGE, 'effects'))}"
    assert loader.parse(_with([f"{_ONE_BADGE}\n"], more)).effects


def test_the_calendar_is_the_one_of_a_catalog_without_one() -> None:
    (calendar,) = marked(PAGE, "calendar")
    given = loader.parse(_with([f"{_ONE_BADGE}\n"], calendar))
    assert given.digest == loader.parse(_with([f"{_ONE_BADGE}\n"])).digest


def test_a_badge_of_the_contributors_page_fits_into_the_catalog_that_ships() -> None:
    shipped = loader.find("mentorloop")
    (badge,) = marked("CONTRIBUTING.md", "badges-of-mentorloop")
    text = shipped.text.replace("\neffects:", f"\n{_indented([badge])}\neffects:")
    assert len(loader.parse(text).badges) == len(shipped.badges) + 1


def test_the_page_explains_every_kind_there_is() -> None:
    text = read(PAGE)
    for kind in [
        *aggregates.KINDS,
        *aggregates.JUDGED,
        *criteria.KINDS,
        *criteria.AS_OF,
        *policy_source.KEYS,
        *effects.KINDS,
        *TESTS,
        "size",
        *fact_time.TESTS,
    ]:
        assert re.search(rf"`{kind}\b", text), f"docs/catalogs.md does not explain `{kind}`"

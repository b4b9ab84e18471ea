"""`schema export`, and what the schema of a catalog file accepts."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from engine.catalog import loader, schema
from engine.catalog.loader import CatalogError
from events.schemas.registry import DIRECTORY, INPUT, OUTPUT
from tests.integration.cli.conftest import Command
from tests.support.catalogs import EVERY_KIND_TEXT

COMMITTED = Path(__file__).parents[3] / "events" / "schemas" / "json" / schema.FILE_NAME
SHIPPED = (loader.SHIPPED / "mentorloop.yaml").read_text()
RECOGNITION = (loader.SHIPPED / "recognition.yaml").read_text()
VALIDATOR = Draft202012Validator(schema.schema())

# Each spoils the shipped catalog in a way its author might.
TYPOS = [
    ("at_least: {top_ratings: 3}", "atleast: {top_ratings: 3}"),
    ("at_least: {top_ratings: 3}", "at_least: {top_ratings: three}"),
    ("at_least: {top_ratings: 3}", "at_least: {top_ratings: 0}"),
    ("    description: Completing all milestones\n", ""),
    ("scope: program", "scope: programme"),
    ("aggregate: {distinct: milestone}", "aggregate: {distinct: [milestone]}"),
    ("event: mentoring.quiz.passed.v1", "event: mentoring.quiz.passed.v2"),
    ("where: {kind: {equals: trust}}", "when: {kind: {equals: trust}}"),
    ("kudos_invited:", "kudos_invite:"),
    ("version: 1\n", ""),
    ("any_of:", "one_of:"),
    (
        "    levels:\n      bronze: {at_least: {top",
        "    criterion: {at_least: {x: 1}}\n    levels:\n      bronze: {at_least: {top",
    ),
]


def test_all_contracts_are_written(badge_engine: Command, tmp_path: Path) -> None:
    ran = badge_engine("schema", "export", tmp_path / "made")
    assert (ran.code, ran.out) == (
        0,
        f"{len(INPUT) + len(OUTPUT) + len(DIRECTORY) + 1} schemas written to {tmp_path / 'made'}\n",
    )
    names = {path.name for path in (tmp_path / "made").iterdir()}
    assert names == {schema.FILE_NAME} | {
        f"{name}.json" for name in {**INPUT, **OUTPUT, **DIRECTORY}
    }


def test_a_place_that_cannot_be_written_is_named(badge_engine: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = badge_engine("schema", "export", tmp_path / "file")
    assert ran.code == 1
    assert "cannot be written" in ran.err


def test_the_committed_schema_is_that_of_the_rules() -> None:
    assert json.loads(COMMITTED.read_text()) == schema.schema(), (
        "the rules and the committed schema differ; run: "
        "badge-engine schema export events/schemas/json"
    )


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema.schema())


@pytest.mark.parametrize(
    "text",
    [SHIPPED, RECOGNITION, EVERY_KIND_TEXT],
    ids=["mentorloop", "recognition", "every-kind"],
)
def test_good_catalogs_are_valid(text: str) -> None:
    VALIDATOR.validate(yaml.safe_load(text))


@pytest.mark.parametrize(("right", "wrong"), TYPOS, ids=[wrong[:30] for _, wrong in TYPOS])
def test_a_catalog_with_a_typo_is_not_valid(right: str, wrong: str) -> None:
    assert right in SHIPPED
    text = SHIPPED.replace(right, wrong, 1)
    found: Any = yaml.safe_load(text)
    assert not VALIDATOR.is_valid(found)
    with pytest.raises(CatalogError):
        loader.parse(text)

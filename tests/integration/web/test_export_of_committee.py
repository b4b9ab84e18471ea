"""An export has what the committee has of somebody: as its subject, and as one of its members."""

import json
from pathlib import Path

import jsonschema
import pytest

from tests.integration.web.governed import GROUND, STATEMENT, plant_case
from tests.integration.web.people_surface import (
    PeopleSurface,
    described_person,
    described_program,
    participant,
)
from tests.integration.web.privacy import adopt
from tests.support.given import meeting

PROGRAM = "acme"
MINE = f"/v1/programs/{PROGRAM}/me/export"
SCHEMA = Path(__file__).parents[3] / "docs" / "export.schema.json"


@pytest.fixture(scope="module")
def governed(empty_surface: PeopleSurface) -> tuple[PeopleSurface, str, str]:
    surface = empty_surface
    adopt(surface)
    surface.describe(
        described_program(PROGRAM), described_person(PROGRAM, "wen", display_name="Wen Zhao")
    )
    surface.harness.tell(meeting("m1", "wen", "ana", at=1, program_id=PROGRAM, loop_id="a"))
    first, appeal = plant_case(surface, PROGRAM, "wen", "Wen", "mentorloop-certified")
    return surface, first, appeal


def test_a_subject_gets_their_cases_with_every_word(
    governed: tuple[PeopleSurface, str, str],
) -> None:
    surface, first, appeal = governed
    mine = surface.get(MINE, participant(PROGRAM, "wen")).json()
    jsonschema.validate(mine, json.loads(SCHEMA.read_text(encoding="utf-8")))
    of = mine["committee"]
    by_id = {case["case_id"]: case for case in of["cases"]}
    assert by_id.keys() == {first, appeal}
    assert by_id[first]["outcome"] == "declined"
    assert by_id[first]["statements"] == [STATEMENT.format("Wen")] * 2
    assert by_id[first]["steps"][0]["text"] == "wen applies"
    assert by_id[appeal]["steps"][0]["text"] == GROUND.format("Wen")
    assert [(one["with_id"], one["why"]) for one in of["conflicts"]] == [("paul", "family")]
    assert (of["office"], of["written"]) == (None, [])


def test_a_subject_does_not_learn_who_sits_on_an_appeal_or_opened_a_pack(
    governed: tuple[PeopleSurface, str, str],
) -> None:
    surface, *_ = governed
    text = json.dumps(surface.get(MINE, participant(PROGRAM, "wen")).json()["committee"])
    for name in ("mona", "nils", "pia", "audi", "pack.opened", "member.assigned"):
        assert name not in text


def test_a_member_gets_their_part_and_what_they_wrote_of_others(
    governed: tuple[PeopleSurface, str, str],
) -> None:
    surface, first, _ = governed
    of = surface.get(MINE, participant(PROGRAM, "ruth")).json()["committee"]
    assert of["office"]["roles"] == ["member"]
    assert of["cases"] == []
    (written,) = of["written"]
    assert written == {
        "case_id": first,
        "kind": "vote.signed",
        "at": written["at"],
        "outcome": "declined",
        "text": STATEMENT.format("Wen"),
    }


def test_of_who_has_nothing_to_do_with_it_there_is_nothing(
    governed: tuple[PeopleSurface, str, str],
) -> None:
    surface, *_ = governed
    of = surface.get(MINE, participant(PROGRAM, "olga")).json()["committee"]
    assert of == {
        "office": None,
        "conflicts": [],
        "cases": [],
        "written": [],
        "declared_groups": [],
        "own_reviews": [],
        "own_calibrations": [],
        "consents": [],
        "warnings_answered": [],
    }

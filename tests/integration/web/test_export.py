"""Everything of a person as a file: what is in it, what is not, and how often."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.integration.web import noticed
from tests.integration.web.people_surface import (
    PeopleSurface,
    bearer,
    coordinator,
    described_loop,
    described_person,
    described_program,
    participant,
    service,
)
from tests.integration.web.test_notes import given
from tests.support.given import meeting, survey, voice
from web.exports.document import PersonExported
from web.identity.limits import Window

SCHEMA = Path(__file__).parents[3] / "docs" / "export.schema.json"
WEN, BOSS = participant("acme", "wen"), coordinator("acme")
MINE, OF_WEN = "/v1/programs/acme/me/export", "/v1/programs/acme/people/wen/export"


@pytest.fixture(scope="module")
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    surface = empty_surface
    place: dict[str, Any] = {"program_id": "acme", "loop_id": "a"}
    surface.describe(
        described_program("acme"),
        described_person("acme", "wen", display_name="Wen Zhao", email="wen@example.org"),
        described_person("acme", "ana", display_name="Ana Silva", email="ana@example.org"),
        described_loop("acme", "a", "wen", "ana"),
    )
    surface.harness.tell(
        *(meeting(f"m{n}", "wen", "ana", at=n, **place) for n in range(1, 6)),
        meeting("of-others", "ana", "ben", at=6, **place),
        survey("s1", "wen", "ana", at=7, **place),
        given("k1", "ana", "wen", "for wen", 8),
        given("k2", "wen", "ana", "by wen", 9),
        given("k3", "ben", "ana", "of others", 10),
        voice(
            "t1",
            "wen",
            "ana",
            narrative="a narrative for wen",
            loop_id="a",
            at=11,
            program_id="acme",
        ),
        voice(
            "t2", "ana", "wen", narrative="by wen for ana", loop_id="a", at=12, program_id="acme"
        ),
        voice("t3", "wen", "bo at Hafenwerk", narrative="n" * 8_000, at=13, program_id="acme"),
        voice("t4", "wen", "ana", at=14, program_id="acme"),
    )
    surface.get("/v1/programs/acme/notes?recipient=wen", BOSS, Purpose="to look")
    surface.get("/v1/programs/acme/notes?recipient=ana", BOSS, Purpose="something else")
    noticed.add_award(surface, 1, "wen", ago=timedelta(days=2))
    noticed.add_award(surface, 2, "ana")
    noticed.add_invitation(surface, 3, "wen", "ana")
    noticed.add_invitation(surface, 4, "ana", "wen")
    return surface


_KEYS = {"meeting_id", "survey_id", "kudos_id", "testimonial_id"}


def test_my_export_has_all_of_me_and_no_note_that_i_wrote(known: PeopleSurface) -> None:
    answer = known.get(MINE, WEN)
    assert answer.status == 200
    assert answer.header("content-disposition") == 'attachment; filename="badges.json"'
    assert answer.header("content-type") == "application/json"
    mine = answer.json()
    assert mine["profile"]["email"] == "wen@example.org"
    assert [loop["loop_id"] for loop in mine["loops"]] == ["a"]
    assert {award["badge"] for award in mine["awards"]} == {"momentum", "trust"}
    assert mine["awards"][0]["evidence"][0]["at"] == "2026-03-01T10:00:00.000000Z"
    ids = [next(data[key] for key in data if key in _KEYS)
           for data in (fact["data"] for fact in mine["facts"])]  # fmt: skip
    assert sorted(ids) == [
        "k1", "k2", "m1", "m2", "m3", "m4", "m5", "s1", "t1", "t2", "t3", "t4",
    ]  # fmt: skip
    (received,) = mine["kudos_received"]
    assert (received["note"], received["giver_id"]) == ("for wen", "ana")
    assert received["coordinator_reads"]["count"] == 1
    assert [one["kudos_id"] for one in mine["kudos_given"]] == ["k2"]
    assert [(one["testimonial_id"], one["loop_id"], one["narrative"], one["state"])
            for one in mine["testimonials"]] == [
        ("t1", "a", "a narrative for wen", "shown"),
        ("t3", None, "n" * 8_000, "shown"),
    ]  # fmt: skip
    assert "by wen" not in answer.text
    assert [(entry["action"], entry["reason"]) for entry in mine["audit"]] == [
        ("notes.read", "to look")
    ]
    assert [(item["what"], item["read"]) for item in mine["notifications"]] == [
        ("invitation", None), ("achievement", None),
    ]  # fmt: skip
    assert [(one["about_ids"], one["dismissed"]) for one in mine["invitations"]] == [
        (["ana"], None)
    ]
    assert mine["preferences"]["quiet_hours"] == {"from": "20:00", "to": "08:00"}
    for other in ("by wen", "of others", "ana@example.org", "Ana Silva"):
        assert other not in answer.text


def test_a_service_gets_the_same(known: PeopleSurface) -> None:
    theirs = known.get(OF_WEN, service("acme")).json()
    assert theirs == known.get(MINE, WEN).json()


def test_the_page_of_settings_leads_to_it(known: PeopleSurface) -> None:
    assert 'href="/p/acme/settings/export"' in known.get("/p/acme/settings", WEN).text
    assert known.get("/p/acme/settings/export", WEN).json() == known.get(MINE, WEN).json()


@pytest.mark.parametrize("who", [WEN, BOSS, {**service("acme"), "may": ["erase", "keys"]}])
def test_nobody_else_exports_a_person(known: PeopleSurface, who: dict[str, Any]) -> None:
    assert known.get(OF_WEN, who).status == 404


def test_somebody_of_whom_nothing_is_known_has_an_export_too(known: PeopleSurface) -> None:
    nothing = known.get(MINE, participant("acme", "nobody")).json()
    assert nothing["profile"] is None
    assert {name: nothing[name] for name in ("awards", "facts", "kudos_given", "audit")} == {
        "awards": [], "facts": [], "kudos_given": [], "audit": [],
    }  # fmt: skip


def test_once_an_hour_is_enough(known: PeopleSurface) -> None:
    elapsed = [0.0]
    app: Any = known.client._app
    while not hasattr(app, "state"):
        app = app._app
    before, app.state.exports = app.state.exports, Window(1, lambda: elapsed[0], seconds=3_600.0)
    try:
        assert known.get(MINE, WEN).status == 200
        refused = known.get(MINE, WEN)
        assert (refused.status, refused.header("retry-after")) == (429, "3600")
        assert known.get(OF_WEN, service("acme")).status == 200
        assert known.get(MINE, participant("acme", "ana")).status == 200
        elapsed[0] = 3_600.0
        assert known.get(MINE, WEN).status == 200
    finally:
        app.state.exports = before


def test_an_export_is_what_the_schema_says(known: PeopleSurface) -> None:
    schema = json.loads(SCHEMA.read_text())
    jsonschema.validate(known.get(MINE, WEN).json(), schema)
    assert schema == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **PersonExported.model_json_schema(mode="serialization"),
    }, "run `.venv/bin/python -m web.exports.schema docs/export.schema.json`"


def test_a_token_is_needed(known: PeopleSurface) -> None:
    assert known.get(MINE).status == 401
    assert known.client.ask("GET", MINE, bearer(service("acme"))).status == 404

"""Outcomes as people see them: a mentor's learners, a learner's work, consents, the program."""

import html
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.queries.snapshot import Reader
from governance.committee import Committee
from governance.outcomes import freezing
from tests.integration.limits.counting import counted
from tests.integration.web.guild_site import PROGRAM, guild_site
from tests.integration.web.people_surface import (
    PeopleSurface,
    bearer,
    coordinator,
    participant,
)
from tests.support.case_keys import case_keys
from tests.support.databases import new_database

P, V = f"/p/{PROGRAM}", f"/v1/programs/{PROGRAM}"
IMANI, NOOR, LEE, YARA = (participant(PROGRAM, name) for name in ("imani", "noor", "lee", "yara"))
LENA = participant(PROGRAM, "lena")
CORA = coordinator(PROGRAM)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def site(
    postgres_url: str, _with_all_schemas: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PeopleSurface]:
    folder: Path = tmp_path_factory.mktemp("outcomes")
    with (
        new_database(postgres_url, _with_all_schemas) as url,
        guild_site(url, folder) as there,
    ):
        yield there


def page(site: PeopleSurface, path: str, *held: Any) -> str:
    answer = site.get(path, *held)
    assert answer.status == 200, answer.text
    kept = os.environ.get("KEEP_PAGES")
    if kept:
        name = re.sub(r"\W+", "-", path) + "-" + str(held[0].get("id", "coordinator"))
        (Path(kept) / f"{name}.html").write_text(answer.text)
    text = re.sub(r"<[^>]+>", " ", answer.text)
    return re.sub(r"\s+", " ", html.unescape(text))


def test_a_mentor_sees_their_learners_and_what_to_look_at(site: PeopleSurface) -> None:
    answer = site.get(f"{V}/me/learners", IMANI)
    assert answer.status == 200
    shown = answer.json()
    going = [one["learner"]["participant_id"] for one in shown["learners"] if one["open"]]
    assert going == ["yara", "zeno"]
    assert len(shown["learners"]) == 7
    assert shown["watched"]
    spring = next(one for one in shown["cohorts"] if one["cohort"] == "spring-25")
    assert spring["gains"] == [5, 5]
    assert spring["usual"]["n"] == 14
    assert spring["rows"][0]["usual"]["n"] == 14
    autumn = next(one for one in shown["cohorts"] if one["cohort"] == "autumn-24")
    assert (autumn["gains"], autumn["mean"]) == ([3, 4, 4], 3.666667)
    text = page(site, f"{P}/learners", IMANI)
    assert "Your learners" in text
    assert "12 of 24 at the baseline" in text
    assert "committee sees them" in text


def test_nobody_but_the_mentor_sees_warnings_and_coordinators_see_counts(
    site: PeopleSurface,
) -> None:
    answer = site.get(f"{V}/mentors/noor/learners", CORA)
    assert answer.json()["warnings"] is None
    assert site.get(f"{V}/mentors/noor/learners", IMANI).status == 404
    own = site.get(f"{V}/me/learners", NOOR).json()["warnings"]
    assert own
    counts = site.get(f"{V}/outcomes", CORA).json()["warnings"]
    assert [one["kind"] for one in counts] == ["silent", "late", "flat", "low", "due"]
    assert sum(one["open"] for one in counts) >= len(own)


def test_a_warning_is_answered_once_it_stands_and_by_its_mentor_alone(site: PeopleSurface) -> None:
    (warning, *_) = site.get(f"{V}/me/learners", NOOR).json()["warnings"]
    learner = warning["learner"]["participant_id"]
    said = {"kind": warning["kind"], "about": warning["about"], "answer": "helped"}
    path = f"{V}/me/learners/{learner}/warnings"

    def answer(who: Any, **changes: str) -> int:
        body = json.dumps({**said, **changes}).encode()
        return site.client.ask("POST", path, {**bearer(who), **JSON}, body).status

    assert answer(IMANI) == 404
    assert answer(NOOR, about="other") == 404
    assert answer(NOOR, answer="maybe") == 422
    assert answer(NOOR) == 204
    (again, *_) = [
        one for one in site.get(f"{V}/me/learners", NOOR).json()["warnings"]
        if (one["kind"], one["about"]) == (said["kind"], said["about"])
    ]  # fmt: skip
    assert again["answer"] == "helped"
    assert "You answered: it helped" in page(site, f"{P}/learners", NOOR)


def test_a_learner_is_seen_by_themselves_their_mentors_and_coordinators(
    site: PeopleSurface,
) -> None:
    for who, read_as in (
        (LEE, "me"),
        (participant(PROGRAM, "lena"), "mentor"),
        (CORA, "coordinator"),
    ):
        shown = site.get(f"{V}/learners/lee/outcomes", who)
        assert shown.status == 200
        assert shown.json()["read_as"] == read_as
        assert [one["cohort"] for one in shown.json()["cohorts"]] == ["autumn-25", "spring-25"]
    for path in (f"{V}/learners/lee/outcomes", f"{P}/learners/lee"):
        assert site.get(path, IMANI).status == 404
        assert site.get(path, YARA).status == 404
    assert site.get(f"{V}/learners/nobody/outcomes", CORA).status == 404
    text = page(site, f"{P}/learners/lee", LENA)
    assert "Lee’s work" in text
    assert "11 of 24" in text


def test_each_row_is_shown_against_the_baseline(site: PeopleSurface) -> None:
    shown = site.get(f"{V}/learners/lee/outcomes", LEE).json()
    spring = shown["cohorts"][1]
    (baseline, interim, final, *_) = spring["assessments"]
    assert (baseline["total"], interim["total"], final["total"]) == (8, 10, 12)
    assert baseline["change"] is None
    assert sum(final["change"].values()) == spring["gain"] == 4


def test_a_consent_is_given_and_withdrawn_in_one_click(site: PeopleSurface) -> None:
    (voice,) = site.get(f"{V}/me/portfolio", LEE).json()["voices"]
    assert (voice["mentor"]["participant_id"], voice["consent_id"]) == ("lena", None)
    asked = {"testimonial_id": voice["testimonial_id"], "mentor_id": "lena"}

    def post(path: str, who: Any) -> int:
        body = "&".join(f"{name}={value}" for name, value in asked.items()).encode()
        return site.client.ask("POST", path, {**bearer(who), **FORM}, body).status

    assert "Let it be shown" in page(site, f"{P}/portfolio", LEE)
    assert post(f"{P}/portfolio/voices", YARA) == 404
    assert post(f"{P}/portfolio/voices", LEE) == 303
    (voice,) = site.get(f"{V}/me/portfolio", LEE).json()["voices"]
    taken_back = f"{P}/portfolio/consents/{voice['consent_id']}/withdraw"
    assert post(taken_back, YARA) == 404
    assert post(taken_back, LEE) == 303
    assert post(taken_back, LEE) == 404
    (voice,) = site.get(f"{V}/me/portfolio", LEE).json()["voices"]
    assert voice["consent_id"] is None
    body = json.dumps(asked).encode()
    for _ in range(2):
        answer = site.client.ask("POST", f"{V}/me/consents", {**bearer(LEE), **JSON}, body)
        assert answer.status == 204


def test_a_coordinator_sees_how_the_program_does(site: PeopleSurface) -> None:
    shown = site.get(f"{V}/outcomes", CORA).json()
    assert [one["cohort"] for one in shown["cohorts"]] == ["autumn-25", "spring-25", "autumn-24"]
    running, spring, first = shown["cohorts"]
    assert (running["ended"], spring["ended"], first["before"]) == (False, True, None)
    assert spring["before_n"] == first["n"] == 12
    assert spring["difference"] == spring["gain"]["median"] - spring["before"]["median"]
    text = page(site, f"{P}/recognition", CORA)
    assert "How mentoring does" in text
    assert "Spring 25" in text
    for who in (IMANI, LEE):
        assert site.get(f"{P}/recognition", who).status == 404
        assert site.get(f"{V}/outcomes", who).status == 404


def test_what_somebody_consented_to_or_answered_is_in_their_export_and_goes_with_them(
    site: PeopleSurface,
) -> None:
    """Given a learner of nobody else's tests, when they consent, export and are erased."""
    mio = participant(PROGRAM, "mio")
    (voice,) = site.get(f"{V}/me/portfolio", mio).json()["voices"]
    body = json.dumps({"testimonial_id": voice["testimonial_id"], "mentor_id": "lena"}).encode()
    site.client.ask("POST", f"{V}/me/consents", {**bearer(mio), **JSON}, body)
    (kept,) = site.get(f"{V}/me/export", mio).json()["committee"]["consents"]
    assert (kept["purpose"], kept["mentor_id"], kept["withdrawn_at"]) == (
        "testimonial", "lena", None,
    )  # fmt: skip
    ((counts,),) = site.harness.rows(
        "SELECT web.erase_from_governance(%s, %s, %s)", PROGRAM, "mio", site.now
    )
    assert counts["consents"] == 1
    assert site.get(f"{V}/me/export", mio).json()["committee"]["consents"] == []


def test_as_of_an_earlier_instant_later_facts_do_not_count(site: PeopleSurface) -> None:
    shown = site.get(f"{V}/me/learners?as_of=2026-03-01T00:00:00Z", IMANI).json()
    assert [one["cohort"] for one in shown["cohorts"]] == ["autumn-24"]


def test_frozen_baselines_are_shown_with_the_day_and_looked_at(site: PeopleSurface) -> None:
    assert "as of now" in page(site, f"{P}/recognition", CORA)
    reader, pool = Reader(site.pools.reader), site.pools.governance
    assert pool is not None
    committee = Committee(pool, reader, case_keys(), lambda: site.now)
    with committee.sitting() as sitting:
        assert freezing.freeze_ended(sitting, PROGRAM) == 4
    assert "frozen 29 Nov 2026" in page(site, f"{P}/recognition", CORA)
    path = f"{P}/recognition/baselines"
    assert site.client.ask("POST", path, {**bearer(IMANI), **FORM}).status == 404
    assert site.client.ask("POST", path, {**bearer(CORA), **FORM}).status == 303
    assert "looked at 29 Nov 2026" in page(site, f"{P}/recognition", CORA)


PAGES = (
    (f"{P}/learners", IMANI),
    (f"{P}/learners/lee", LEE),
    (f"{P}/portfolio", LEE),
    (f"{P}/recognition", CORA),
)


@pytest.mark.parametrize(("path", "who"), PAGES, ids=[path for path, _ in PAGES])
def test_a_page_takes_few_statements(site: PeopleSurface, path: str, who: Any) -> None:
    cookie = f"__Host-badges={site.sign_in(who)}"
    counts = []
    for _ in range(2):
        with counted() as statements:
            assert site.get(path, cookie=cookie).status == 200
        counts.append(statements.total())
    assert counts[1] <= 8, counts

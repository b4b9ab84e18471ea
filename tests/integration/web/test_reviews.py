"""Reviews over HTTP and on pages: who is asked finds the work without names, rates it, hands it
back; auditors open who sits, coordinators do not."""

import pytest

from tests.integration.web.panelled import (
    API,
    COORDINATOR,
    PROGRAM,
    SUBJECT,
    WORDS,
    P,
    Reviewing,
    appoint,
    begin,
    close_panel,
)
from tests.integration.web.people_surface import PeopleSurface, bearer, participant
from tests.integration.web.privacy import adopt

REVIEWERS = ("rosa", "raul", "rita")


@pytest.fixture(scope="module")
def asked(empty_surface: PeopleSurface) -> PeopleSurface:
    adopt(empty_surface)
    appoint(empty_surface, REVIEWERS)
    return empty_surface


@pytest.fixture
def reviewing(asked: PeopleSurface) -> Reviewing:
    """A case of its own for each test."""
    return begin(asked, REVIEWERS)


def test_who_is_asked_reads_a_dossier_that_names_nobody(reviewing: Reviewing) -> None:
    for path in (
        f"{API}/reviews/{reviewing.asked['rosa']}",
        f"{P}/reviews/{reviewing.asked['rosa']}",
    ):
        shown = reviewing.get(path, "rosa")
        assert shown.status == 200
        assert "exemplar" in shown.text
        for name in (SUBJECT, SUBJECT.title(), "lena", "Lena", reviewing.case_id, "raul"):
            assert name not in shown.text


def test_a_request_to_somebody_else_is_not_there(reviewing: Reviewing) -> None:
    mine = reviewing.asked["rosa"]
    for who in ("raul", SUBJECT, "audi", "lena"):
        assert reviewing.get(f"{API}/reviews/{mine}", who).status == 404
        assert reviewing.get(f"{P}/reviews/{mine}", who).status == 404
    assert reviewing.get(f"{API}/reviews", SUBJECT).status == 404
    listed = reviewing.get(f"{API}/reviews", "rosa").json()["open"]
    assert mine in [one["request_id"] for one in listed]
    others = {reviewing.asked["raul"], reviewing.asked["rita"]}
    assert not others & {one["request_id"] for one in listed}


def test_a_review_is_given_and_changed_until_the_panel_closes(reviewing: Reviewing) -> None:
    assert reviewing.put("rosa", 2).json()["state"] == "given"
    changed = reviewing.put("rosa", 4).json()
    assert (changed["ratings"], changed["narrative"]) == ({"care": 4}, WORDS)
    for who in ("raul", "rita"):
        assert reviewing.put(who).status == 200
    close_panel(reviewing.committee, PROGRAM, reviewing.panel_id)

    assert reviewing.put("rosa", 1).status == 409
    assert (
        reviewing.get(f"{API}/reviews/{reviewing.asked['rosa']}", "rosa").json()["dossier"] is None
    )


@pytest.mark.parametrize(
    "ratings", ['{"care": 5}', '{"care": 3, "other": 1}', "{}", '{"care": true}', '{"care": 2.5}']
)
def test_other_ratings_than_those_of_the_rubric_are_invalid(
    reviewing: Reviewing, ratings: str
) -> None:
    headers = bearer(participant(PROGRAM, "rosa")) | {"Content-Type": "application/json"}
    body = f'{{"ratings": {ratings}, "narrative": "x"}}'.encode()
    path = f"{API}/reviews/{reviewing.asked['rosa']}"

    assert reviewing.surface.client.ask("PUT", path, headers, body).status == 422


def test_a_form_that_lacks_something_comes_back_with_what_was_written(
    reviewing: Reviewing,
) -> None:
    path = f"{P}/reviews/{reviewing.asked['rosa']}"

    lacking = reviewing.send(path, "rosa", {"narrative": "Well <done>"})
    assert lacking.status == 422
    assert "Choose a rating." in lacking.text
    assert "Well &lt;done&gt;</textarea>" in lacking.text

    kept = reviewing.send(path, "rosa", {"row.care": "3", "narrative": "Well <done>"})
    assert (kept.status, kept.header("location")) == (303, f"{path}?done=given")
    assert 'value="3" checked' in reviewing.get(path, "rosa").text


def test_a_conflict_hands_it_back_and_is_declared(reviewing: Reviewing) -> None:
    path = f"{P}/reviews/{reviewing.asked['rosa']}"

    assert reviewing.send(f"{path}/decline", "rosa", {}).status == 422
    sent = reviewing.send(f"{path}/decline", "rosa", {"why": "conflict", "words": "my cousin"})
    assert (sent.status, sent.header("location")) == (303, f"{P}/reviews?done=conflict")
    assert reviewing.get(path, "rosa").status == 404
    rows = reviewing.surface.harness.rows(
        "SELECT one, other, why FROM governance.conflicts WHERE ended_at IS NULL"
    )
    assert ("rosa", SUBJECT, "declared") in [tuple(row) for row in rows]
    assert "Handed back" in reviewing.get(f"{P}/reviews", "rosa").text


def test_the_subject_reads_means_and_words_and_a_coordinator_no_words(
    reviewing: Reviewing,
) -> None:
    for number, who in enumerate(REVIEWERS):
        assert reviewing.put(who, number + 2).status == 200
    close_panel(reviewing.committee, PROGRAM, reviewing.panel_id)
    path = f"{API}/cases/{reviewing.case_id}"
    mine = reviewing.get(path, SUBJECT).json()["panels"]
    theirs = reviewing.surface.get(path, COORDINATOR).json()["panels"]

    assert [(one["score"], len(one["narratives"])) for one in mine] == [("3", 3)]
    assert [(one["score"], one["narratives"]) for one in theirs] == [("3", [])]
    assert "Wenwen" not in repr(mine)
    page = reviewing.get(f"{P}/cases/{reviewing.case_id}", SUBJECT)
    assert "[name] listens" in page.text


def test_a_coordinator_follows_panels_and_is_shown_nobody_who_sits(reviewing: Reviewing) -> None:
    reviewing.put("rosa")
    for path in (f"{API}/panels", f"{P}/panels"):
        shown = reviewing.surface.get(path, COORDINATOR)
        assert shown.status == 200
        assert "Wenwen Zhao" in shown.text
        assert not [who for who in REVIEWERS if who in shown.text.lower()]
    (panel, *_) = [
        one
        for one in reviewing.surface.get(f"{API}/panels", COORDINATOR).json()["open"]
        if one["panel_id"] == reviewing.panel_id
    ]
    assert (panel["given"], panel["wanted"], panel["lacking"]) == (1, 3, 0)
    seats = f"{P}/panels/{reviewing.panel_id}/seats"
    assert reviewing.send(seats, "coordinator", {"reason": "to know"}).status == 404


def test_an_auditor_opens_who_sits_for_a_reason_that_is_logged(reviewing: Reviewing) -> None:
    reviewing.put("rosa", 4)
    path = f"{P}/panels/{reviewing.panel_id}/seats"

    assert reviewing.send(path, "audi", {"reason": " "}).status == 422
    opened = reviewing.send(path, "audi", {"reason": "a complaint"})
    assert opened.status == 200
    assert "Rosa Zhao" in opened.text
    assert "Care 4" in opened.text
    logged = reviewing.surface.harness.rows(
        "SELECT by, body, sealed IS NOT NULL FROM governance.log "
        "WHERE kind = 'draw.opened' AND case_id = %s::text::uuid",
        reviewing.case_id,
    )
    assert [(by, sealed) for by, _, sealed in logged] == [("audi", True)]
    assert "Rosa Zhao" not in reviewing.get(f"{P}/panels", "audi").text


def test_a_draw_is_widened_by_coordinators_alone_and_in_some_way(reviewing: Reviewing) -> None:
    path = f"{P}/panels/{reviewing.panel_id}/widen"

    assert reviewing.send(path, "audi", {"outside": "yes"}).status == 404
    assert reviewing.send(path, "coordinator", {"days": ""}).status == 422
    assert reviewing.send(path, "coordinator", {"days": "soon"}).status == 422
    assert reviewing.send(path, "coordinator", {"days": "365", "outside": "yes"}).status == 303
    assert "365 days" in reviewing.surface.get(f"{P}/panels", COORDINATOR).text


def test_an_export_has_ones_own_reviews_and_not_whose_work_it_was(reviewing: Reviewing) -> None:
    reviewing.put("rosa", 4)
    mine = reviewing.get(f"{API}/me/export", "rosa").json()
    reviews = mine["committee"]["own_reviews"]

    assert {"care": 4} in [one["ratings"] for one in reviews if one["state"] == "given"]
    assert SUBJECT not in repr(reviews)
    theirs = reviewing.get(f"{API}/me/export", SUBJECT).text
    assert not [who for who in REVIEWERS if who in theirs.lower() and who != "rosa"]

"""A panel on a real database: from an application to reviews that a worker accepts."""

import json
from collections import Counter

import pytest

from governance.cases import moving
from governance.errors import CaseRefused
from governance.packs.sealed import document_of
from governance.panels import requests
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import MEMBERS, SUBJECT
from tests.integration.governance.panel_lodge import REVIEWERS, ROWS, PanelLodge


def test_from_an_application_to_reviews_in_the_ledger(panel_lodge: PanelLodge) -> None:
    case, panel = panel_lodge.drawn()
    assert case.state == "drawn"
    asked = panel_lodge.seats(panel, "asked")
    assert len(asked) == 3
    assert set(asked) <= set(REVIEWERS)
    assert len(panel_lodge.seats(panel, "reserve")) == 1

    panel_lodge.give_all(panel, 3, 4, 3)
    assert panel_lodge.case(case.case_id).state == "reviewing"
    panel_lodge.step()
    assert panel_lodge.published() == [], "it waits for the end of the day"
    panel_lodge.days(1)
    assert panel_lodge.case(case.case_id).state == "closed"

    events = panel_lodge.published()
    assert len({event["time"] for event in events}) == 1
    assert sorted(event["data"]["seat"] for event in events) == [1, 2, 3]
    assert Counter(event["data"]["score"] for event in events) == Counter([3.0, 3.0, 4.0])
    assert {event["data"]["panel_id"] for event in events} == {panel.panel_id}
    assert not {*REVIEWERS} & set(json.dumps(events).split('"')), "nobody is named"

    panel_lodge.step()
    assert panel_lodge.case(case.case_id).state == "closed", "until the ledger has them"
    panel_lodge.deliver()
    panel_lodge.step()
    after = panel_lodge.case(case.case_id)
    assert (after.state, after.pack) == ("settling", 1)
    with panel_lodge.room.sitting() as sitting:
        document = document_of(sitting, after)
    assert document is not None
    assert len(document.reviewed[0].narratives) == 3
    assert document.ground.panels[0].score == "3.33"
    assert panel_lodge.room.harness.rows("SELECT count(*)::int FROM dead_letters") == [(0,)]
    kinds = panel_lodge.log_of(case)
    assert kinds.count("review.received") == 3
    assert kinds[-2:] == ["panel.closed", "pack.frozen"]


def test_who_reviews_stands_in_no_entry_and_no_row(panel_lodge: PanelLodge) -> None:
    _, panel = panel_lodge.drawn()
    panel_lodge.give_all(panel)
    panel_lodge.days(1)
    for table in ("panels", "panel_seats", "draws", "draw_pieces", "log", "outbox", "cases"):
        rows = panel_lodge.room.harness.rows(
            f"SELECT t::text FROM governance.{table} t "
            "WHERE to_jsonb(t)->>'kind' IS DISTINCT FROM 'people.changed'"
        )
        text = " ".join(row[0] for row in rows)
        # Bytes are shown as hex; names in clear, also in hex, must not be there.
        for who in REVIEWERS:
            assert f'"{who}"' not in text
            assert f",{who}," not in text
            if len(who) > 3:
                assert who.encode().hex() not in text


def test_results_are_means_and_what_was_written_with_names_out(panel_lodge: PanelLodge) -> None:
    case, panel = panel_lodge.drawn()
    assert panel_lodge.results(case) == []
    panel_lodge.room.harness.rows(
        "INSERT INTO directory.participants (program, participant, display_name, roles, active, "
        'told_at, lane, "offset", published_at) '
        "VALUES (%s, 'imani', 'Imani Okafor', '{}', true, %s, 1, 1, %s) RETURNING 1",
        PROGRAM,
        panel_lodge.room.now,
        panel_lodge.room.now,
    )
    for number, (who, request_id) in enumerate(sorted(panel_lodge.seats(panel, "asked").items())):
        panel_lodge.give(who, request_id, 3, number + 2, narrative=f"Imani, text {number}.")
    panel_lodge.days(1)
    (result,) = panel_lodge.results(case)
    assert dict(result.means) == {"communication": "3", "guidance": "3"}
    assert (result.score, result.histogram, result.withheld) == ("3", None, False)
    assert sorted(result.narratives) == [f"[name], text {number}." for number in range(3)]


def test_below_three_reviews_after_a_retraction_nothing_is_shown(panel_lodge: PanelLodge) -> None:
    case, panel = panel_lodge.drawn()
    panel_lodge.give_all(panel)
    panel_lodge.days(1)
    review = panel_lodge.published()[0]["data"]["review_id"]
    panel_lodge.deliver()
    panel_lodge.retract("review.submitted", review)
    (result,) = panel_lodge.results(case)
    assert result.withheld
    assert (dict(result.means), result.score, result.narratives) == ({}, None, ())


def test_an_alternate_is_asked_at_once_when_somebody_declines(panel_lodge: PanelLodge) -> None:
    case, panel = panel_lodge.drawn()
    (alternate,) = panel_lodge.seats(panel, "reserve")
    who, request_id = sorted(panel_lodge.seats(panel, "asked").items())[0]
    panel_lodge.decline(who, request_id)
    panel_lodge.decline(who, request_id)  # once more does nothing
    assert alternate in panel_lodge.seats(panel, "asked")
    assert panel_lodge.seats(panel, "declined") == {who: request_id}
    assert panel_lodge.log_of(case).count("review.declined") == 1

    who, request_id = sorted(panel_lodge.seats(panel, "asked").items())[0]
    panel_lodge.decline(who, request_id, "conflict")
    assert len(panel_lodge.seats(panel, "asked")) == 2
    panel_lodge.step()  # nobody is in reserve: somebody is drawn
    assert len(panel_lodge.seats(panel, "asked")) == 3
    rows = panel_lodge.room.harness.rows("SELECT one, other, why FROM governance.conflicts")
    assert [sorted(row[:2]) for row in rows] == [sorted((SUBJECT, who))]


def test_silence_of_ten_days_lets_the_alternate_be_asked(panel_lodge: PanelLodge) -> None:
    _, panel = panel_lodge.drawn()
    (alternate,) = panel_lodge.seats(panel, "reserve")
    first, *silent = sorted(panel_lodge.seats(panel, "asked").items())
    panel_lodge.give(*first)
    panel_lodge.days(10)
    assert set(panel_lodge.seats(panel, "asked")) == {who for who, _ in silent}
    panel_lodge.days(1)
    assert set(panel_lodge.seats(panel, "lapsed")) == {who for who, _ in silent}
    asked = panel_lodge.seats(panel, "asked")
    assert len(asked) == 2
    assert alternate in asked


def test_scores_far_apart_bring_an_adjudicator_and_all_count(panel_lodge: PanelLodge) -> None:
    case, panel = panel_lodge.drawn()
    panel_lodge.give_all(panel, 3, 3, 1)
    panel_lodge.step()
    (adjudicator,) = panel_lodge.seats(panel, "asked")
    panel_lodge.days(1)
    assert panel_lodge.case(case.case_id).state == "reviewing"
    panel_lodge.give(adjudicator, panel_lodge.seats(panel, "asked")[adjudicator])
    panel_lodge.days(1)
    scores = sorted(event["data"]["score"] for event in panel_lodge.published())
    assert scores == [1.0, 3.0, 3.0, 3.0]
    (result,) = panel_lodge.results(case)
    assert (result.spread_stays, result.score) == (True, "2.5")


def test_a_review_is_replaced_until_the_panel_closes_and_only_then(panel_lodge: PanelLodge) -> None:
    _, panel = panel_lodge.drawn()
    panel_lodge.give_all(panel)
    who, request_id = sorted(panel_lodge.seats(panel, "given").items())[0]
    panel_lodge.give(who, request_id, 4, 4)
    with panel_lodge.room.sitting() as sitting:
        seen = requests.one(sitting, PROGRAM, request_id, who)
    assert (dict(seen.ratings), seen.may_change) == (dict.fromkeys(ROWS, 4), True)
    panel_lodge.days(1)
    with pytest.raises(CaseRefused) as refused:
        panel_lodge.give(who, request_id)
    assert refused.value.kind == "not-in-state"
    with panel_lodge.room.sitting() as sitting:
        (own,) = requests.of_reviewer(sitting, PROGRAM, who)
    assert (own.state, own.readable) == ("closed", True)


def test_a_request_is_nobody_else_s(panel_lodge: PanelLodge) -> None:
    _, panel = panel_lodge.drawn()
    who, request_id = sorted(panel_lodge.seats(panel, "asked").items())[0]
    other = next(each for each in REVIEWERS if each != who)
    for asker in (other, SUBJECT, "ada"):
        with pytest.raises(CaseRefused) as refused:
            panel_lodge.give(asker, request_id)
        assert refused.value.kind == "unknown-case"
    with panel_lodge.room.sitting() as sitting, pytest.raises(CaseRefused):
        requests.one(sitting, PROGRAM, "nothing", who)


@pytest.mark.parametrize("ratings", [{}, {"communication": 3}, dict.fromkeys((*ROWS, "more"), 3)])
def test_every_row_is_rated_and_no_other(panel_lodge: PanelLodge, ratings: dict[str, int]) -> None:
    _, panel = panel_lodge.drawn()
    who, request_id = sorted(panel_lodge.seats(panel, "asked").items())[0]
    with panel_lodge.room.sitting() as sitting, pytest.raises(CaseRefused) as refused:
        requests.give(sitting, PROGRAM, request_id, who, ratings, "text")
    assert refused.value.kind == "not-allowed"
    for wrong in (5, -1, True):
        with panel_lodge.room.sitting() as sitting, pytest.raises(CaseRefused):
            requests.give(sitting, PROGRAM, request_id, who, dict.fromkeys(ROWS, wrong), "text")
    with panel_lodge.room.sitting() as sitting, pytest.raises(CaseRefused) as refused:
        requests.give(sitting, PROGRAM, request_id, who, dict.fromkeys(ROWS, 3), " ")
    assert refused.value.kind == "statement-needed"


def test_who_reviewed_has_no_seat_on_the_case(panel_lodge: PanelLodge) -> None:
    for member in MEMBERS:
        panel_lodge.room.dismiss(member)
    panel_lodge.decide_too()
    case, panel = panel_lodge.drawn()
    reviewed = panel_lodge.give_all(panel)
    panel_lodge.days(1)
    panel_lodge.deliver()
    panel_lodge.step()
    panel_lodge.days(4)
    seated = panel_lodge.seated(case)
    assert len(seated) == 2
    assert not set(seated) & set(reviewed)
    assert panel_lodge.log_of(case).count("member.recused") == 0


def test_a_withdrawn_case_ends_its_panel(panel_lodge: PanelLodge) -> None:
    case, panel = panel_lodge.drawn()
    who, request_id = sorted(panel_lodge.seats(panel, "asked").items())[0]
    with panel_lodge.room.sitting() as sitting:
        moving.withdraw(sitting, PROGRAM, case.case_id, SUBJECT)
    assert panel_lodge.panel(case).state == "ended"
    with pytest.raises(CaseRefused):
        panel_lodge.give(who, request_id)


def test_an_erased_subject_takes_who_reviewed_along(panel_lodge: PanelLodge) -> None:
    case, panel = panel_lodge.drawn()
    panel_lodge.give_all(panel)
    panel_lodge.room.erase(SUBJECT)
    panel_lodge.step()
    assert panel_lodge.case(case.case_id).state == "withdrawn"
    assert set(panel_lodge.seats(panel)) == {""}
    with panel_lodge.room.sitting() as sitting:
        assert all(not requests.of_reviewer(sitting, PROGRAM, who) for who in REVIEWERS)

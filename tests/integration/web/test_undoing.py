"""Undoing kudos, withdrawing them, and what their giver sees of them meanwhile."""

from collections.abc import Iterator
from typing import Any

import pytest

from events.deliveries import DeliveryError
from tests.integration.web.gifts import (
    KUDOS,
    LOOP,
    PARTITION,
    PROGRAM,
    RecordingPublisher,
    as_,
    dispatch_of,
    give,
    into_the_engine,
    plant_loops,
    send,
    state,
    undo,
)
from tests.integration.web.people_surface import PeopleSurface, participant
from tests.integration.web.test_giving import NOTE, kind_of


@pytest.fixture(scope="module")
def planted(empty_surface: PeopleSurface) -> PeopleSurface:
    plant_loops(empty_surface)
    return empty_surface


@pytest.fixture
def surface(planted: PeopleSurface) -> Iterator[PeopleSurface]:
    yield planted
    planted.move(days=2)  # the ids of these tests' gifts are the same, and so are their awards
    with planted.harness.transaction() as tx:
        tx.execute("TRUNCATE web.gifts, dead_letters")


_number = iter(range(10_000))


def given(surface: PeopleSurface, **changes: Any) -> str:
    """The id of new kudos."""
    answer = give(surface, key=f"of-undoing-{next(_number):05}", **changes)
    assert answer.status == 202, answer.text
    return str(answer.json()["kudos_id"])


def receive(surface: PeopleSurface, sent: RecordingPublisher) -> None:
    """Let the engine accept what was published."""
    engine = into_the_engine(surface)
    for record in sent.records:
        engine.send(record)
    engine.flush()


def listed(surface: PeopleSurface, query: str = "", giver: str = "gwen") -> Any:
    path = f"/v1/programs/{PROGRAM}/me/given{query}"
    answer = surface.client.ask("GET", path, as_(surface, participant(PROGRAM, giver)))
    assert answer.status == 200, answer.text
    return answer.json()


def test_held_kudos_are_cancelled_and_leave_no_trace(surface: PeopleSurface) -> None:
    kudos_id = given(surface, note=NOTE)
    publisher = RecordingPublisher()

    assert [undo(surface, kudos_id).status for _ in range(2)] == [204, 204]
    send(surface, publisher)

    assert publisher.records == []
    assert state(surface, kudos_id)["state"] == "cancelled"
    assert surface.harness.rows("SELECT sealed FROM web.gifts") == [(None,)]


def test_kudos_are_awarded_once_the_engine_has_them(surface: PeopleSurface) -> None:
    kudos_id = given(surface)
    states = [state(surface, kudos_id)["state"]]
    sent = RecordingPublisher()
    send(surface, sent)
    states.append(state(surface, kudos_id)["state"])
    receive(surface, sent)

    awarded = state(surface, kudos_id)
    assert [*states, awarded["state"]] == ["held", "sent", "awarded"]
    ((award_id,),) = surface.harness.rows(
        "SELECT award_id::text FROM awards WHERE occurrence = %s AND standing", kudos_id
    )
    assert awarded["award_id"] == award_id


def test_what_was_awarded_is_withdrawn_and_revoked(surface: PeopleSurface) -> None:
    kudos_id = given(surface)
    engine = into_the_engine(surface)
    send(surface, engine)

    answer = undo(surface, kudos_id)
    assert (answer.status, answer.json()["state"]) == (202, "withdrawing")
    again = undo(surface, kudos_id)
    dispatch_of(surface).round(engine)
    at_last = undo(surface, kudos_id)

    assert (again.status, again.body) == (202, answer.body)
    assert (at_last.status, at_last.json()["state"]) == (202, "withdrawn")
    _, retraction = engine.events
    assert retraction["type"] == "mentoring.fact.retracted.v1"
    assert retraction["data"] == {
        "program_id": PROGRAM, "loop_id": LOOP, "fact_type": "mentoring.kudos.given.v1",
        "fact_id": kudos_id, "reason": "withdrawn",
    }  # fmt: skip
    assert state(surface, kudos_id)["state"] == "withdrawn"
    query = "SELECT standing FROM awards WHERE occurrence = %s"
    assert surface.harness.rows(query, kudos_id) == [(False,)]


def test_what_is_not_awarded_yet_is_retracted_once_it_is(surface: PeopleSurface) -> None:
    kudos_id = given(surface)
    sent = RecordingPublisher()
    send(surface, sent)
    assert undo(surface, kudos_id).status == 202
    surface.move(seconds=2)
    dispatch_of(surface).round(sent)
    assert state(surface, kudos_id)["state"] == "withdrawing"
    assert len(sent.records) == 1

    receive(surface, sent)
    surface.move(seconds=2)
    dispatch_of(surface).round(into_the_engine(surface))

    assert state(surface, kudos_id)["state"] == "withdrawn"


def test_what_kafka_may_have_is_withdrawn_and_not_cancelled(surface: PeopleSurface) -> None:
    kudos_id = given(surface)
    away = RecordingPublisher(away=True)
    with pytest.raises(DeliveryError):
        send(surface, away)
    assert state(surface, kudos_id)["state"] == "held"

    assert undo(surface, kudos_id).status == 202

    engine = into_the_engine(surface)
    for _ in range(2):
        surface.move(seconds=6)
        dispatch_of(surface).round(engine)
    kinds = [event["type"] for event in engine.events]
    assert kinds == ["mentoring.kudos.given.v1", "mentoring.fact.retracted.v1"]
    assert state(surface, kudos_id)["state"] == "withdrawn"


def test_after_the_hours_of_the_program_it_is_too_late(surface: PeopleSurface) -> None:
    kudos_id = given(surface)
    send(surface, RecordingPublisher())
    surface.move(hours=23)
    shown = state(surface, kudos_id)
    surface.move(hours=1)
    assert kind_of(undo(surface, kudos_id)) == (409, "too-late")
    assert shown["withdrawable_until"] is not None
    assert state(surface, kudos_id)["withdrawable_until"] is None


def test_where_nothing_is_withdrawn_held_kudos_are_still_cancelled(
    surface: PeopleSurface,
) -> None:
    held, sent = (given(surface, program="final", kind=k) for k in ("trust", "creativity"))
    assert undo(surface, held, program="final").status == 204
    send(surface, RecordingPublisher())
    assert kind_of(undo(surface, sent, program="final")) == (409, "too-late")


def test_refused_kudos_say_why_and_cannot_be_withdrawn(surface: PeopleSurface) -> None:
    kudos_id = given(surface)
    send(surface, RecordingPublisher())
    with surface.harness.transaction() as tx:
        tx.execute(
            'INSERT INTO dead_letters (topic, partition, "offset", headers, reason, detail, '
            "engine_version, catalog_digest) SELECT 'mentoring.activity', %s, sent_offset, '', "
            "'invalid', 'kind', '1', '' FROM web.gifts",
            PARTITION,
        )
    shown = state(surface, kudos_id)
    assert shown["state"] == "refused"
    assert shown["refused_because"] == "The program no longer has kudos of this kind."
    assert kind_of(undo(surface, kudos_id)) == (409, "not-standing")


@pytest.mark.parametrize("who", ["wen", "mate"])
def test_kudos_are_their_givers_alone(surface: PeopleSurface, who: str) -> None:
    kudos_id = given(surface)
    asks = as_(surface, participant(PROGRAM, who))
    assert surface.client.ask("GET", f"{KUDOS}/{kudos_id}", asks).status == 404
    assert surface.client.ask("DELETE", f"{KUDOS}/{kudos_id}", asks).status == 404
    assert listed(surface, giver=who)["items"] == []


def test_what_was_given_is_listed_latest_first_without_notes(surface: PeopleSurface) -> None:
    ids = []
    for kind in ("trust", "expertise", "creativity"):
        ids.append(given(surface, kind=kind, note=NOTE))
        surface.move(minutes=1)
    first = listed(surface, "?limit=2")
    second = listed(surface, f"?limit=2&after={first['next']}")
    items = first["items"] + second["items"]
    assert [item["kudos_id"] for item in items] == ids[::-1]
    assert second["next"] is None
    assert items[0]["recipient"]["display_name"] == "wen"
    assert (items[0]["loop_name"], items[0]["name"]) == ("Gwen and Wen", "Creativity")
    assert NOTE not in str(items)


@pytest.mark.parametrize("after", ["x", "WyIyMDI2IiwieCJd"])
def test_a_cursor_that_no_answer_had_is_named(surface: PeopleSurface, after: str) -> None:
    path = f"/v1/programs/{PROGRAM}/me/given?after={after}"
    answer = surface.client.ask("GET", path, as_(surface, participant(PROGRAM, "gwen")))
    assert answer.status == 422
    assert answer.json()["errors"][0]["pointer"] == "/query/after"


def test_what_is_long_settled_is_forgotten(surface: PeopleSurface) -> None:
    cancelled, sent, held = (
        given(surface, kind=kind) for kind in ("trust", "expertise", "creativity")
    )
    undo(surface, cancelled)
    surface.harness.rows(
        "UPDATE web.gifts SET due = due + '99 d'::interval WHERE kudos_id = %s RETURNING 1", held
    )
    send(surface, RecordingPublisher())
    kept = []
    for hours in (23, 2, 24 * 30):
        surface.move(hours=hours)
        dispatch_of(surface).tidy()
        rows = surface.harness.rows("SELECT kudos_id::text FROM web.gifts")
        kept.append({kudos_id for (kudos_id,) in rows})
    assert kept == [{cancelled, sent, held}, {sent, held}, {held}]

"""What coordinators make of reported notes: they stay, or their kudos are retracted."""

import json

import pytest

from events.deliveries import DeliveryError
from tests.integration.web.gifts import dispatch_of, into_the_engine
from tests.integration.web.people_surface import (
    PeopleSurface,
    Role,
    bearer,
    coordinator,
    participant,
)
from tests.integration.web.test_notes import MINE, NOTES, ask, entries, ids, known

__all__ = ["known"]

WEN, ANA, BOSS = participant("acme", "wen"), participant("acme", "ana"), coordinator("acme")


def report(surface: PeopleSurface, name: str) -> None:
    assert surface.client.ask("POST", f"{MINE}/{name}/report", bearer(WEN)).status == 204


def settle(surface: PeopleSurface, name: str, decision: object, who: object = BOSS) -> int:
    headers = {**bearer(who), "Content-Type": "application/json"}  # type: ignore[arg-type]
    body = json.dumps({"decision": decision}).encode()
    return surface.client.ask("POST", f"{NOTES}/{name}/settle", headers, body).status


def test_a_dismissed_note_stays_and_is_flagged_no_more(known: PeopleSurface) -> None:
    report(known, "k3")
    assert settle(known, "k3", "dismiss") == 204
    assert ids(ask(known, f"{NOTES}?reported=true")) == []
    assert ids(known.get(MINE, WEN)) == ["k4", "k3", "k1"]
    (entry, _) = entries(known)
    assert (entry.action, entry.details["decision"]) == ("notes.settled", "dismiss")
    assert settle(known, "k3", "remove") == 404


def test_to_remove_retracts_the_kudos_once_kafka_has_it(known: PeopleSurface) -> None:
    """Given kudos that another system published, when a coordinator removes them and Kafka is away,
    then the retraction is kept until it can be sent, and is the same at every try."""
    report(known, "k3")
    assert settle(known, "k3", "remove") == 204
    publisher, dispatch = into_the_engine(known), dispatch_of(known)
    publisher.away = True
    with pytest.raises(DeliveryError):
        dispatch.round(publisher)
    assert ids(known.get(MINE, WEN)) == ["k4", "k3", "k1"]
    publisher.away = False
    known.move(seconds=10)
    dispatch.round(publisher)
    first, second = publisher.tried
    assert first == second
    assert ids(known.get(MINE, WEN)) == ["k4", "k1"]
    assert known.harness.rows("SELECT FROM web.removals") == []
    assert known.harness.rows("SELECT standing FROM awards WHERE occurrence = 'k3'") == [(False,)]


def notified(surface: PeopleSurface, who: Role) -> list[tuple[str, str]]:
    listed = surface.get("/v1/programs/acme/me/notifications", who).json()["items"]
    return [(item["what"], item["kudos_id"]) for item in listed]


def test_a_dismissed_report_is_between_the_recipient_and_the_coordinator(
    known: PeopleSurface,
) -> None:
    """Given a reported note, when a coordinator leaves it as it is, then its recipient is notified
    of that, and its giver learns nothing, not even that there was a report."""
    report(known, "k3")
    assert settle(known, "k3", "dismiss") == 204
    assert notified(known, WEN) == [("report_dismissed", "k3")]
    assert notified(known, ANA) == []
    assert known.harness.rows("SELECT participant FROM notify.items") == [("wen",)]
    assert "left it as it is" in known.get("/p/acme/notifications", WEN).text


def test_both_people_are_notified_of_kudos_that_are_removed(known: PeopleSurface) -> None:
    report(known, "k3")
    assert settle(known, "k3", "remove") == 204
    assert notified(known, WEN) == [("kudos_removed", "k3")]
    assert notified(known, ANA) == [("gift_removed", "k3")]
    page = known.get("/p/acme/notifications", ANA).text
    assert "removed kudos that you gave" in page
    assert "report" not in page


def test_what_cannot_be_settled_notifies_nobody(known: PeopleSurface) -> None:
    report(known, "k3")
    assert [settle(known, "k3", "keep"), settle(known, "k1", "remove")] == [422, 404]
    assert known.harness.rows("SELECT FROM notify.items") == []


@pytest.mark.parametrize("decision", ["keep", "", None, 1])
def test_another_decision_is_a_fault(known: PeopleSurface, decision: object) -> None:
    report(known, "k3")
    assert settle(known, "k3", decision) == 422
    assert settle(known, "k3", "dismiss") == 204


def test_only_coordinators_settle_and_only_what_was_reported(known: PeopleSurface) -> None:
    report(known, "k3")
    assert settle(known, "k3", "remove", WEN) == 404
    assert settle(known, "k1", "remove") == 404
    assert entries(known) == []

"""What coordinators make of reported notes: they stay, or their kudos are retracted."""

import json

import pytest

from events.deliveries import DeliveryError
from tests.integration.web.gifts import dispatch_of, into_the_engine
from tests.integration.web.people_surface import PeopleSurface, bearer, coordinator, participant
from tests.integration.web.test_notes import MINE, NOTES, ask, entries, ids, known

__all__ = ["known"]

WEN, BOSS = participant("acme", "wen"), coordinator("acme")


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

"""GET /me/events over HTTP with a real Kafka: who hears what, and what ends a stream."""

import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from engine.local.apache_kafka import ApacheKafka
from tests.integration.local.processes import wait_until
from tests.integration.stream.administration import add_partitions
from tests.integration.web.listening import HeardStream, heard
from tests.integration.web.live_site import EVENTS, LiveSite, live_site, running
from tests.integration.web.people_surface import (
    COOKIE,
    PeopleSurface,
    Role,
    bearer,
    coordinator,
    participant,
    service,
)
from tests.support.asgi import asgi_client
from tests.unit.web.live.test_changes import awarded, record
from web import bootstrap
from web.live.hub import Hub
from web.live.stream import StreamTimes
from web.surfaces import people

WEN, TOMAS, MINA = (participant("p", name) for name in ("wen", "tomas", "mina"))
KUDOS = ["kudos", "notes", "notifications", "highlights"]
_SECONDS = 30.0


@pytest.fixture
def site(empty_surface: PeopleSurface, kafka: str) -> Iterator[LiveSite]:
    with live_site(empty_surface, kafka) as site:
        yield site


def test_the_recipient_hears_of_kudos_the_giver_a_little_and_nobody_else(site: LiveSite) -> None:
    with site.stream(WEN) as wen, site.stream(TOMAS) as tomas, site.stream(MINA) as mina:
        assert wen.status == tomas.status == mina.status == 200

        award = site.give("wen", "tomas")
        last = site.give("mina", "mina")

        whats = KUDOS
        assert [wen.event() for _ in whats] == [
            ("changed", award, {"what": what, "id": award}) for what in whats
        ]
        assert tomas.event() == ("changed", award, {"what": "kudos", "id": award})
        assert [mina.event()[1] for _ in KUDOS] == [last] * 4


def test_somebody_of_the_same_id_in_another_program_hears_nothing(site: LiveSite) -> None:
    elsewhere = participant("q", "wen")
    path = EVENTS.replace("/p/", "/q/")
    with heard(site.port, path, bearer(elsewhere)) as other, site.stream(WEN) as wen:
        site.give("wen", "tomas")
        wen.parts(4)
        site.publish("wen", awarded(program_id="q"))
        assert other.parts(3) == ["badges", "notifications", "highlights"]


def test_a_stream_is_neither_kept_nor_compressed_and_shows_that_it_lives(site: LiveSite) -> None:
    with site.stream(WEN) as wen:
        assert wen.headers["content-type"] == "text/event-stream"
        assert "no-store" in wen.headers["cache-control"]
        assert wen.headers["x-accel-buffering"] == "no"
        assert "content-encoding" not in wen.headers
        wait_until(lambda: site.hub.count == 1)
        time_before = time.monotonic()
        wait_until(lambda: time.monotonic() - time_before > 0.5)
        site.give("wen", "tomas")
        wen.parts(4)
        assert wen.comments >= 2


def test_a_fourth_stream_is_refused_and_one_that_left_makes_room(site: LiveSite) -> None:
    with site.stream(WEN), site.stream(WEN), ExitStack() as stack:
        stack.enter_context(site.stream(WEN))
        with site.stream(WEN) as fourth:
            assert fourth.status == 429
            assert int(fourth.headers["retry-after"]) > 0
        with site.stream(TOMAS) as other:
            assert other.status == 200
        stack.close()
        wait_until(lambda: site.hub.count == 2)
        with site.stream(WEN) as again:
            assert again.status == 200


@pytest.mark.parametrize(("held", "status"), [((), 401), ((coordinator("p"),), 404)])
def test_only_a_participant_has_a_stream(
    site: LiveSite, held: tuple[Role, ...], status: int
) -> None:
    with site.stream(*held) as refused:
        assert refused.status == status
    assert site.hub.count == 0


def test_a_stream_ends_with_its_session(site: LiveSite) -> None:
    cookie = site.surface.sign_in(WEN)
    with site.stream(Cookie=f"{COOKIE}={cookie}") as wen:
        site.give("wen", "tomas")
        wen.parts(4)
        site.surface.client.ask(
            "POST", "/sign-out", {"cookie": f"{COOKIE}={cookie}", "Sec-Fetch-Site": "same-origin"}
        )
        assert wen.ends()


def test_a_stream_ends_when_its_session_loses_the_role(site: LiveSite) -> None:
    cookie = site.surface.sign_in(WEN)
    with site.stream(Cookie=f"{COOKIE}={cookie}") as wen, site.stream(TOMAS) as tomas:
        site.surface.harness.rows("UPDATE web.sessions SET roles = '[]'::jsonb RETURNING 1")
        assert wen.ends()
        site.give("wen", "tomas")
        assert tomas.parts(1) == ["kudos"]


def test_a_stream_ends_with_its_token(site: LiveSite) -> None:
    before = site.surface.now
    try:
        with site.stream(WEN) as wen:
            site.surface.move(minutes=11)
            assert wen.ends()
    finally:
        site.surface.move(seconds=(before - site.surface.now).total_seconds())


def test_a_stream_of_somebody_who_is_erased_ends(site: LiveSite) -> None:
    with site.stream(WEN) as wen, site.stream(TOMAS) as tomas:
        path = "/v1/programs/p/people/wen/personal-data"
        erasing = urllib.request.Request(
            f"http://127.0.0.1:{site.port}{path}", headers=bearer(service("p")), method="DELETE"
        )
        with urllib.request.urlopen(erasing, timeout=_SECONDS) as answer:
            assert answer.status == 200
        assert wen.ends()
        site.give("tomas", "wen")
        assert tomas.parts(4) == KUDOS


def test_a_stream_ends_after_a_while(site: LiveSite) -> None:
    hub = Hub(reading=True)
    times = StreamTimes(beat=0.05, longest=0.2)
    with running(site.surface, hub, times) as port, heard(port, EVENTS, bearer(WEN)) as wen:
        assert wen.ends()
        assert wen.comments > 1


def test_a_server_that_stops_ends_its_streams_and_waits_for_none(site: LiveSite) -> None:
    with ExitStack() as stack:
        port = stack.enter_context(running(site.surface, Hub(reading=True), StreamTimes()))
        with heard(port, EVENTS, bearer(WEN)) as wen:
            assert wen.status == 200
            stack.close()
            assert wen.ends()


def test_a_partition_that_is_added_is_read_from_its_beginning(site: LiveSite) -> None:
    with site.stream(WEN) as wen:
        add_partitions(site.kafka, site.topic, 3)
        site.publish("wen", awarded(), partition=2)
        assert wen.parts(3) == ["badges", "notifications", "highlights"]


def test_a_stream_stays_open_while_kafka_is_away_and_misses_nothing(
    empty_surface: PeopleSurface, restartable_kafka: ApacheKafka
) -> None:
    with live_site(empty_surface, restartable_kafka.bootstrap) as site, site.stream(WEN) as wen:
        site.give("wen", "tomas")
        assert wen.parts(4) == KUDOS
        restartable_kafka.kill()
        restartable_kafka.start()
        site.give("wen", "tomas")
        assert wen.parts(4) == KUDOS


def test_a_stream_waits_until_nothing_is_missed(site: LiveSite) -> None:
    """Headers are sent once the hub reads."""
    hub = Hub()
    answers: list[HeardStream] = []
    with running(site.surface, hub, StreamTimes()) as port:

        def ask() -> None:
            with heard(port, EVENTS, bearer(WEN)) as wen:
                answers.append(wen)

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        wait_until(lambda: hub.count == 1)
        assert not answers
        hub.begin_reading()
        asking.join(_SECONDS)
    assert [answer.status for answer in answers] == [200]


def test_streams_do_not_count_as_requests_of_a_minute(empty_surface: PeopleSurface) -> None:
    hub = Hub(reading=True)
    settings = empty_surface.settings.model_copy(update={"requests_per_minute": 2})
    pools = empty_surface.pools
    there = people.application(
        settings, pools, bootstrap.readiness(pools, settings), empty_surface.issuer, hub=hub
    )
    with asgi_client(there) as client:
        for _ in range(5):
            assert client.ask("GET", EVENTS, bearer(WEN)).status == 200
        assert client.ask("HEAD", EVENTS, bearer(WEN)).body == b""
        assert client.ask("GET", "/v1/me", bearer(WEN)).status == 200
    assert hub.count == 0


def test_an_invitation_is_heard_of_by_who_is_invited(site: LiveSite) -> None:
    with site.stream(TOMAS) as tomas:
        invitation = str(uuid.uuid4())
        site.publish(
            "tomas",
            record("kudos.invited", invitation_id=invitation, respondent_id="tomas"),
        )
        expected = ("changed", invitation, {"what": "notifications", "id": invitation})
        assert tomas.event() == expected

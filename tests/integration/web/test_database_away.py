"""Without PostgreSQL every page and answer says that it is not available, and comes back alone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool
from structlog.testing import capture_logs

from engine.store.generations import catalogs
from tests.integration.local.processes import wait_until
from tests.integration.web.people_surface import (
    PeopleSurface,
    bearer,
    coordinator,
    described_person,
    described_program,
    participant,
)
from tests.support.asgi import WebAnswer, asgi_client
from tests.support.given import kudos
from web import bootstrap
from web.surfaces import people

ME, BOSS = participant("acme", "wen"), coordinator("acme")
API = ("/v1/me", "/v1/programs/acme/me/badges", "/v1/programs/acme/catalog",
       "/v1/programs/acme/me/preferences", "/v1/programs/acme/people/wen/badges")  # fmt: skip
PAGES = ("/p/acme/kudos", "/p/acme/settings", "/p/acme/highlights")
_AWAY = "Something that this page needs cannot be reached"


@pytest.fixture(scope="module")
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    empty_surface.describe(described_program("acme"), described_person("acme", "wen"))
    empty_surface.harness.tell(kudos("k1", "ana", "wen", "trust", program_id="acme"))
    return empty_surface


@contextmanager
def away(known: PeopleSurface, server: str) -> Iterator[None]:
    """The database lets nobody in, and has thrown everybody out."""
    name = make_url(known.harness.url).database
    administrator = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def run(statement: str) -> None:
        with administrator.connect() as connection:
            connection.execute(text(statement))

    run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    try:
        yield
    finally:
        run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def check_unavailable(answer: WebAnswer, path: str) -> None:
    assert (answer.status, answer.header("retry-after")) == (503, "5"), path
    if path.startswith("/v1/"):
        assert answer.json()["type"].endswith("/unavailable")
    else:
        assert _AWAY in answer.text
        assert "Try again" in answer.text


def test_everything_says_so_and_comes_back_alone(known: PeopleSurface, postgres_url: str) -> None:
    cookie = f"__Host-badges={known.sign_in(ME)}"
    paths = [*API, *PAGES]
    for path in paths:
        assert known.get(path, ME, BOSS).status == 200
    with away(known, postgres_url), capture_logs() as logged:
        for path in paths:
            check_unavailable(known.get(path, ME, BOSS), path)
        for path in PAGES:
            check_unavailable(known.get(path, cookie=cookie), path)
        readiness = known.get("/readyz")
        assert (readiness.status, readiness.json()["database"]) == (503, "away")
        assert known.get("/healthz").status == 200
        assert known.get("/v1/me").status == 401
        assert (
            known.get(PAGES[0]).header(
                "location",
            )
            == f"/sign-in?next={PAGES[0]}"
        )
    assert known.client.crashes == []
    assert "wen" not in json.dumps(logged, default=str)
    for path in paths:
        assert known.get(path, ME, BOSS).status == 200
    assert known.get(PAGES[0], cookie=cookie).status == 200
    wait_until(lambda: known.get("/readyz").status == 200)


def test_a_statement_that_is_cut_off_is_unavailable_too(
    known: PeopleSurface, postgres_url: str
) -> None:
    """Given a request that waits for a lock, when its backend ends, then it is answered 503."""
    answers: list[WebAnswer] = []
    waiting = (
        "SELECT pid FROM pg_stat_activity "
        "WHERE usename = 'badge_reader' AND wait_event = 'relation'"
    )
    with known.harness.transaction() as tx:
        tx.execute("LOCK TABLE awards IN ACCESS EXCLUSIVE MODE")
        path = "/v1/programs/acme/me/badges"
        thread = Thread(target=lambda: answers.append(known.get(path, ME)))
        thread.start()
        wait_until(lambda: bool(tx.rows(waiting)))
        tx.execute(f"SELECT pg_terminate_backend(pid) FROM ({waiting}) w")
        thread.join(30)
    check_unavailable(answers[0], path)
    assert known.get(path, ME).status == 200


def test_a_server_that_never_was_there_is_away(tmp_path: Path, known: PeopleSurface) -> None:
    nowhere = SecretStr("postgresql://nobody@127.0.0.1:1/none")
    changed = dict.fromkeys(
        ("reader_database_url", "people_database_url", "notes_database_url"), nowhere
    )
    settings = known.settings.model_copy(update=changed)
    with bootstrap.pools(settings) as pools:
        there = people.application(
            settings, pools, bootstrap.readiness(pools, known.settings), known.issuer
        )
        with asgi_client(there) as client:
            for path in (*API, *PAGES):
                check_unavailable(client.ask("GET", path, bearer(ME, BOSS)), path)


def test_a_process_without_free_connections_is_unavailable(known: PeopleSurface) -> None:
    """Given a pool whose connections are all held, then who waits too long is answered 503."""
    pools = bootstrap.Pools(
        create_engine(known.pools.reader.url, pool_size=1, max_overflow=0, pool_timeout=0.1),
        known.pools.people,
        known.pools.notes,
    )
    there = people.application(
        known.settings, pools, bootstrap.readiness(pools, known.settings), known.issuer
    )
    with asgi_client(there) as client, pools.reader.connect():
        check_unavailable(client.ask("GET", API[1], bearer(ME)), API[1])
    pools.reader.dispose()


def test_a_catalog_that_somebody_changed_by_hand_is_an_error_that_is_logged(
    known: PeopleSurface, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogs, "_parsed", {})
    with known.harness.transaction() as tx:
        tx.execute("UPDATE catalogs SET text = replace(text, 'top_ratings: 3', 'top_ratings: 2')")
    with bootstrap.pools(known.settings) as pools:
        there = people.application(
            known.settings, pools, bootstrap.readiness(pools, known.settings), known.issuer
        )
        with asgi_client(there) as client, capture_logs() as logged:
            answer = client.ask("GET", "/v1/programs/acme/catalog", bearer(ME))
            page = client.ask("GET", "/p/acme/kudos", bearer(ME))
            assert client.ask("GET", "/p/acme/settings", bearer(ME)).status == 200
            assert client.crashes == []
    assert (answer.status, page.status) == (500, 500)
    assert "top_ratings" not in answer.text + page.text
    assert [line["event"] for line in logged] == 2 * ["a stored catalog was changed"]

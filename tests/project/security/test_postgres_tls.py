"""PostgreSQL over a network: TLS as the address asks for it; no password for an eavesdropper."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url

from engine.local.embedded_postgres import embedded_postgres
from engine.local.folder import temporary_folder
from engine.store.postgres import network
from engine.store.postgres.connection import DatabaseUnreachable, connect, transaction
from tests.project.security.conftest import Pki
from tests.project.security.door import door

PASSWORD = "SECRET-of-postgres"
HOST = "localhost.example"  # not this machine, as far as its name shows

_HBA = """\
local all postgres trust
local all in_the_clear password
local all all scram-sha-256
"""


@pytest.fixture(scope="module")
def socket_path() -> Iterator[str]:
    """The Unix socket of a server that asks for passwords."""
    with temporary_folder("hba") as folder:
        folder.chmod(0o755)  # the server may run under another account
        hba = folder / "pg_hba.conf"
        hba.write_text(_HBA)
        with embedded_postgres({"hba_file": str(hba)}) as postgres:
            with connect(postgres.url, "test").begin() as owner:
                for role in ("engine", "in_the_clear"):
                    owner.exec_driver_sql(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'")
            yield f"{make_url(postgres.url).query['host']}/.s.PGSQL.5432"


@pytest.fixture
def tls(socket_path: str, pki: Pki) -> Iterator[int]:
    """The port of a server with TLS; its certificate is for localhost.example."""
    server = pki.authority.issue("postgres", f"DNS:{HOST}")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(server.certificate, server.key)
    with door(socket_path, context) as port:
        yield port


@pytest.fixture
def plain(socket_path: str) -> Iterator[int]:
    """The port of the same server without TLS."""
    with door(socket_path) as port:
        yield port


def url(port: int, options: str = "", user: str = "engine", host: str = HOST) -> str:
    return f"postgresql://{user}:{PASSWORD}@{host}:{port}/postgres?hostaddr=127.0.0.1" + (
        f"&{options}" if options else ""
    )


@contextmanager
def connected(address: str) -> Iterator[Engine]:
    engine = connect(address, "test")
    try:
        with transaction(engine) as tx:
            assert tx.one("SELECT 1") == (1,)
        yield engine
    finally:
        engine.dispose()


def refused(address: str) -> str:
    with pytest.raises(DatabaseUnreachable) as refusal, connected(address):
        pass
    assert "SECRET" not in str(refusal.value)
    return str(refusal.value)


def verified(authority: Path) -> str:
    return f"sslmode=verify-full&sslrootcert={authority}"


def test_a_server_that_proves_who_it_is_is_used(tls: int, pki: Pki) -> None:
    with connected(url(tls, verified(pki.authority.certificate))) as engine:
        assert network.exposed(engine) is None


def test_a_server_that_somebody_else_vouches_for_is_not(tls: int, pki: Pki) -> None:
    said = refused(url(tls, verified(pki.other.certificate)))
    assert "certificate verify failed" in said


def test_a_server_of_another_name_is_not(tls: int, pki: Pki) -> None:
    said = refused(url(tls, verified(pki.authority.certificate), host="other.example"))
    assert 'does not match host name "other.example"' in said


def test_a_server_without_tls_is_not_where_tls_is_asked_for(plain: int, pki: Pki) -> None:
    said = refused(url(plain, verified(pki.authority.certificate)))
    assert "server does not support SSL, but SSL was required" in said


@pytest.mark.parametrize("place", ["", "password=SECRET-and-wrong&"])
def test_a_wrong_password_is_refused_and_not_shown(tls: int, place: str) -> None:
    address = url(tls, f"{place}sslmode=require").replace(PASSWORD, "SECRET-and-wrong")
    assert 'password authentication failed for user "engine"' in refused(address)


def test_it_is_said_that_a_network_may_listen(plain: int, tls: int) -> None:
    with connected(url(plain)) as engine:
        assert network.exposed(engine) == HOST
    with connected(url(tls)) as engine:  # encrypted, though not asked for
        assert network.exposed(engine) is None


def test_it_is_not_said_where_it_is_wanted_so_or_nothing_leaves_this_machine(plain: int) -> None:
    for address in (url(plain, "sslmode=disable"), url(plain, host="127.0.0.1")):
        with connected(address) as engine:
            assert network.exposed(engine) is None


def test_a_password_is_not_sent_in_the_clear_even_if_the_server_asks_for_it(plain: int) -> None:
    said = refused(url(plain, user="in_the_clear"))
    assert "server requested a cleartext password" in said


def test_over_tls_it_may_be(tls: int, pki: Pki) -> None:
    options = verified(pki.authority.certificate)
    with connected(url(tls, options, user="in_the_clear")) as engine:
        assert network.exposed(engine) is None


def test_an_address_is_shown_without_what_may_be_secret() -> None:
    address = make_url(
        "postgresql://u:SECRET@h/d?password=SECRET&sslpassword=SECRET&sslmode=require"
    )
    assert network.shown(address) == "postgresql://u:***@h/d?sslmode=require"

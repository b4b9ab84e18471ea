"""The way to PostgreSQL: given up when nothing is heard of the other side, and no password in the
clear."""

from collections.abc import Mapping
from typing import cast

import psycopg
from sqlalchemy import URL, Engine

from engine.loopback import is_loopback

# Of a URL's options, those that errors may repeat: others may be secrets.
_SHOWN = ("host", "port", "dbname", "user", "sslmode")

# How TLS is asked for such that nobody in between can have us do without.
_SURELY_TLS = ("require", "verify-ca", "verify-full")


def options(address: URL, silence_seconds: float) -> Mapping[str, str | int]:
    """Options of libpq for connections to an address; what its URL says itself comes first.

    `silence_seconds`: how long nothing may be heard of the other machine. A network that drops
    everything without a word says nothing either: the system would wait for a quarter of an hour,
    or, for an answer, for ever.
    """
    wanted: dict[str, str | int] = {
        "connect_timeout": 10,
        "keepalives_idle": max(1, round(silence_seconds / 2)),
        "keepalives_interval": max(1, round(silence_seconds / 8)),
        "keepalives_count": 4,
        "tcp_user_timeout": round(silence_seconds * 1000),  # milliseconds; Linux
    }
    if _is_elsewhere(_hosts(address)) and address.query.get("sslmode") not in _SURELY_TLS:
        # A server, or somebody who answers for it, may ask for the password as it is.
        wanted["require_auth"] = "!password"
    return {name: value for name, value in wanted.items() if name not in address.query}


def server_keepalives(silence_seconds: float) -> Mapping[str, str]:
    """Settings of a session with which the server ends it, and frees its locks, when nothing was
    heard of our machine for so long. Over a socket of the same machine they mean nothing."""
    return {
        "tcp_keepalives_idle": str(max(1, round(silence_seconds / 2))),
        "tcp_keepalives_interval": str(max(1, round(silence_seconds / 8))),
        "tcp_keepalives_count": "4",
        "tcp_user_timeout": str(round(silence_seconds * 1000)),  # milliseconds
    }


def shown(address: URL) -> str:
    """An address for people, without secrets."""
    query = {name: value for name, value in address.query.items() if name in _SHOWN}
    return address.set(query=query).render_as_string(hide_password=True)


def exposed(engine: Engine) -> str | None:
    """The host to which what we say is sent unencrypted over a network, unless the address says
    sslmode=disable: then that is what is wanted."""
    if engine.url.query.get("sslmode") == "disable":
        return None
    with engine.connect() as connection:
        link = cast("psycopg.Connection[object]", connection.connection.driver_connection)
        if link.pgconn.ssl_in_use or not _is_elsewhere(link.info.host):
            return None
        return link.info.host


def _hosts(address: URL) -> str:
    given = address.query.get("host", address.host or "")
    return given if isinstance(given, str) else ",".join(given)


def _is_elsewhere(hosts: str) -> bool:
    """Whether one of these (separated by commas) is another machine."""
    return not all(_is_here(host) for host in hosts.split(","))


def _is_here(host: str) -> bool:
    # No host is a socket here.
    return not host or host.startswith(("/", "@")) or is_loopback(host)

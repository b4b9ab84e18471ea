"""A connection to PostgreSQL past every proxy, for the harness itself."""

from typing import Any

import psycopg
from sqlalchemy.engine import make_url


def connected(url: str) -> "psycopg.Connection[tuple[Any, ...]]":
    """A connection without transactions of its own, to be closed by who asked for it."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(
        plain, autocommit=True, application_name="fault-harness", connect_timeout=10
    )

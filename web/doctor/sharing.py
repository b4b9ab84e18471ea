"""Whether credentials are withdrawn soon after their award was."""

from collections.abc import Iterator

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from engine.cli.console.checks import Check
from engine.store.postgres.connection import transaction

LATE_MINUTES = 5
"""A sweep looks once a minute."""


def checks(people: Engine) -> Iterator[Check]:
    """`people`: as the role badge_people."""
    try:
        with transaction(people) as tx:
            row = tx.one(
                "SELECT count(*) FROM web.credentials c JOIN web.shares s USING (share_id) "
                "WHERE c.revoked IS NULL AND s.ended < now() - make_interval(mins => %s)",
                LATE_MINUTES,
            )
    except (psycopg.Error, DBAPIError):
        return  # a schema or a right is missing, which other checks say
    late = row[0] if row else 0
    if late:
        yield Check(
            False,
            "status lists",
            f"{late} credentials are valid, though their shares ended more than {LATE_MINUTES} "
            "minutes ago;\nis a process of the people surface running? Its log says why it does "
            "not withdraw them",
        )
    else:
        yield Check(True, "status lists", "every share that ended has its credentials withdrawn")

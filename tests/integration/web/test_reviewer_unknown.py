"""Who reviews is in no byte that somebody else may read: a reviewer whose name nobody else has goes
through a panel, and everything is searched for that name."""

import re

import pytest
from prometheus_client import generate_latest
from structlog.testing import capture_logs

from tests.integration.web.panelled import (
    API,
    AUDITOR,
    COORDINATOR,
    PROGRAM,
    SUBJECT,
    P,
    Reviewing,
    appoint,
    begin,
    close_panel,
)
from tests.integration.web.people_surface import PeopleSurface
from tests.integration.web.privacy import adopt

CANARY = "zilpha-canary"
REVIEWERS = (CANARY, "raul", "rita")
_UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SCHEMAS = ("public", "governance", "notify", "directory", "web")
NAMED_IN = frozenset({"directory.participants", "governance.people", "governance.log",
                      "notify.case_news", "notify.items"})  # fmt: skip
"""Tables that name a reviewer as somebody who takes part, and in what they are notified of."""


@pytest.fixture(scope="module")
def reviewing(empty_surface: PeopleSurface) -> Reviewing:
    adopt(empty_surface)
    appoint(empty_surface, REVIEWERS)
    return begin(empty_surface, REVIEWERS)


def rows_naming(reviewing: Reviewing) -> dict[str, list[str]]:
    """The rows of all tables that name the reviewer, in any way of writing, by table."""
    marks = (CANARY, CANARY.encode().hex(), CANARY.title())
    with reviewing.surface.harness.transaction() as tx:
        tables = tx.rows(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
            "WHERE schemaname = ANY (%s::text[])",
            list(_SCHEMAS),
        )
        named = {
            table: [
                row
                for (row,) in tx.rows(f"SELECT t::text FROM {table} t")
                if any(mark in row for mark in marks)
            ]
            for (table,) in tables
        }
    return {table: rows for table, rows in named.items() if rows}


def ids_of_panels(reviewing: Reviewing) -> set[str]:
    """All ids by which a row could lead to a panel, a seat, a case or a draw."""
    ids: set[str] = set()
    with reviewing.surface.harness.transaction() as tx:
        for table in ("panels", "panel_seats", "cases", "draws", "draw_pieces", "outbox"):
            for (row,) in tx.rows(f"SELECT t::text FROM governance.{table} t"):
                ids |= set(_UUID.findall(row))
    return ids


def test_nobody_else_is_shown_who_reviews_in_any_byte(
    reviewing: Reviewing, capfd: pytest.CaptureFixture[str]
) -> None:
    surface = reviewing.surface
    with capture_logs() as logged:
        assert reviewing.get(f"{P}/reviews", CANARY).status == 200
        assert reviewing.get(f"{P}/reviews/{reviewing.asked[CANARY]}", CANARY).status == 200
        for who in REVIEWERS:
            words = f"{CANARY} says: well done" if who == CANARY else "well done"
            assert reviewing.put(who, narrative=words).status == 200
        close_panel(reviewing.committee, PROGRAM, reviewing.panel_id)
        asks = [
            (where + path, who)
            for where in (API, P)
            for who in (SUBJECT, AUDITOR, "lena", "raul", COORDINATOR)
            for path in ("/panels", "/desk", "/reviews", f"/cases/{reviewing.case_id}", "/cases",
                         "/me/cases", "/me/notifications", "/me/export", "/progress")
        ]  # fmt: skip
        answers = [
            (path, reviewing.get(path, who).text if isinstance(who, str) else
             surface.get(path, who).text)
            for path, who in asks
        ]  # fmt: skip
    everywhere = repr(logged) + "".join(capfd.readouterr()) + generate_latest().decode()

    assert CANARY in reviewing.get(f"{API}/me/export", CANARY).text
    assert [path for path, text in answers if CANARY in text.lower()] == []
    assert CANARY not in everywhere
    values = surface.harness.rows("SELECT value FROM governance.outbox")
    assert len(values) == len(REVIEWERS)
    assert not [value for (value,) in values if CANARY.encode() in bytes(value)]


def test_no_table_ties_a_reviewer_to_a_panel(reviewing: Reviewing) -> None:
    named = rows_naming(reviewing)

    assert set(named) <= NAMED_IN
    of_log = surface_log(reviewing)
    assert of_log <= {"people.changed"}
    leads = ids_of_panels(reviewing)
    assert len(leads) > 6
    tied = {
        table: row for table, rows in named.items() for row in rows if leads & {*_UUID.findall(row)}
    }
    assert tied == {}


def surface_log(reviewing: Reviewing) -> set[str]:
    """The kinds of entries of the committee's log that name the reviewer."""
    return {
        kind
        for kind, text in reviewing.surface.harness.rows(
            "SELECT kind, t::text FROM governance.log t"
        )
        if CANARY in text
    }

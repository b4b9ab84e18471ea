"""The table of addresses agrees with the matrix, and with the routes of the application."""

from collections.abc import Iterator

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from web.policy.endpoint import Endpoint
from web.policy.endpoints import EVERY, OPS, PUBLIC
from web.policy.matrix import FIELDS, VIEWERS, Field, right
from web.surfaces import ops, people

_SHOWN_SO_FAR: set[Field] = {
    "badges", "progress", "evidence", "givers", "name", "preferences", "note", "note exists",
    "note reads", "email", "invitations", "shares", "narrative", "case", "decision", "office",
    "outcomes",
    "dossier",
}  # fmt: skip
"""The fields that some address has by now; of the others there is nothing to show yet."""


@pytest.mark.parametrize("endpoint", EVERY + OPS, ids=lambda endpoint: endpoint.path)
def test_no_address_shows_what_the_matrix_denies(endpoint: Endpoint) -> None:
    for viewer, fields in endpoint.shows.items():
        assert all(right(viewer, field) != "no" for field in fields), f"{viewer} at {endpoint.path}"


def test_addresses_of_mail_are_in_exports_alone() -> None:
    shown = {field for endpoint in EVERY for fields in endpoint.shows.values() for field in fields}
    assert shown == _SHOWN_SO_FAR
    with_email = {e.path for e in EVERY for fields in e.shows.values() if "email" in fields}
    assert all(path.endswith("/export") for path in with_email)


def test_a_note_is_shown_to_its_recipient_and_to_coordinators_alone() -> None:
    """And to a service that exports somebody, for them."""
    shows = [(who, e.path) for e in EVERY for who, fields in e.shows.items() if "note" in fields]
    assert {who for who, _ in shows} == {"me", "coordinator", "service"}
    assert all(path.endswith("/export") for who, path in shows if who == "service")


def test_people_see_all_of_themselves_that_there_is() -> None:
    mine = {field for endpoint in EVERY for field in endpoint.shows.get("me", ())}
    assert mine == {field for field in FIELDS if right("me", field) != "no"} & _SHOWN_SO_FAR


def test_strangers_and_operators_see_nothing() -> None:
    for viewer in ("public", "ops", "coordinator elsewhere", "other"):
        assert viewer in VIEWERS
        assert all(viewer not in endpoint.shows for endpoint in EVERY)


def test_every_route_of_a_program_stands_in_the_table() -> None:
    of_programs = {(method, path) for method, path in _routes() if "{program}" in path}
    listed = {(endpoint.method, endpoint.path) for endpoint in EVERY}
    listed |= {("GET", path) for path in PUBLIC}
    leads_to_kudos = {("GET", "/p/{program}")}
    assert of_programs - leads_to_kudos | {("GET", "/v1/me")} == listed


def test_the_routes_of_the_console_are_those_of_the_table() -> None:
    there = {route for part in (*ops.API, *ops.PAGES) for route in _of(part.router)}
    assert there - {("GET", "/")} == {(endpoint.method, endpoint.path) for endpoint in OPS}


def test_the_console_answers_operators_alone_and_shows_nothing_else() -> None:
    assert {endpoint.asker for endpoint in OPS} == {"ops"}
    assert all(set(endpoint.shows) <= {"ops"} for endpoint in OPS)
    assert {field for e in OPS for of in e.shows.values() for field in of} == {"operations"}


def _routes() -> Iterator[tuple[str, str]]:
    for part in (*people.API, *people.PAGES):
        yield from _of(part.router)


def _of(router: APIRouter) -> Iterator[tuple[str, str]]:
    for route in router.routes:
        assert isinstance(route, APIRoute)
        for method in route.methods or ():
            yield method, route.path

"""Roles are read from a token's claim as JSON gives it; what is no role of ours is ignored."""

import json
from datetime import UTC, datetime

import pytest

from web.identity.principal import (
    CoordinatorRole,
    OpsRole,
    ParticipantRole,
    Principal,
    ServiceRole,
    roles_of,
)


def test_each_role_is_read() -> None:
    claim = json.loads(
        """[{"role":"participant","program":"p","id":"x"},{"role":"coordinator","program":"p"},
        {"role":"service","program":"p","may":["keys","erase"]},{"role":"ops"}]"""
    )
    assert roles_of(claim) == (
        ParticipantRole(role="participant", program="p", id="x"),
        CoordinatorRole(role="coordinator", program="p"),
        ServiceRole(role="service", program="p", may=("keys", "erase")),
        OpsRole(role="ops"),
    )


@pytest.mark.parametrize(
    "item",
    [
        None, 7, "ops", [], {}, {"role": "admin"}, {"role": "OPS"}, {"role": ["ops"]},
        {"role": "coordinator"}, {"role": "coordinator", "program": ""},
        {"role": "coordinator", "program": 7}, {"role": "participant", "program": "p"},
        {"role": "participant", "program": "p", "id": ""},
        {"role": "service", "program": "p", "may": "keys"},
    ],
)  # fmt: skip
def test_what_is_no_role_is_ignored(item: object) -> None:
    assert roles_of([item, {"role": "ops"}]) == (OpsRole(role="ops"),)


def test_a_permission_we_do_not_know_is_ignored() -> None:
    (role,) = roles_of([{"role": "service", "program": "p", "may": ["keys", "fly", 7]}])
    assert isinstance(role, ServiceRole)
    assert role.may == ("keys",)


def test_a_role_counts_in_its_own_program_only() -> None:
    claim = [
        {"role": "participant", "program": "p", "id": "first"},
        {"role": "participant", "program": "p", "id": "second"},
        {"role": "coordinator", "program": "q"},
    ]
    who = Principal("wen", roles_of(claim), datetime(2026, 1, 1, tzinfo=UTC))
    assert who.participant_in("p") == "first"
    assert who.participant_in("q") is None
    assert who.coordinates("q")
    assert not who.coordinates("p")
    assert who.programs() == ["p", "q"]

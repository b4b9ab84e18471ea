"""What pages ask the directory: each answer is one statement, and nobody is missing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from directory import membership, names, programs
from directory.intake.fold import RecordAt, fold
from directory.intake.records import parse
from directory.names import DirectoryPerson
from directory.programs import ProgramDescription, ProgramIssuer
from directory.store import descriptions
from engine.store.postgres.connection import Row, Transaction, transaction
from tests.integration.directory.platform import PROGRAM, Keyed, loop, person, program


class CountingTransaction(Transaction):
    """Counts its statements."""

    count = 0

    def rows(self, statement: str, *parameters: object) -> list[Row]:
        self.count += 1
        return super().rows(statement, *parameters)

    def one(self, statement: str, *parameters: object) -> Row | None:
        self.count += 1
        return super().one(statement, *parameters)


@pytest.fixture
def tx(database: Engine) -> Iterator[CountingTransaction]:
    with transaction(database) as opened:
        yield CountingTransaction(opened._connection)


def describe(tx: CountingTransaction, *records: Keyed) -> None:
    now = datetime.now(UTC)
    at = [RecordAt(offset, now, parse(*record)) for offset, record in enumerate(records)]
    changes = fold(at)
    assert changes.refused == []
    descriptions.apply(tx, 1, changes)
    tx.count = 0


def test_an_undescribed_program_shows_its_id_and_the_defaults(tx: CountingTransaction) -> None:
    assert programs.described(tx, "acme") == ProgramDescription(
        "acme", "acme", described=False, locale="en", timezone="UTC", self_match=False,
        kudos_enabled=True, withdraw_hours=24, public_pages=True, support_url=None, issuer=None,
    )  # fmt: skip
    assert tx.count == 1


def test_a_program_shows_what_was_described(tx: CountingTransaction) -> None:
    settings: dict[str, Any] = {
        "locale": "de",
        "timezone": "Europe/Berlin",
        "self_match": True,
        "kudos": {"withdraw_hours": 0},
        "sharing": {"public_pages": False},
        "branding": {"accent": "#123456", "logo_url": "https://acme.example/logo.png"},
        "support_url": "https://acme.example/help",
        "issuer": {"name": "Acme", "url": "https://acme.example", "linkedin_organization_id": 42},
    }
    describe(tx, program("Acme & Söhne", **settings))

    assert programs.described(tx, PROGRAM) == ProgramDescription(
        PROGRAM, "Acme & Söhne", described=True, locale="de", timezone="Europe/Berlin",
        self_match=True, kudos_enabled=True, withdraw_hours=0, public_pages=False,
        support_url="https://acme.example/help", logo_url="https://acme.example/logo.png",
        accent="#123456",
        issuer=ProgramIssuer("Acme", "https://acme.example", "42"),
    )  # fmt: skip


def test_everybody_asked_for_is_answered_and_no_id_stands_for_a_name(
    tx: CountingTransaction,
) -> None:
    avatar = "https://acme.example/ann.png"
    details = {"given_name": "Ann", "avatar_url": avatar, "locale": "en", "timezone": "UTC"}
    describe(
        tx,
        person("ann", "Ann Lee", roles=["mentor"], email="ann@example.org", **details),
        person("ben", "Ben", active=False),
    )

    people = names.people(tx, PROGRAM, ["ann", "ben", "somebody-0417", "x", "o'neil", "ann"])

    assert tx.count == 1
    assert people == {
        "ann": DirectoryPerson(
            "ann", "Ann Lee", "Ann", avatar, "en", "UTC", ("mentor",), described=True
        ),
        "ben": DirectoryPerson("ben", "Ben", active=False, described=True),
        "somebody-0417": DirectoryPerson("somebody-0417", "Participant 0417"),
        "x": DirectoryPerson("x", "Participant"),
        "o'neil": DirectoryPerson("o'neil", "Participant neil"),
    }
    assert names.people(tx, "other", ["ann"])["ann"].described is False
    assert names.people(tx, PROGRAM, []) == {}


def test_the_loops_of_a_person_come_by_id_page_by_page_with_their_people(
    tx: CountingTransaction,
) -> None:
    everybody = [f"p-{number:03}" for number in range(200)]
    describe(
        tx,
        person("ann", "Ann"),
        *[loop(name, "ann", "ben") for name in ("b", "a", "C", "é")],
        loop("big", *everybody, name="All of us", state="closed"),
        loop("elsewhere", "ben"),
    )

    first = membership.loops_of(tx, PROGRAM, "ann", None, 3)
    rest = membership.loops_of(tx, PROGRAM, "ann", first[-1].loop_id, 3)
    (big,) = membership.loops_of(tx, PROGRAM, "p-007", None, 20)

    assert tx.count == 3
    assert [each.loop_id for each in (*first, *rest)] == ["C", "a", "b", "é"]
    assert [(member.participant_id, member.role) for member in first[0].members] == [
        ("ann", "mentee"),
        ("ben", "mentee"),
    ]
    assert [member.person.display_name for member in first[0].members] == [
        "Ann",
        "Participant en",
    ]
    assert (big.name, big.kind, big.state) == ("All of us", "group", "closed")
    assert [member.participant_id for member in big.members] == everybody


def test_a_loop_is_found_by_its_id_or_not_described(tx: CountingTransaction) -> None:
    describe(tx, loop("l", "ann", kind="one_to_one"))

    found = membership.loop(tx, PROGRAM, "l")

    assert found is not None
    assert (found.loop_id, found.kind, len(found.members)) == ("l", "one_to_one", 1)
    assert membership.loop(tx, PROGRAM, "m") is None
    assert membership.loop(tx, "other", "l") is None
    assert tx.count == 3

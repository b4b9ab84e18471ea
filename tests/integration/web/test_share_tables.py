"""The tables of shares, credentials and status lists, under the role that writes them."""

import uuid
from datetime import timedelta

import psycopg
import pytest

from engine.store.postgres.connection import Transaction, transaction
from tests.integration.web.people_surface import PeopleSurface, described_person
from tests.support.issuing import NOW
from web.store import credentials, shares, status_lists
from web.store.credentials import StoredCredential
from web.store.shares import StoredShare

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    with empty_surface.harness.transaction() as tx:
        tx.execute("TRUNCATE web.shares, web.credentials, web.status_lists, directory.erased")
    empty_surface.describe(described_person("acme", "wen"), described_person("acme", "ana"))
    return empty_surface


def shared(tx: Transaction, name: str, who: str = "wen", program: str = "acme") -> StoredShare:
    """An award of somebody that is shown, with its credential."""
    share = StoredShare(name, program, who, str(uuid.uuid4()), 1, True, NOW)
    shares.insert(tx, share)
    signed(tx, share)
    return share


def signed(tx: Transaction, share: StoredShare) -> StoredCredential:
    place = status_lists.draw(tx, share.program)
    ids = str(uuid.uuid4()), share.share_id, str(uuid.uuid4())
    credential = StoredCredential(*ids, *place, NOW, "salt", "a.b.c")
    credentials.insert(tx, credential)
    return credential


def list_of(tx: Transaction, program: str) -> int:
    return status_lists.draw(tx, program)[0]


def test_a_list_says_which_of_its_credentials_were_revoked_and_is_to_be_signed_again(
    known: PeopleSurface,
) -> None:
    """Given two shares whose list was signed, when one ends, then its place is in the list, and
    the list is no longer signed."""
    with transaction(known.pools.people) as tx:
        one, other = shared(tx, "one"), shared(tx, "other")
        place = credentials.live(tx, "one")
        assert place is not None
        assert status_lists.revoked(tx, place.list) == []
        status_lists.keep(tx, place.list, "signed", NOW)

        assert shares.end(tx, ["one", "unknown"], "withdrawn", LATER) == 1

        assert status_lists.revoked(tx, place.list) == [place.index]
        listed = status_lists.find(tx, place.list)
        assert listed is not None
        assert listed.signed is None
        assert credentials.live(tx, "one") is None
        assert credentials.live(tx, "other") is not None
        found = shares.find(tx, "one")
        assert found is not None
        assert (found.ended, found.why) == (LATER, "withdrawn")
        assert shares.of_awards(tx, [one.award_id or "", other.award_id or ""]) == [
            ("other", other.award_id, 1)
        ]
        assert shares.end(tx, ["one"], "revoked", LATER) == 0


def test_an_award_is_shown_once_and_has_one_good_credential(known: PeopleSurface) -> None:
    with transaction(known.pools.people) as tx:
        share = shared(tx, "one")
    with pytest.raises(psycopg.errors.UniqueViolation), transaction(known.pools.people) as tx:
        shares.insert(tx, StoredShare("two", "acme", "wen", share.award_id, 1, True, NOW))
    with pytest.raises(psycopg.errors.UniqueViolation), transaction(known.pools.people) as tx:
        signed(tx, share)


def test_the_next_list_of_a_program_begins_when_three_quarters_are_used(
    known: PeopleSurface,
) -> None:
    with transaction(known.pools.people) as tx:
        first = list_of(tx, "acme")
        assert list_of(tx, "other") != first
        used = status_lists.FULL - 1
        tx.execute("UPDATE web.status_lists SET used = %s WHERE list = %s", used, first)
        assert list_of(tx, "acme") == first
        second = list_of(tx, "acme")
        assert second != first
        assert list_of(tx, "acme") == second


def test_a_place_that_is_taken_is_not_drawn_again(
    known: PeopleSurface, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_lists, "ENTRIES", 3)
    with transaction(known.pools.people) as tx:
        for name in ("one", "two", "three"):
            shared(tx, name)
        rows = tx.rows("SELECT index FROM web.credentials ORDER BY index")
    assert rows == [(0,), (1,), (2,)]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM web.shares",
        "DELETE FROM web.credentials",
        "DELETE FROM web.status_lists",
        "UPDATE web.shares SET award_id = NULL",
        "UPDATE web.credentials SET index = 1",
        "UPDATE web.credentials SET signed = 'other'",
    ],
)
def test_the_people_role_forgets_and_rewrites_nothing(known: PeopleSurface, statement: str) -> None:
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        transaction(known.pools.people) as tx,
    ):
        tx.execute(statement)


def test_a_credential_that_was_revoked_stays_so(known: PeopleSurface) -> None:
    with transaction(known.pools.people) as tx:
        shared(tx, "one")
        shares.end(tx, ["one"], "withdrawn", NOW)
    for value in ("NULL", "now()"):
        with (
            pytest.raises(psycopg.errors.RaiseException, match="stays so"),
            transaction(known.pools.people) as tx,
        ):
            tx.execute(f"UPDATE web.credentials SET revoked = {value}")


def test_erasing_somebody_empties_their_shares_and_revokes_their_credentials(
    known: PeopleSurface,
) -> None:
    """Given shares of two people, one of them ended, when one person is erased, then theirs say
    so and name nobody, their credentials are revoked and forgotten; the other's stay."""
    with transaction(known.pools.people) as tx:
        for name, who in (("one", "wen"), ("two", "wen"), ("hers", "ana")):
            shared(tx, name, who)
        shares.end(tx, ["two"], "withdrawn", NOW)
        (place,) = {one.list for one in credentials.of_share(tx, "one")}
        status_lists.keep(tx, place, "signed", NOW)

    erase = "SELECT web.erase_person('acme', 'wen', '{}', '{}', '{}', %s, false)"
    ((counts,),) = known.harness.rows(erase, LATER)

    assert counts["shares"] == 2
    with transaction(known.pools.people) as tx:
        for name, ended in (("one", LATER), ("two", NOW)):
            share = shares.find(tx, name)
            assert share == StoredShare(name, "acme", None, None, 1, False, NOW, ended, "erased")
            (credential,) = credentials.of_share(tx, name)
            assert (credential.salt, credential.signed, credential.revoked) == (None, None, ended)
        listed = status_lists.find(tx, place)
        assert listed is not None
        assert listed.signed is None
        assert len(status_lists.revoked(tx, place)) == 2
        assert credentials.live(tx, "hers") is not None
        assert shares.is_erased(tx, "acme", "wen")
        assert not shares.is_erased(tx, "acme", "ana")
        assert shares.of_person(tx, "acme", "wen") == []
    ((counts,),) = known.harness.rows(erase, LATER)
    assert counts["shares"] == 0

"""Sharing an award: begun, changed, ended, by its holder and by what becomes of the award."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from joserfc import jws
from sqlalchemy import Engine

from engine.queries.snapshot import Reader
from engine.store.postgres.connection import transaction
from tests.integration.web.people_surface import (
    PeopleSurface,
    bearer,
    described_program,
    participant,
    service,
)
from tests.integration.web.sharing import (
    ANA,
    LOOP,
    NOTE,
    WEN,
    awards,
    begin,
    bits,
    give_again,
    live_places,
    put,
    stop,
    withdraw_kudos,
    withdraw_meeting,
)
from tests.support.signing_keys import signing_keys
from web.sharing import commands
from web.sharing.sweep import ShareSweep
from web.store import credentials
from web.store.credentials import StoredCredential

AWARD = "/v1/programs/acme/me/awards/{}"


@pytest.fixture
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    begin(empty_surface)
    return empty_surface


def sweep(surface: PeopleSurface) -> ShareSweep:
    pool: Engine = surface.pools.people
    return ShareSweep(Reader(surface.pools.reader), pool, lambda: surface.now)


def signed(surface: PeopleSurface, share_id: str) -> list[StoredCredential]:
    with transaction(surface.pools.people) as tx:
        return credentials.of_share(tx, share_id)


def test_an_award_is_shared_once_and_stays_at_its_address(known: PeopleSurface) -> None:
    """Given an award that is held, when it is shared twice, then the first answer is 201 with all
    addresses, the second 200 and the same."""
    award = awards(known)["momentum"]

    first, second = put(known, award), put(known, award)

    assert (first.status, second.status) == (201, 200)
    answer = first.json()
    assert answer == second.json()
    url = f"https://badges.example/a/{answer['share_id']}"
    assert answer["url"] == url
    assert answer["og_url"].startswith(f"{url}.png?v=")
    assert answer["credential_url"] == f"{url}/credential.jwt"
    assert answer["badge_url"] == f"{url}/badge.png"
    (credential,) = signed(known, answer["share_id"])
    assert answer["linkedin"]["fields"] == {
        "name": "Momentum, bronze",
        "organization": "Acme Mentoring",
        "issue_month": 3,
        "issue_year": 2026,
        "expiration_month": None,
        "expiration_year": None,
        "credential_id": credential.credential_id,
        "credential_url": url,
    }
    assert url.split("//")[1].split("/")[0] in answer["linkedin"]["post_url"]
    assert known.get(AWARD.format(award), WEN).json()["share"] == answer


def test_an_award_that_is_not_shared_says_so(known: PeopleSurface) -> None:
    award = awards(known)["momentum"]
    assert known.get(AWARD.format(award), WEN).json()["share"] is None
    put(known, award)
    assert stop(known, award).status == 204
    assert known.get(AWARD.format(award), WEN).json()["share"] is None


def test_a_name_is_in_the_credential_only_if_it_is_shown(known: PeopleSurface) -> None:
    """Given a shared award, when its holder shows their name, then the page stays, a new credential
    has the name, and the bit of the one before is set; hidden again, it is so once more."""
    award = awards(known)["momentum"]
    share = put(known, award).json()["share_id"]
    known.move(seconds=1)

    shown = put(known, award, show_name=True)

    assert shown.status == 200
    assert (shown.json()["share_id"], shown.json()["show_name"]) == (share, True)
    before, after = signed(known, share)
    assert "Wen Zhao" not in payload(before)
    assert "Wen Zhao" in payload(after)
    assert bits(known) == [(before.list, before.index)]
    assert list(live_places(known)) == [(after.list, after.index)]
    assert put(known, award, show_name=True).json() == shown.json()

    known.move(seconds=1)
    put(known, award, show_name=False)
    assert "Wen Zhao" not in payload(signed(known, share)[-1])
    assert len(bits(known)) == 2


def payload(credential: StoredCredential) -> str:
    assert credential.signed is not None
    key = signing_keys().current
    return jws.deserialize_compact(credential.signed, key, ["RS256"]).payload.decode()


def test_a_credential_says_nothing_of_who_gave_it_or_where(known: PeopleSurface) -> None:
    """Given shared kudos with a note, then nothing of the credential is the award, its giver, its
    loop or its note, nor an address of mail."""
    award = awards(known)["trust"]
    share = put(known, award, show_name=True).json()["share_id"]
    text = payload(signed(known, share)[0])
    for secret in (award, "ana", "Ana", LOOP, NOTE, "k1", "wen@example.org", "evidence"):
        assert secret not in text


def test_two_who_share_at_once_share_once(known: PeopleSurface) -> None:
    """Given an award, when it is shared many times at once, with the name and without, then there
    is one page with one good credential, and one answer is 201."""
    award = awards(known)["momentum"]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: put(known, award, show_name=n % 2 == 1), range(16)))
    assert sorted(answer.status for answer in answers) == [200] * 15 + [201]
    (share,) = {answer.json()["share_id"] for answer in answers}
    assert len([one for one in signed(known, share) if one.revoked is None]) == 1


def test_an_end_is_for_good(known: PeopleSurface) -> None:
    """Given an award that was shared and is no longer, when it is shared again, then it has another
    page and credential, and the old bit stays set."""
    award = awards(known)["momentum"]
    first = put(known, award).json()["share_id"]
    old = live_places(known)
    assert [stop(known, award).status for _ in range(2)] == [204, 204]
    assert bits(known) == old

    again = put(known, award)

    assert again.status == 201
    assert again.json()["share_id"] != first
    assert bits(known) == old
    assert list(live_places(known)) != old


@pytest.mark.parametrize("who", [ANA, participant("acme", "nobody"), participant("other", "wen")])
def test_an_award_of_somebody_else_is_not_found(known: PeopleSurface, who: object) -> None:
    award = awards(known)["momentum"]
    assert put(known, award, who).status == 404  # type: ignore[arg-type]
    put(known, award)
    assert stop(known, award, ANA).status == 204
    assert bits(known) == []


def test_an_award_that_is_not_held_cannot_be_shared(known: PeopleSurface) -> None:
    award = awards(known)["momentum"]
    withdraw_meeting(known)
    answer = put(known, award)
    assert (answer.status, answer.json()["type"].rsplit("/")[-1]) == (409, "not-standing")


def test_a_program_without_public_pages_shares_nothing(known: PeopleSurface) -> None:
    award = awards(known)["momentum"]
    put(known, award)
    known.describe(
        described_program("acme", name="Acme Mentoring", sharing={"public_pages": False})
    )
    assert put(known, award).status == 422
    assert known.get(AWARD.format(award), WEN).json()["share"] is None
    assert stop(known, award).status == 204
    assert len(bits(known)) == 1


def test_what_is_revoked_is_swept_without_anybody_looking(known: PeopleSurface) -> None:
    """Given shared kudos and a shared achievement, when both are lost, then a round ends both and
    sets their bits, and another does nothing."""
    held = awards(known)
    for badge in ("momentum", "trust"):
        put(known, held[badge])
    places = live_places(known)
    assert sweep(known).sweep() == 0

    withdraw_meeting(known)
    withdraw_kudos(known)

    assert sweep(known).sweep() == 2
    assert bits(known) == places
    assert known.harness.rows("SELECT DISTINCT why FROM web.shares") == [("revoked",)]
    assert sweep(known).sweep() == 0


def test_the_feed_ends_what_it_says_was_revoked(known: PeopleSurface) -> None:
    held = awards(known)
    for badge in ("momentum", "trust"):
        put(known, held[badge])
    withdraw_kudos(known)
    assert sweep(known).end_lost([held["momentum"], held["trust"], held["trust"]]) == 1
    assert len(bits(known)) == 1


def test_what_was_lost_and_earned_again_is_shared_again_only_by_its_holder(
    known: PeopleSurface,
) -> None:
    """Given a shared award that was lost and earned again between two rounds, then its page has
    ended all the same; sharing it again begins another one."""
    award = awards(known)["momentum"]
    first = put(known, award).json()["share_id"]
    withdraw_meeting(known)
    give_again(known)
    assert known.get(AWARD.format(award), WEN).json()["standing"]
    assert known.get(AWARD.format(award), WEN).json()["share"] is None
    assert sweep(known).sweep() == 1

    again = put(known, award)

    assert again.status == 201
    assert again.json()["share_id"] != first
    assert sweep(known).sweep() == 0


def test_sharing_ends_what_was_lost_before_a_round_has(known: PeopleSurface) -> None:
    award = awards(known)["momentum"]
    first = put(known, award).json()["share_id"]
    places = live_places(known)
    withdraw_meeting(known)
    give_again(known)
    assert put(known, award).json()["share_id"] != first
    assert bits(known) == places


def test_a_round_leaves_to_another_process_what_that_is_doing(known: PeopleSurface) -> None:
    """Given a process in the middle of its round, when another begins one, then it ends nothing;
    when the first is killed, the next round of the other does."""
    put(known, awards(known)["momentum"])
    withdraw_meeting(known)
    with known.harness.transaction() as tx:
        tx.execute("SELECT pg_advisory_xact_lock(%s)", 0x42414447 << 16 | 11)
        assert sweep(known).sweep() == 0
    assert sweep(known).sweep() == 1


def test_a_restore_ends_whatever_is_shared(known: PeopleSurface) -> None:
    """Given shares of which nobody can say whether they were withdrawn since a backup, when all are
    ended, then none is shown and all bits are set; again there is nothing to end."""
    held = awards(known)
    for badge in ("momentum", "trust"):
        put(known, held[badge])
    places = live_places(known)
    ends = [commands.end_every(known.pools.people, lambda: known.now) for _ in range(2)]
    assert ends == [2, 0]
    assert bits(known) == places


def test_somebody_who_was_erased_shares_nothing(known: PeopleSurface) -> None:
    """Given somebody who is erased and whose token is still good, then their page has ended and
    they share nothing; the bits stay."""
    award = awards(known)["momentum"]
    put(known, award, show_name=True)
    places = live_places(known)
    path = "/v1/programs/acme/people/wen/personal-data"
    erased = known.client.ask("DELETE", path, bearer(service("acme")))
    assert erased.json()["counts"]["shares"] == 1
    assert bits(known) == places
    assert put(known, award).status == 404
    assert stop(known, award).status == 204


def test_an_export_has_what_was_shared(known: PeopleSurface) -> None:
    award = awards(known)["momentum"]
    first = put(known, award).json()["share_id"]
    stop(known, award)
    known.move(seconds=1)
    second = put(known, award, show_name=True).json()["share_id"]
    exported = known.get("/v1/programs/acme/me/export", WEN).json()["shares"]
    assert [(one["share_id"], one["why"]) for one in exported] == [
        (first, "withdrawn"),
        (second, None),
    ]
    assert exported[1]["show_name"] is True
    assert exported[1]["award_id"] == award
    ids = [one["credential_id"] for one in exported[1]["credentials"]]
    assert ids == [one.credential_id for one in signed(known, second)]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [(b'{"show_name": "yes"}', "/show_name"), (b'{"name": true}', "/name"), (b"[]", "")],
)
def test_a_body_that_is_none_is_refused(known: PeopleSurface, body: bytes, pointer: str) -> None:
    path = AWARD.format(awards(known)["momentum"]) + "/share"
    answer = known.client.ask(
        "PUT", path, {**bearer(WEN), "Content-Type": "application/json"}, body
    )
    assert answer.status == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]

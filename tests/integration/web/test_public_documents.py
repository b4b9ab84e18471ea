"""Documents for anybody: issuers, achievements, keys and lists of what was withdrawn."""

import base64
import gzip
import io
import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from joserfc import jws
from joserfc.jwk import RSAKey
from PIL import Image

from engine.store.postgres.connection import transaction
from tests.integration.web.people_surface import (
    PUBLIC,
    PeopleSurface,
    described_program,
    surface,
)
from tests.support.credentials import header_of, payload_of
from tests.support.databases import new_database
from tests.support.signing_keys import signing_keys
from web.store import credentials, shares, status_lists
from web.store.credentials import StoredCredential
from web.store.shares import StoredShare

NORTHFIELD, CLOSED = "northfield/alumni", "closed"
PATH = "northfield%2Falumni"
JSON = {"accept": "application/json"}
OWN = f"{PUBLIC}/issuers/{PATH}"


@pytest.fixture(scope="module")
def there(
    postgres_url: str, _with_all_schemas: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PeopleSurface]:
    """A surface with a program that has public pages, and one that has none."""
    with (
        new_database(postgres_url, _with_all_schemas) as url,
        surface(url, tmp_path_factory.mktemp("documents")) as started,
    ):
        started.describe(
            described_program(NORTHFIELD, name="Northfield Alumni"),
            described_program(CLOSED, sharing={"public_pages": False}),
        )
        yield started


def issue(there: PeopleSurface, program: str) -> StoredCredential:
    """Let a credential of a program be recorded."""
    share_id = uuid.uuid4().hex[:22]
    with transaction(there.pools.people) as tx:
        number, index = status_lists.draw(tx, program)
        share = StoredShare(share_id, program, "wen", str(uuid.uuid4()), 0, False, there.now)
        shares.insert(tx, share)
        issued = StoredCredential(
            str(uuid.uuid4()), share_id, str(uuid.uuid4()), number, index, there.now, "salt", "jws"
        )
        credentials.insert(tx, issued)
    return issued


def test_an_issuer_is_json_to_programs_and_a_page_to_people(there: PeopleSurface) -> None:
    answer = there.get(f"/issuers/{PATH}", **JSON)
    assert answer.json() == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": OWN,
        "type": ["Profile"],
        "name": "Northfield Alumni",
        "url": OWN,
    }
    assert answer.header("content-type") == "application/json"
    linked = there.get(f"/issuers/{PATH}", accept="application/ld+json")
    assert linked.header("content-type") == "application/ld+json"
    page = there.get(f"/issuers/{PATH}", accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (page.status, page.header("content-type")) == (200, "text/html; charset=utf-8")
    assert "Northfield Alumni" in page.text
    assert all(one.header("vary") for one in (answer, linked, page))


def test_an_achievement_says_what_it_takes_and_who_awards_it(there: PeopleSurface) -> None:
    own = f"/achievements/{PATH}/momentum/gold"
    document = there.get(own, **JSON).json()
    assert document["id"] == f"{PUBLIC}{own}"
    assert document["type"] == ["Achievement"]
    assert document["name"] == "Momentum, gold"
    assert document["criteria"] == {"narrative": "Meetings attended: 15, in one mentoring loop"}
    assert document["creator"]["id"] == OWN
    assert document["image"]["id"] == f"{PUBLIC}{own}.png"
    assert "Momentum, gold" in there.get(own).text


@pytest.mark.parametrize("path", ["momentum/gold.png", "trust.png", "growing-together.png"])
def test_the_picture_of_an_achievement_is_a_png(there: PeopleSurface, path: str) -> None:
    answer = there.get(f"/achievements/{PATH}/{path}")
    assert answer.header("content-type") == "image/png"
    with Image.open(io.BytesIO(answer.body)) as picture:
        assert picture.size == (512, 512)


@pytest.mark.parametrize(
    "path",
    [
        "/issuers/nobody",
        f"/issuers/{CLOSED}",
        f"/issuers/{PATH}/keys/x",
        f"/achievements/{PATH}/momentum",
        f"/achievements/{PATH}/momentum/platinum",
        f"/achievements/{PATH}/trust/gold",
        f"/achievements/{PATH}/nothing",
        f"/achievements/{CLOSED}/trust",
        "/achievements/nobody/trust.png",
        "/credentials/status/1000",
        "/credentials/status/0",
        "/credentials/status/01",
        "/credentials/status/-1",
        "/credentials/status/x",
        "/credentials/status/99999999999999999999",
    ],
)
def test_what_is_not_there_or_not_for_anybody_is_the_same_404(
    there: PeopleSurface, path: str
) -> None:
    answer = there.get(path, **JSON)
    nowhere = there.get("/nowhere", **JSON)
    assert answer.status == nowhere.status == 404

    def without_reference(text: str) -> str:
        return text.split("urn:uuid:")[0]

    assert without_reference(answer.text) == without_reference(nowhere.text)


def test_a_key_is_one_jwk_at_the_address_that_credentials_name(there: PeopleSurface) -> None:
    thumbprint = signing_keys().current.thumbprint()
    answer = there.get(f"/issuers/{PATH}/keys/{thumbprint}")
    assert set(answer.json()) == {"kty", "n", "e"}
    assert RSAKey.import_key(answer.json()).thumbprint() == thumbprint
    assert answer.header("access-control-allow-origin") == "*"
    assert there.get(f"/issuers/nobody/keys/{thumbprint}").status == 404


def test_a_program_that_issued_once_stays_an_issuer_when_its_pages_close(
    there: PeopleSurface,
) -> None:
    once = described_program("once", name="Once")
    there.describe(once)
    issue(there, "once")
    key, value = once
    closed = json.loads(value)
    closed["time"] = "2026-03-02T10:00:00Z"
    closed["data"]["sharing"] = {"public_pages": False}
    there.describe((key, json.dumps(closed).encode()))
    assert there.get("/issuers/once", **JSON).json()["name"] == "Once"


def test_the_set_has_the_keys_of_those_who_issued(there: PeopleSurface) -> None:
    issue(there, NORTHFIELD)
    keys = there.get("/.well-known/jwks.json").json()["keys"]
    (ours,) = [one for one in keys if one["iss"] == OWN]
    assert ours["kid"] == f"{OWN}/keys/{signing_keys().current.thumbprint()}"
    assert CLOSED not in {one["iss"].rpartition("/")[2] for one in keys}


def test_a_list_is_signed_once_and_again_after_one_of_it_was_withdrawn(
    there: PeopleSurface,
) -> None:
    first, other = issue(there, NORTHFIELD), issue(there, NORTHFIELD)
    assert first.list == other.list
    path = f"/credentials/status/{first.list}"
    before = there.get(path)
    there.move(minutes=1)
    assert there.get(path).text == before.text

    with transaction(there.pools.people) as tx:
        shares.end(tx, [first.share_id], "withdrawn", there.now)

    after = there.get(path)
    assert after.text != before.text
    assert bits(before.text) == set()
    assert bits(after.text) == {first.index}
    key = signing_keys().current
    read = json.loads(jws.deserialize_compact(after.text, key, ["RS256"]).payload)
    assert read["id"] == f"{PUBLIC}{path}"
    assert header_of(after.text)["kid"] == f"{OWN}/keys/{key.thumbprint()}"
    assert read["nbf"] - payload_of(before.text)["nbf"] == 60
    assert after.header("cache-control") == "public, max-age=300"
    assert after.header("content-type") == "application/vc+jwt"


def bits(listed: str) -> set[int]:
    """The places of a list that are set, read as the standard says."""
    text = payload_of(listed)["credentialSubject"]["encodedList"]
    assert text[0] == "u"
    raw = gzip.decompress(base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4)))
    assert len(raw) == 16_384
    row = "".join(f"{byte:08b}" for byte in raw)
    return {at for at, bit in enumerate(row) if bit == "1"}


@pytest.fixture
def limited(postgres_url: str, _with_all_schemas: str, tmp_path: Path) -> Iterator[PeopleSurface]:
    """A surface that lets an address ask twice a minute."""
    with (
        new_database(postgres_url, _with_all_schemas) as url,
        surface(url, tmp_path, requests_per_minute=2) as started,
    ):
        yield started


def test_strangers_are_limited_by_address(limited: PeopleSurface) -> None:
    thumbprint = signing_keys().current.thumbprint()
    paths = ["/.well-known/jwks.json", f"/issuers/x/keys/{thumbprint}", "/credentials/status/1"]
    assert [limited.get(path).status for path in paths] == [200, 404, 429]

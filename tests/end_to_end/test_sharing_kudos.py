"""An award through everything and into the world: given, awarded, shared, verified, withdrawn."""

import base64
import gzip
import json
from typing import Any
from urllib.parse import quote

from tests.end_to_end.deployment import Deployment, wait_until
from tests.end_to_end.giving_site import PROGRAM, RECIPIENT, GivingSite

KEY = "a-key-of-end-to-end"


def payload(signed: str) -> Any:
    part = signed.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def bit(site: GivingSite, status: dict[str, str]) -> int:
    """The bit of a credential, as its list says now."""
    answered, signed = site.public(status["statusListCredential"])
    assert answered == 200
    encoded = payload(signed)["credentialSubject"]["encodedList"].removeprefix("u")
    bits = gzip.decompress(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    index = int(status["statusListIndex"])
    return bits[index // 8] >> (7 - index % 8) & 1


def test_kudos_are_shared_verified_and_gone_when_they_are_withdrawn(deployment: Deployment) -> None:
    """Given kudos that are awarded and shared, when a stranger checks them, then they are valid;
    when their giver withdraws them, then page and downloads are gone and the bit is set, though
    nobody looked."""
    site = GivingSite(deployment)
    with site.deployment.working(), site.serving():
        held = site.give(KEY)
        wait_until(lambda: site.state(held) == "awarded")
        path = f"/v1/programs/{PROGRAM}/me/awards/{held['award_id']}/share"
        status, shared = site.ask("PUT", path, {"show_name": True}, who=RECIPIENT)
        assert status == 201, shared

        page = site.public(shared["url"])
        assert page[0] == 200
        assert "Trust" in page[1]
        answered, signed = site.public(shared["credential_url"])
        assert answered == 200
        verify = f"http://{site.address}/verify?link={quote(shared['url'], safe='')}"
        assert "This credential is valid." in site.public(verify)[1]
        entry = payload(signed)["credentialStatus"]
        assert bit(site, entry) == 0

        assert site.ask("DELETE", held["status_url"])[0] == 202
        wait_until(lambda: bit(site, entry) == 1)

        for url in (shared["url"], shared["og_url"], shared["credential_url"], shared["badge_url"]):
            assert site.public(url)[0] == 410

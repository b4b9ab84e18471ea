"""Signing in and out at the platform's issuer, as a browser goes through it."""

import base64
import hashlib
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from httpx import Response
from sqlalchemy import Engine
from starlette.testclient import TestClient

from engine.store.postgres.connection import transaction
from tests.integration.web.site import query, site
from tests.support.issuing import ISSUER, claims, key, seconds, token
from tests.support.pretended_issuer import PretendedIssuer, StandingClock
from web.identity.authenticate import sign_in_again_address
from web.identity.identity_policy import IdentityPolicy
from web.identity.wiring import make_identity

HERE = "https://badges.example"
POLICY = IdentityPolicy(HERE, "0.0.0.0", issuer=ISSUER, client_id="badges")
EVENT = "http://schemas.openid.net/event/backchannel-logout"
SESSION, LOGIN = "__Host-badges", "__Host-badges-login"


class SiteAndIssuer:
    """A site, its issuer, and browsers that visit it."""

    def __init__(self, people: Engine, policy: IdentityPolicy = POLICY) -> None:
        self.clock = StandingClock()
        self.issuer = PretendedIssuer()
        identity = make_identity(policy, people, self.clock, fetch=self.issuer)
        self._identity = identity
        self._app = site(identity)

    def browser(self) -> TestClient:
        return TestClient(self._app, base_url=HERE, follow_redirects=False)

    def vouches(self, nonce: str | None, sub: str = "wen", **changes: Any) -> None:
        """The issuer gives this ID token for the next code."""
        now = seconds(self.clock.now)
        good = {"aud": "badges", "nonce": nonce, "sid": "s1", "iat": now, "exp": now + 600}
        text = token(claims(**{"nbf": None, "sub": sub, **good, **changes}), typ="JWT")
        self.issuer.tokens = {"id_token": text}

    def sign_in(self, browser: TestClient, path: str = "/p/x/kudos", **changes: Any) -> Response:
        """Through the whole login; the answer of the callback."""
        asked = query(browser.get("/sign-in", params={"next": path}).headers["location"])
        self.vouches(**{"nonce": asked["nonce"], **changes})
        return self.callback(browser, asked["state"])

    def callback(self, browser: TestClient, state: str | None, **more: str) -> Response:
        given = {"code": "c0de", **({"state": state} if state else {}), **more}
        answer: Response = browser.get("/oidc/callback", params=given)
        return answer

    def proved(self, browser: TestClient) -> datetime | None:
        """When who is signed in there last proved who they are."""
        who = self._identity.sessions.principal(browser.cookies[SESSION])
        assert who
        return who.authenticated_at

    def logout_token(self, **changes: Any) -> str:
        now = seconds(self.clock.now)
        good: dict[str, Any] = {
            "aud": "badges", "iat": now, "exp": now + 120, "nbf": None, "roles": None,
            "jti": "j1", "sid": "s1", "sub": None, "events": {EVENT: {}},
        }  # fmt: skip
        return token(claims(**{**good, **changes}), typ="logout+jwt")


@pytest.fixture
def platform(people: Engine) -> SiteAndIssuer:
    with transaction(people) as tx:
        tx.execute("DELETE FROM web.sessions")
    return SiteAndIssuer(people)


def refused(answer: Response) -> bool:
    """Whether a callback signed nobody in."""
    return answer.status_code == 400 and SESSION not in answer.headers.get("set-cookie", "")


def test_a_whole_login(platform: SiteAndIssuer) -> None:
    browser = platform.browser()

    page = browser.get("/p/x/kudos?loop=1%2F2")
    assert page.status_code == 303
    assert page.headers["location"] == "/sign-in?next=/p/x/kudos%3Floop%3D1%252F2"

    to_issuer = browser.get(page.headers["location"])
    assert to_issuer.status_code == 303
    address = urlsplit(to_issuer.headers["location"])
    asked = dict(parse_qsl(address.query))
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{ISSUER}/authorize"
    assert asked["response_type"] == "code"
    assert asked["client_id"] == "badges"
    assert asked["scope"] == "openid"
    assert asked["redirect_uri"] == f"{HERE}/oidc/callback"
    assert asked["code_challenge_method"] == "S256"

    platform.vouches(asked["nonce"])
    back = platform.callback(browser, asked["state"])
    assert back.status_code == 303
    assert back.headers["location"] == f"{HERE}/p/x/kudos?loop=1%2F2"
    form = dict(parse_qsl(platform.issuer.forms[-1][0]))
    verifier = hashlib.sha256(form["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(verifier).decode().rstrip("=") == asked["code_challenge"]
    assert (form["code"], form["client_id"]) == ("c0de", "badges")
    assert form["redirect_uri"] == f"{HERE}/oidc/callback"

    assert browser.get("/p/x/kudos").text == "kudos of wen"
    assert browser.get("/v1/me").json()["subject"] == "wen"
    assert browser.get("/sign-in?next=/p/x/kudos").headers["location"] == "/p/x/kudos"


def test_cookies_are_for_this_host_alone_and_for_no_script(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    answers = [browser.get("/sign-in"), platform.sign_in(browser)]
    texts = [text for answer in answers for text in answer.headers.get_list("set-cookie")]
    assert {text.split("=")[0] for text in texts} == {SESSION, LOGIN}
    for text in texts:
        attributes = {part.strip().lower() for part in text.split(";")[1:]}
        assert {"httponly", "secure", "samesite=lax", "path=/"} <= attributes
        assert not any(part.startswith("domain") for part in attributes)


def test_a_confidential_client_shows_its_secret_in_a_header(people: Engine) -> None:
    policy = IdentityPolicy(
        HERE, "0.0.0.0", issuer=ISSUER, client_id="badges", client_secret="s3cret"
    )
    platform = SiteAndIssuer(people, policy)
    assert platform.sign_in(platform.browser()).status_code == 303
    form, headers = platform.issuer.forms[-1]
    assert base64.b64decode(headers["Authorization"].split()[1]) == b"badges:s3cret"
    assert "s3cret" not in form


def test_each_login_has_a_new_session(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    platform.sign_in(browser)
    first = browser.cookies[SESSION]
    platform.clock.move(minutes=16)
    platform.sign_in(browser)
    assert browser.cookies[SESSION] != first
    stale = platform.browser()
    stale.cookies[SESSION] = first
    assert stale.get("/v1/me").status_code == 401


def test_a_session_that_an_attacker_planted_is_not_signed_in(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    browser.cookies.set(SESSION, "planted" * 6, domain="badges.example")
    answer = platform.sign_in(browser)
    assert "planted" not in answer.headers["set-cookie"]
    attacker = platform.browser()
    attacker.cookies[SESSION] = "planted" * 6
    assert attacker.get("/v1/me").status_code == 401


def test_a_callback_without_or_with_a_wrong_state_signs_nobody_in(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    asked = query(browser.get("/sign-in").headers["location"])
    platform.vouches(asked["nonce"])
    for state in (None, "", "x", asked["state"] + "x", asked["state"][:-1]):
        assert refused(platform.callback(browser, state))
    assert "/token" not in platform.issuer.asked


def test_the_state_of_another_browser_signs_nobody_in(platform: SiteAndIssuer) -> None:
    attacker, victim = platform.browser(), platform.browser()
    asked = query(attacker.get("/sign-in").headers["location"])
    platform.vouches(asked["nonce"], sub="attacker")
    assert refused(platform.callback(victim, asked["state"]))
    victim.get("/sign-in")
    assert refused(platform.callback(victim, asked["state"]))
    assert "/token" not in platform.issuer.asked


def test_a_callback_that_is_repeated_signs_nobody_in(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    asked = query(browser.get("/sign-in").headers["location"])
    platform.vouches(asked["nonce"])
    assert platform.callback(browser, asked["state"]).status_code == 303
    assert refused(platform.callback(browser, asked["state"]))


def test_a_code_that_the_issuer_knows_as_used_signs_nobody_in(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    platform.issuer.statuses["/token"] = 400
    assert refused(platform.sign_in(browser))


def test_an_attempt_that_took_too_long_signs_nobody_in(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    asked = query(browser.get("/sign-in").headers["location"])
    platform.clock.move(minutes=11)
    platform.vouches(asked["nonce"])
    assert refused(platform.callback(browser, asked["state"]))


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "of another login"},
        {"nonce": None},
        {"aud": "badge-web"},
        {"iss": "https://evil.example"},
        {"roles": None},
        {"exp": 1},
        {"sub": ""},
    ],
)
def test_an_id_token_that_does_not_fit_signs_nobody_in(
    platform: SiteAndIssuer, changes: dict[str, Any]
) -> None:
    assert refused(platform.sign_in(platform.browser(), **changes))


def test_an_id_token_of_another_key_signs_nobody_in(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    asked = query(browser.get("/sign-in").headers["location"])
    forged = token(claims(aud="badges", nonce=asked["nonce"]), typ="JWT", signer=key("RS256", "x"))
    platform.issuer.tokens = {"id_token": forged}
    assert refused(platform.callback(browser, asked["state"]))


def test_an_answer_of_another_issuer_signs_nobody_in(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    asked = query(browser.get("/sign-in").headers["location"])
    platform.vouches(asked["nonce"])
    assert refused(platform.callback(browser, asked["state"], iss="https://evil.example"))
    assert platform.callback(browser, asked["state"], iss=ISSUER).status_code == 303


def test_an_issuer_that_promises_to_name_itself_has_to(platform: SiteAndIssuer) -> None:
    platform.issuer.discovery["authorization_response_iss_parameter_supported"] = True
    assert refused(platform.sign_in(platform.browser()))


def test_a_person_who_declines_at_the_issuer_is_not_signed_in(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    asked = query(browser.get("/sign-in").headers["location"])
    answer = platform.callback(browser, asked["state"], error="access_denied")
    assert refused(answer)
    assert "Try again" in answer.text
    assert "access_denied" not in answer.text


@pytest.mark.parametrize(
    "path", ["//evil.com", "/\\evil.com", "https://evil.com", "/\t/evil.com", "javascript:alert(1)"]
)
def test_no_login_leads_to_another_site(platform: SiteAndIssuer, path: str) -> None:
    answer = platform.sign_in(platform.browser(), path=path)
    assert answer.headers["location"] == f"{HERE}/"


def test_an_issuer_that_is_away_is_said_so(platform: SiteAndIssuer) -> None:
    platform.issuer.away = True
    browser = platform.browser()
    answer = browser.get("/sign-in")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    answer = browser.get("/v1/me", headers={"Authorization": f"Bearer {token()}"})
    assert answer.status_code == 503


def test_signing_out_ends_the_session(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    platform.sign_in(browser)
    cookie = browser.cookies[SESSION]
    answer = browser.post("/sign-out", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.headers["location"] == "/sign-in?signed-out"
    assert SESSION not in browser.cookies
    assert "You are signed out" in browser.get("/sign-in?signed-out").text
    other = platform.browser()
    other.cookies[SESSION] = cookie
    assert other.get("/v1/me").status_code == 401


def test_signing_out_goes_on_at_the_issuer_if_it_offers_that(platform: SiteAndIssuer) -> None:
    platform.issuer.discovery["end_session_endpoint"] = f"{ISSUER}/logout"
    browser = platform.browser()
    platform.sign_in(browser)
    answer = browser.post("/sign-out", headers={"Origin": HERE})
    address = answer.headers["location"]
    assert address.startswith(f"{ISSUER}/logout?client_id=badges&post_logout_redirect_uri=")
    assert query(address)["post_logout_redirect_uri"] == f"{HERE}/sign-in?signed-out"


def test_another_site_cannot_sign_anybody_out(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    platform.sign_in(browser)
    assert browser.post("/sign-out").status_code == 403
    assert browser.post("/sign-out", headers={"Origin": "https://evil.com"}).status_code == 403
    assert browser.get("/v1/me").status_code == 200


def test_the_issuer_signs_out_over_the_back_channel(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    platform.sign_in(browser)
    form = {"logout_token": platform.logout_token()}
    answer = platform.browser().post("/oidc/backchannel-logout", data=form)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert browser.get("/v1/me").status_code == 401


@pytest.mark.parametrize(
    "changes",
    [
        {"events": None},
        {"nonce": "n"},
        {"aud": "other"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"sid": None},
        {"jti": None},
    ],
)
def test_a_logout_token_that_does_not_fit_signs_nobody_out(
    platform: SiteAndIssuer, changes: dict[str, Any]
) -> None:
    browser = platform.browser()
    platform.sign_in(browser)
    form = {"logout_token": platform.logout_token(**changes)}
    answer = platform.browser().post("/oidc/backchannel-logout", data=form)
    assert answer.status_code == 400
    assert answer.json() == {"error": "invalid_request"}
    assert browser.get("/v1/me").status_code == 200


def test_a_logout_that_is_replayed_ends_no_later_session(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    platform.sign_in(browser)
    form = {"logout_token": platform.logout_token(exp=seconds(platform.clock.now) + 900)}
    assert browser.post("/oidc/backchannel-logout", data=form).status_code == 200
    platform.clock.move(minutes=2)
    platform.sign_in(browser)
    assert browser.post("/oidc/backchannel-logout", data=form).status_code == 200
    assert browser.get("/v1/me").status_code == 200


@pytest.mark.parametrize("body", [b"", b"logout_token=", b"logout_token=a&logout_token=b", b"\xff"])
def test_a_back_channel_without_one_logout_token_is_refused(
    platform: SiteAndIssuer, body: bytes
) -> None:
    answer = platform.browser().post("/oidc/backchannel-logout", content=body)
    assert answer.status_code == 400


def test_the_back_channel_reads_no_large_body(platform: SiteAndIssuer) -> None:
    answer = platform.browser().post("/oidc/backchannel-logout", content=b"x" * 40_000)
    assert answer.status_code == 413


def bearer(platform: SiteAndIssuer, **changes: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(claims(**changes))}"}


def test_a_token_and_a_session_at_once_are_refused(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    platform.sign_in(browser)
    for header in (bearer(platform), {"Authorization": "Basic eA=="}):
        answer = browser.get("/v1/me", headers=header)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert browser.get("/p/x/kudos", headers=header).status_code == 401


@pytest.mark.parametrize("value", ["", "Bearer", "Bearer ", "Basic eA==", "bearer x.y.z", "x"])
def test_an_authorization_of_another_kind_is_refused(platform: SiteAndIssuer, value: str) -> None:
    answer = platform.browser().get("/v1/me", headers={"Authorization": value})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


def test_two_authorizations_are_refused(platform: SiteAndIssuer) -> None:
    value = bearer(platform)["Authorization"]
    headers = [("Authorization", value), ("Authorization", value)]
    assert platform.browser().get("/v1/me", headers=headers).status_code == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_a_token_of_the_platform_is_accepted(platform: SiteAndIssuer, scheme: str) -> None:
    header = {"Authorization": f"{scheme} {token()}"}
    assert platform.browser().get("/v1/me", headers=header).json()["subject"] == "wen"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": HERE}, 403),
        ({"Origin": HERE}, 200),
        ({"Origin": "https://evil.com"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://badges.example"}, 403),
        ({"Origin": HERE + ".evil.com"}, 403),
        ({"Referer": HERE + "/"}, 403),
    ],
)
def test_changes_with_a_cookie_come_from_a_page_of_ours(
    platform: SiteAndIssuer, method: str, headers: dict[str, str], status: int
) -> None:
    browser = platform.browser()
    platform.sign_in(browser)
    answer = browser.request(method, "/v1/change", headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["type"].endswith("/cross-site")


def test_changes_with_a_token_may_come_from_anywhere(platform: SiteAndIssuer) -> None:
    header = {**bearer(platform), "Origin": "https://app.example"}
    assert platform.browser().post("/v1/change", headers=header).status_code == 200


def test_a_stranger_is_told_to_sign_in_before_anything_else(platform: SiteAndIssuer) -> None:
    assert platform.browser().post("/v1/change").status_code == 401


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(platform: SiteAndIssuer) -> None:
    answer = platform.browser().get("/p/x/kudos", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/sign-in?next=/p/x/kudos"


def test_the_301st_request_of_a_minute_is_refused(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    header = bearer(platform)
    statuses = [browser.get("/v1/me", headers=header).status_code for _ in range(301)]
    assert statuses == [200] * 300 + [429]
    answer = browser.get("/v1/me", headers=header)
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert browser.get("/v1/me", headers=bearer(platform, sub="tomas")).status_code == 200
    assert browser.get("/v1/me", headers={"Authorization": "Bearer x"}).status_code == 401


def test_a_stranger_is_limited_by_address(platform: SiteAndIssuer) -> None:
    statuses = {platform.browser().get("/sign-in").status_code for _ in range(300)}
    assert statuses == {303}
    assert platform.browser().get("/sign-in").status_code == 429


@pytest.mark.parametrize(
    ("path", "headers", "below"),
    [
        ("/v1/me", {}, 401),
        ("/v1/me", {"Authorization": "Bearer x"}, 401),
        ("/v1/me", {"Cookie": f"{SESSION}=x"}, 401),
        ("/v1/me", {"Authorization": "Bearer x", "Cookie": f"{SESSION}=x"}, 401),
        ("/p/x/kudos", {}, 303),
        ("/p/x/kudos", {"Cookie": f"{SESSION}=x"}, 303),
    ],
)
def test_requests_of_nobody_are_limited_by_address(
    people: Engine, path: str, headers: dict[str, str], below: int
) -> None:
    platform = SiteAndIssuer(people, replace(POLICY, requests_per_minute=5))
    answers = [platform.browser().get(path, headers=headers) for _ in range(20)]
    assert [answer.status_code for answer in answers] == [below] * 5 + [429] * 15
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    known = platform.browser().get("/v1/me", headers=bearer(platform))
    assert known.status_code == 200


def test_the_back_channel_is_limited_by_address(people: Engine) -> None:
    platform = SiteAndIssuer(people, replace(POLICY, requests_per_minute=5))
    form = {"logout_token": "x"}
    statuses = [
        platform.browser().post("/oidc/backchannel-logout", data=form).status_code
        for _ in range(20)
    ]
    assert statuses == [400] * 5 + [429] * 15


def test_logs_have_no_token_cookie_or_subject(
    platform: SiteAndIssuer, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = platform.browser()
    platform.sign_in(browser, sub="wen.zhao@example.org")
    platform.callback(browser, "a-state")
    bad = token(claims(aud="other", sub="wen.zhao@example.org"))
    platform.browser().get("/v1/me", headers={"Authorization": f"Bearer {bad}"})
    form = {"logout_token": platform.logout_token()}
    platform.browser().post("/oidc/backchannel-logout", data=form)
    out, err = capsys.readouterr()
    text = out + err
    for event in ("signed_in", "login_failed", "token_refused", "signed_out_by_issuer"):
        assert event in text
    secrets = [bad, browser.cookies[SESSION], "wen.zhao", "c0de", "a-state", form["logout_token"]]
    assert [secret for secret in secrets if secret in text] == []
    assert json.dumps(platform.issuer.tokens["id_token"]) not in text


def test_who_signs_in_again_goes_to_the_issuer_and_comes_back_fresh(
    platform: SiteAndIssuer,
) -> None:
    browser = platform.browser()
    platform.sign_in(browser, auth_time=seconds(platform.clock.now))
    platform.clock.move(minutes=9)

    address = sign_in_again_address("/p/x/desk/1?a=2")
    asked = query(browser.get(address).headers["location"])
    assert asked["max_age"] == "0"
    platform.vouches(asked["nonce"], auth_time=seconds(platform.clock.now))
    back = platform.callback(browser, asked["state"])

    assert back.headers["location"] == f"{HERE}/p/x/desk/1?a=2"
    assert platform.proved(browser) == platform.clock.now


@pytest.mark.parametrize("since", [None, timedelta(minutes=2)])
def test_an_issuer_that_did_not_ask_again_makes_nobody_fresh(
    platform: SiteAndIssuer, since: timedelta | None
) -> None:
    browser = platform.browser()
    platform.sign_in(browser, auth_time=seconds(platform.clock.now))
    before = platform.clock.now
    platform.clock.move(minutes=9)

    asked = query(browser.get(sign_in_again_address("/")).headers["location"])
    auth_time = None if since is None else seconds(platform.clock.now - since)
    platform.vouches(asked["nonce"], auth_time=auth_time)

    assert refused(platform.callback(browser, asked["state"]))
    assert platform.proved(browser) == before


def test_a_first_login_asks_for_no_fresh_one(platform: SiteAndIssuer) -> None:
    browser = platform.browser()
    assert "max_age" not in query(browser.get("/sign-in").headers["location"])
    platform.sign_in(browser)
    assert platform.proved(browser) is None

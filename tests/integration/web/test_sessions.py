"""Sessions of browsers, in PostgreSQL: how long they last, and how roles stay young."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from engine.store.postgres.connection import Transaction, transaction
from tests.support.issuing import ISSUER, NOW, claims, seconds, token
from tests.support.pretended_issuer import PretendedIssuer, StandingClock
from web.identity.identity_policy import IdentityPolicy
from web.identity.login.oidc import Login, OpenIdClient
from web.identity.login.sessions import Sessions, digest
from web.identity.principal import OpsRole, Principal
from web.identity.tokens.fetching import IssuerAway
from web.identity.tokens.jwks import PlatformIssuer
from web.identity.tokens.verification import SignedIn, SignedOut

POLICY = IdentityPolicy(
    "https://badges.example", "0.0.0.0", issuer=ISSUER, client_id="badges", client_secret="s3cret"
)


class SignedInBrowsers:
    """Sessions, the issuer behind them and the clock."""

    def __init__(self, people: Engine) -> None:
        self.people = people
        self.clock = StandingClock()
        self.platform = PretendedIssuer()
        client = OpenIdClient(POLICY, PlatformIssuer(ISSUER, self.platform, self.clock))
        self.pauses: list[float] = []
        self.sessions = Sessions(people, client, self.clock, pause=self.pauses.append)

    def signed_in(
        self, refresh: str | None = None, sid: str | None = "s1", sub: str = "wen"
    ) -> str:
        until = self.clock.now + timedelta(minutes=15)
        who = Principal(sub, (OpsRole(role="ops"),), until, self.clock.now)
        return self.sessions.begin(Login(SignedIn(who, sid), refresh), None)

    def long_lived(self) -> str:
        """A session whose roles never grow old, to see how long the session itself lasts."""
        cookie = self.signed_in()
        self.execute("UPDATE web.sessions SET roles_until = ends + interval '1 day'")
        return cookie

    def gives(self, **changes: Any) -> None:
        """What the issuer answers when it is asked for new roles."""
        now = seconds(self.clock.now)
        good = {"aud": "badges", "iat": now, "exp": now + 3_600, "nbf": None}
        self.platform.tokens = {"id_token": token(claims(**{**good, **changes}), typ="JWT")}

    def execute(self, statement: str, *parameters: object) -> None:
        with transaction(self.people) as tx:
            tx.execute(statement, *parameters)

    def column(self, name: str, cookie: str) -> Any:
        with transaction(self.people) as tx:
            row = tx.one(f"SELECT {name} FROM web.sessions WHERE id = %s", digest(cookie))
        assert row
        return row[0]


@pytest.fixture
def browsers(people: Engine) -> SignedInBrowsers:
    browsers = SignedInBrowsers(people)
    browsers.execute("DELETE FROM web.sessions")
    return browsers


def test_a_cookie_stands_for_a_person_and_their_roles(browsers: SignedInBrowsers) -> None:
    cookie = browsers.signed_in()
    who = browsers.sessions.principal(cookie)
    assert who == Principal("wen", (OpsRole(role="ops"),), NOW + timedelta(minutes=15), NOW)


@pytest.mark.parametrize("cookie", ["", "x", "é" * 43, "\udc80", "A" * 43, "' OR 1=1 --"])
def test_any_other_cookie_stands_for_nobody(browsers: SignedInBrowsers, cookie: str) -> None:
    browsers.signed_in()
    assert browsers.sessions.principal(cookie) is None


def test_the_database_does_not_have_what_the_cookie_has(browsers: SignedInBrowsers) -> None:
    cookie = browsers.signed_in(refresh="refresh-me")
    assert len(cookie) == 43
    with transaction(browsers.people) as tx:
        (row,) = tx.rows("SELECT to_jsonb(s)::text FROM web.sessions AS s")
    assert cookie not in row[0]
    assert cookie.encode().hex() not in row[0]
    assert "refresh-me" not in row[0]


def test_a_login_makes_a_new_id_and_ends_the_session_of_before(browsers: SignedInBrowsers) -> None:
    before = browsers.signed_in()
    who = Principal("tomas", (), NOW + timedelta(minutes=15))
    after = browsers.sessions.begin(Login(SignedIn(who, None), None), before)
    assert after != before
    assert browsers.sessions.principal(before) is None
    assert browsers.sessions.principal(after)


def test_a_session_ends_after_eight_idle_hours(browsers: SignedInBrowsers) -> None:
    cookie = browsers.long_lived()
    browsers.clock.move(hours=7, minutes=59)
    assert browsers.sessions.principal(cookie)
    browsers.clock.move(hours=8)
    assert browsers.sessions.principal(cookie) is None


def test_a_session_ends_after_a_day_however_busy(browsers: SignedInBrowsers) -> None:
    cookie = browsers.long_lived()
    for _ in range(23):
        browsers.clock.move(hours=1)
        assert browsers.sessions.principal(cookie)
    browsers.clock.move(hours=1)
    assert browsers.sessions.principal(cookie) is None


def test_roles_older_than_15_minutes_sign_out(browsers: SignedInBrowsers) -> None:
    cookie = browsers.signed_in()
    browsers.clock.move(minutes=14, seconds=59)
    assert browsers.sessions.principal(cookie)
    browsers.clock.move(seconds=1)
    assert browsers.sessions.principal(cookie) is None


@pytest.mark.parametrize("roles", ['"ops"', "{}", "null", "7"])
def test_roles_that_are_no_list_sign_out(browsers: SignedInBrowsers, roles: str) -> None:
    cookie = browsers.signed_in()
    browsers.execute("UPDATE web.sessions SET roles = %s::jsonb", roles)
    assert browsers.sessions.principal(cookie) is None


def test_a_look_up_is_one_statement_and_writes_at_most_once_a_minute(
    browsers: SignedInBrowsers,
) -> None:
    cookie = browsers.signed_in()
    statements: list[str] = []
    one = Transaction.one

    def counted(tx: Transaction, statement: str, *parameters: object) -> Any:
        statements.append(statement)
        return one(tx, statement, *parameters)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Transaction, "one", counted)
        browsers.clock.move(seconds=59)
        assert browsers.sessions.principal(cookie)
        assert browsers.column("seen", cookie) == NOW
        browsers.clock.move(seconds=1)
        assert browsers.sessions.principal(cookie)
    assert browsers.column("seen", cookie) == NOW + timedelta(minutes=1)
    assert len(statements) == 2 + 1  # two look-ups, and one of this test


def test_a_look_up_does_not_wait_for_another_to_note_when_it_was_seen(
    browsers: SignedInBrowsers,
) -> None:
    cookie = browsers.signed_in()
    browsers.clock.move(minutes=2)
    with transaction(browsers.people) as tx:
        tx.execute("SELECT FROM web.sessions WHERE id = %s FOR UPDATE", digest(cookie))
        assert browsers.sessions.principal(cookie)


def test_signing_out_ends_one_session(browsers: SignedInBrowsers) -> None:
    here, elsewhere = browsers.signed_in(), browsers.signed_in()
    browsers.sessions.end(here)
    assert browsers.sessions.principal(here) is None
    assert browsers.sessions.principal(elsewhere)


@pytest.mark.parametrize(
    ("signed_out", "ended"),
    [
        (SignedOut(None, "s1", NOW), {"wen s1", "tomas s1"}),
        (SignedOut("wen", None, NOW), {"wen s1", "wen s2"}),
        (SignedOut("wen", "s1", NOW), {"wen s1"}),
        (SignedOut("lee", "s9", NOW), set()),
        (SignedOut(None, None, NOW), set()),
    ],
)
def test_the_issuer_ends_sessions_by_its_session_or_by_subject(
    browsers: SignedInBrowsers, signed_out: SignedOut, ended: set[str]
) -> None:
    cookies = {
        f"{sub} {sid}": browsers.signed_in(sub=sub, sid=sid)
        for sub, sid in (("wen", "s1"), ("wen", "s2"), ("tomas", "s1"))
    }
    assert browsers.sessions.end_of_issuer(signed_out) == len(ended)
    gone = {name for name, one in cookies.items() if not browsers.sessions.principal(one)}
    assert gone == ended


def test_a_logout_that_is_sent_again_ends_no_later_session(browsers: SignedInBrowsers) -> None:
    at = browsers.clock.now
    browsers.clock.move(minutes=2)
    later = browsers.signed_in()
    assert browsers.sessions.end_of_issuer(SignedOut("wen", None, at)) == 0
    assert browsers.sessions.principal(later)


def test_a_login_deletes_no_session_that_goes_on(browsers: SignedInBrowsers) -> None:
    browsers.signed_in()
    browsers.clock.move(hours=1)
    going_on = browsers.long_lived()
    browsers.clock.move(hours=7)
    browsers.signed_in()
    with transaction(browsers.people) as tx:
        assert tx.one("SELECT count(*) FROM web.sessions") == (2,)
    assert browsers.sessions.principal(going_on)


def test_a_login_deletes_the_sessions_that_have_ended(browsers: SignedInBrowsers) -> None:
    browsers.signed_in()
    browsers.clock.move(hours=8)
    browsers.signed_in()
    with transaction(browsers.people) as tx:
        assert tx.one("SELECT count(*) FROM web.sessions") == (1,)


def test_a_login_waits_for_no_other_that_deletes(browsers: SignedInBrowsers) -> None:
    ended = browsers.signed_in()
    browsers.clock.move(hours=8)
    with transaction(browsers.people) as tx:
        tx.execute("SELECT FROM web.sessions WHERE id = %s FOR UPDATE", digest(ended))
        assert browsers.sessions.principal(browsers.signed_in())


def test_old_roles_are_renewed_and_nobody_notices(browsers: SignedInBrowsers) -> None:
    cookie = browsers.signed_in(refresh="first")
    browsers.clock.move(minutes=20)
    browsers.gives(roles=[])
    browsers.platform.tokens["refresh_token"] = "second"
    who = browsers.sessions.principal(cookie)
    assert who is not None
    assert who.roles == ()
    assert who.until == browsers.clock.now + timedelta(minutes=15)
    ((form, headers),) = browsers.platform.forms
    assert form == "grant_type=refresh_token&refresh_token=first"
    assert headers["Authorization"].startswith("Basic ")
    browsers.clock.move(minutes=20)
    browsers.gives()
    assert browsers.sessions.principal(cookie)
    assert browsers.platform.forms[-1][0].endswith("refresh_token=second")


def test_new_roles_make_nobody_fresh(browsers: SignedInBrowsers) -> None:
    cookie = browsers.signed_in(refresh="r1")
    browsers.clock.move(minutes=16)
    browsers.gives(auth_time=seconds(browsers.clock.now))

    who = browsers.sessions.principal(cookie)
    assert who
    assert who.authenticated_at == NOW
    again = browsers.sessions.principal(cookie)
    assert again
    assert again.authenticated_at == NOW


def test_roles_are_renewed_a_minute_ahead(browsers: SignedInBrowsers) -> None:
    cookie = browsers.signed_in(refresh="first")
    browsers.clock.move(minutes=14)
    browsers.gives()
    who = browsers.sessions.principal(cookie)
    assert who is not None
    assert who.until == browsers.clock.now + timedelta(minutes=15)


@pytest.mark.parametrize(
    "changes",
    [
        {"sub": "tomas"},
        {"aud": "other"},
        {"iss": "https://evil.example"},
        {"roles": None},
        {"iat": seconds(NOW)},
    ],
)
def test_an_id_token_that_does_not_fit_renews_nothing(
    browsers: SignedInBrowsers, changes: dict[str, Any]
) -> None:
    cookie = browsers.signed_in(refresh="first")
    browsers.clock.move(minutes=20)
    browsers.gives(**changes)
    assert browsers.sessions.principal(cookie) is None
    browsers.gives()
    assert browsers.sessions.principal(cookie) is None


def test_a_refresh_token_that_the_issuer_refuses_signs_out(browsers: SignedInBrowsers) -> None:
    cookie = browsers.signed_in(refresh="first")
    browsers.clock.move(minutes=20)
    browsers.platform.statuses["/token"] = 400
    assert browsers.sessions.principal(cookie) is None


def test_while_the_issuer_is_away_young_roles_stay_and_old_ones_are_no_sign_out(
    browsers: SignedInBrowsers,
) -> None:
    cookie = browsers.signed_in(refresh="first")
    browsers.platform.away = True
    browsers.clock.move(minutes=14, seconds=30)
    assert browsers.sessions.principal(cookie)
    browsers.clock.move(minutes=1)
    with pytest.raises(IssuerAway):
        browsers.sessions.principal(cookie)
    browsers.platform.away = False
    browsers.clock.move(minutes=1)
    browsers.gives()
    assert browsers.sessions.principal(cookie)


def test_nobody_waits_for_an_issuer_that_is_known_to_be_away(browsers: SignedInBrowsers) -> None:
    cookie = browsers.signed_in(refresh="first")
    browsers.clock.move(minutes=20)
    browsers.platform.away = True
    for _ in range(10):  # as long as the claim of the one that failed is held
        asked = len(browsers.platform.asked)
        for _ in range(3):
            with pytest.raises(IssuerAway):
                browsers.sessions.principal(cookie)
        assert len(browsers.platform.asked) - asked <= 1
        browsers.clock.move(seconds=1)
    assert browsers.pauses == []
    browsers.platform.away = False
    browsers.clock.move(seconds=10)
    browsers.gives()
    assert browsers.sessions.principal(cookie)


def test_who_waits_stops_when_the_issuer_turns_out_to_be_away(people: Engine) -> None:
    browsers = SignedInBrowsers(people)
    cookie = browsers.signed_in(refresh="first")
    other = browsers.signed_in(refresh="second", sub="tomas")
    browsers.clock.move(minutes=20)
    browsers.execute(
        "UPDATE web.sessions SET renewing = %s WHERE id = %s",
        browsers.clock.now + timedelta(seconds=10),
        digest(cookie),
    )
    browsers.platform.away = True
    pauses = 0

    def pause(_seconds: float) -> None:
        nonlocal pauses
        pauses += 1
        with pytest.raises(IssuerAway):
            sessions.principal(other)

    client = OpenIdClient(POLICY, PlatformIssuer(ISSUER, browsers.platform, browsers.clock))
    sessions = Sessions(people, client, browsers.clock, pause=pause)
    with pytest.raises(IssuerAway):
        sessions.principal(cookie)
    assert pauses == 1


def test_an_issuer_that_is_back_is_waited_for(browsers: SignedInBrowsers) -> None:
    cookie = browsers.signed_in(refresh="first")
    other = browsers.signed_in(refresh="second", sub="tomas")
    browsers.clock.move(minutes=20)
    browsers.platform.statuses["/token"] = 503
    with pytest.raises(IssuerAway):
        browsers.sessions.principal(cookie)
    browsers.platform.statuses.clear()
    browsers.gives(sub="tomas")
    assert browsers.sessions.principal(other)
    with pytest.raises(IssuerAway):  # the claim is held still
        browsers.sessions.principal(cookie)
    assert len(browsers.pauses) == 30


def test_a_refresh_token_is_used_by_one_request_of_many(people: Engine) -> None:
    browsers = SignedInBrowsers(people)
    cookie = browsers.signed_in(refresh="first")
    browsers.clock.move(minutes=20)
    browsers.gives()
    begun, answered = threading.Event(), threading.Event()
    platform = browsers.platform

    def slow(url: str, body: str | None = None, headers: Any = None) -> Any:
        if body is not None:
            begun.set()
            assert answered.wait(20)
        return platform(url, body, headers)

    issuer = PlatformIssuer(ISSUER, slow, browsers.clock)
    looks = threading.Semaphore(0)

    def pause(_seconds: float) -> None:
        looks.release()
        answered.wait(20)

    sessions = Sessions(people, OpenIdClient(POLICY, issuer), browsers.clock, pause=pause)
    seen: list[Principal | None] = []
    threads = [
        threading.Thread(target=lambda: seen.append(sessions.principal(cookie))) for _ in range(4)
    ]
    threads[0].start()
    assert begun.wait(20)
    for thread in threads[1:]:
        thread.start()
    for _ in threads[1:]:
        assert looks.acquire(timeout=20)
    answered.set()
    for thread in threads:
        thread.join(20)
    assert len(platform.forms) == 1
    assert len(seen) == 4
    assert all(who is not None for who in seen)


def test_a_pool_gets_every_connection_back(browsers: SignedInBrowsers) -> None:
    out = 0

    def checked_out(*_: object) -> None:
        nonlocal out
        out += 1

    def checked_in(*_: object) -> None:
        nonlocal out
        out -= 1

    event.listen(browsers.people, "checkout", checked_out)
    event.listen(browsers.people, "checkin", checked_in)
    cookie = browsers.signed_in(refresh="x")
    browsers.platform.away = True
    browsers.clock.move(minutes=20)
    with pytest.raises(IssuerAway):
        browsers.sessions.principal(cookie)
    event.remove(browsers.people, "checkout", checked_out)
    event.remove(browsers.people, "checkin", checked_in)
    assert out == 0

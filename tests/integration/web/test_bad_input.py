"""What nobody should send: odd ids, parameters, cursors, bodies, methods. Each has its answer, no
answer quotes what was sent, and nothing fails."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from structlog.testing import capture_logs

from events.path_segments import segment
from tests.integration.web.people_surface import (
    PeopleSurface,
    bearer,
    coordinator,
    described_loop,
    described_person,
    described_program,
    participant,
)
from tests.support.asgi import WebAnswer, asgi_client
from tests.support.given import kudos
from web import bootstrap
from web.http.bounded_bodies import MOST_BYTES
from web.surfaces import people

PROGRAM = "northfield"
ME = participant(PROGRAM, "wen")
BOSS = coordinator(PROGRAM)
P = f"/v1/programs/{PROGRAM}"
PREFERENCES = f"{P}/me/preferences"
CHOICE = b'{"timezone": "Europe/Oslo", "appearance": "dark"}'
JSON = {"Content-Type": "application/json"}
ODD_IDS = (
    "a/b", "a%2Fb", "..", ".", "...", "?", "#", "a b", "%", "%zz", "\\", "é", "e\u0301", "🦄",
    "\u202egnitfel", "مرحبا", "\u200b", "x" * 120, "<b>&\"'", "'; DROP TABLE awards; --", "null",
)  # fmt: skip


@pytest.fixture(scope="module")
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    empty_surface.describe(
        described_program(PROGRAM, self_match=True),
        *(described_person(PROGRAM, name) for name in ("wen", "ana", *ODD_IDS)),
        *(described_loop(PROGRAM, name, "wen", "ana") for name in ODD_IDS),
    )
    empty_surface.harness.tell(
        *(
            kudos(f"k{n}", "ana", "wen", "trust", program_id=PROGRAM, loop_id=name)
            for n, name in enumerate(ODD_IDS)
        )
    )
    return empty_surface


@pytest.fixture(autouse=True)
def nothing_failed(known: PeopleSurface) -> Iterator[None]:
    """No test of these makes the application fail, or log what was sent."""
    with capture_logs() as logged:
        yield
    assert known.client.crashes == []
    assert not [line for line in logged if line["log_level"] in ("error", "critical")]
    assert "SENT" not in repr(logged)


def pointers(answer: WebAnswer) -> list[str]:
    assert answer.status == 422, answer.text
    return [fault["pointer"] for fault in answer.json()["errors"]]


def put(known: PeopleSurface, body: bytes, **headers: str) -> WebAnswer:
    sent = {**bearer(ME), **JSON, "If-Match": "*"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return known.client.ask(
        "PUT", PREFERENCES, {name: value for name, value in sent.items() if value}, body
    )


@pytest.mark.parametrize("name", ODD_IDS)
def test_an_odd_id_leads_to_what_it_names(known: PeopleSurface, name: str) -> None:
    summary = known.get(f"{P}/people/{segment(name)}/summary", ME)
    assert (summary.status, summary.json()["display_name"]) == (200, name)
    board = known.get(f"{P}/loops/{segment(name)}/board", BOSS)
    assert board.json()["loop"]["loop_id"] == name
    badges = known.get(f"{P}/me/badges?loop={quote(name)}", ME).json()
    assert [loop["loop_id"] for loop in badges["loops"]] == [name]
    page = known.get(f"/p/{PROGRAM}/people/{segment(name)}", ME)
    assert page.status == 200
    assert "<b>" not in page.text
    assert known.get(f"/p/{PROGRAM}/kudos?loop={quote(name)}", ME).status == 200


@pytest.mark.parametrize(
    "raw",
    [
        b"%00", b"a%00b", b"%0a", b"%1f", b"%7f", b"%ff", b"%c3%28", b"%ed%a0%80", b"%2F%2F",
        b"x" * 256, b"%F0%9F%A6%84" * 256, b"%2", b"..;", b"\xff", b"a/b", b"../../etc",
        b"%252F", b"%2e%2e%2f", b"*", b"{participant}", b"", b"/", b"x" * 8_000,
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"/v1/programs/northfield/people/", b"/summary"),
        (b"/v1/programs/northfield/me/badges/", b""),
        (b"/v1/programs/northfield/me/awards/", b""),
        (b"/v1/programs/northfield/loops/", b"/board"),
        (b"/v1/programs/", b"/catalog"),
        (b"/p/northfield/people/", b""),
        (b"/p/northfield/kudos/", b""),
        (b"/p/", b"/kudos"),
        (b"/static/", b""),
    ],
)  # fmt: skip
def test_what_is_no_id_is_not_found(
    known: PeopleSurface, before: bytes, after: bytes, raw: bytes
) -> None:
    answer = known.client.ask("GET", before + raw + after, bearer(ME, BOSS))
    if raw != b"" or after:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        (f"{P}/me/badges?limit=0", "/query/limit"),
        (f"{P}/me/badges?limit=101", "/query/limit"),
        (f"{P}/me/badges?limit=x", "/query/limit"),
        (f"{P}/me/badges?limit=", "/query/limit"),
        (f"{P}/me/badges?limit=1.5", "/query/limit"),
        (f"{P}/me/badges?limit=9999999999999999999999", "/query/limit"),
        (f"{P}/me/badges?limit=-1", "/query/limit"),
        (f"{P}/me/badges?limit=%EF%BC%91x", "/query/limit"),
        (f"{P}/me/badges?limit=1&limit=2", "/query/limit"),
        (f"{P}/me/badges?loop=a&loop=b", "/query/loop"),
        (f"{P}/me/badges?loop=%00", "/query/loop"),
        (f"{P}/me/badges?loop={'x' * 256}", "/query/loop"),
        (f"{P}/me/badges?after=%00", "/query/after"),
        (f"{P}/me/badges?after={'x' * 513}", "/query/after"),
        (f"{P}/me/badges?Limit=1", "/query/Limit"),
        (f"{P}/me/badges?a/b=1", "/query/a~1b"),
        (f"{P}/me/badges?=", "/query/"),
        (f"{P}/me/badges/trust?after=a", "/query/after"),
        (f"{P}/me/highlights?after=a", "/query/after"),
        (f"{P}/catalog?limit=1", "/query/limit"),
        (f"{P}/people/ana/summary?x=SENT", "/query/x"),
        ("/v1/me?access_token=SENT", "/query/access_token"),
        (PREFERENCES + "?x=SENT", "/query/x"),
    ],
)
def test_a_parameter_that_is_unknown_or_wrong_is_named(
    known: PeopleSurface, path: str, pointer: str
) -> None:
    answer = known.get(path, ME)
    assert pointers(answer) == [pointer]
    assert "SENT" not in answer.text
    assert answer.header("content-type") == "application/problem+json"


def test_pages_refuse_unknown_parameters_too(known: PeopleSurface) -> None:
    for page in ("kudos", "kudos/trust", "highlights", "settings", "people/ana"):
        answer = known.get(f"/p/{PROGRAM}/{page}?x=SENT", ME)
        assert answer.status == 422
        assert "SENT" not in answer.text


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ("report?from=SENT", "/query/from"),
        ("report?to=2026-02-30", "/query/to"),
        ("report?from=", "/query/from"),
        ("report?from=2026-03-02&to=2026-03-01", "/query/from"),
        ("report?from=0001-01-01", "/query/from"),
        ("report?to=9999-12-31", "/query/to"),
        ("report?x=SENT", "/query/x"),
        ("report?from=2026-03-01&from=2026-03-02", "/query/from"),
        ("report/people?filter=SENT", "/query/filter"),
        ("report/people?filter=", "/query/filter"),
        ("report/people?after=SENT", "/query/after"),
        ("report/people?limit=101", "/query/limit"),
        ("report/people?sort=-received", "/query/sort"),
        ("highlights?after=SENT", "/query/after"),
        ("highlights?x=SENT", "/query/x"),
        ("report.csv", "/query/what"),
        ("report.csv?what=SENT", "/query/what"),
        ("report.csv?what=notes", "/query/what"),
        ("report.csv?what=kudos&from=SENT", "/query/from"),
        ("report.csv?what=kudos&SENT=1", "/query/SENT"),
    ],
)
def test_a_coordinator_is_told_which_parameter_is_wrong(
    known: PeopleSurface, path: str, pointer: str
) -> None:
    answer = known.get(f"{P}/{path}", BOSS)
    assert pointers(answer) == [pointer]
    assert "SENT" not in answer.text.replace("/query/SENT", "")


@pytest.mark.parametrize(
    "path",
    ["overview?from=SENT", "overview?from=2026-03-02&to=2026-03-01", "overview?x=SENT",
     "people?filter=SENT", "people?sort=SENT", "people?after=SENT", "people?x=SENT",
     f"people?q={'x' * 121}", "people/wen/board?x=SENT", "highlights/all?after=SENT",
     "loops/a%2Fb/board?x=SENT"],
)  # fmt: skip
def test_pages_of_coordinators_refuse_what_is_wrong(known: PeopleSurface, path: str) -> None:
    answer = known.get(f"/p/{PROGRAM}/{path}", BOSS)
    assert answer.status == 422
    assert "SENT" not in answer.text.replace('value="SENT"', "")


@pytest.mark.parametrize("name", ODD_IDS)
def test_an_odd_id_leads_a_coordinator_to_what_it_names(known: PeopleSurface, name: str) -> None:
    for path in (f"loops/{segment(name)}/board", f"people/{segment(name)}/board"):
        page = known.get(f"/p/{PROGRAM}/{path}", BOSS)
        assert page.status == 200
        assert "<b>&" not in page.text
    listed = known.get(f"/p/{PROGRAM}/people?q={quote(name)}", BOSS)
    assert f"/people/{segment(name)}/board" in listed.text
    after = known.get(f"{P}/report/people?limit=1&after={quote(name)}", BOSS)
    assert after.status == 200


def test_a_form_may_leave_the_loop_empty(known: PeopleSurface) -> None:
    assert known.get(f"/p/{PROGRAM}/kudos?loop=", ME).status == 200
    assert pointers(known.get(f"{P}/me/badges?loop=", ME)) == ["/query/loop"]


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "bnVsbA", "W10", "e30", "WzEsMl0", "WyJhIiwiYiJd", "%00", "%ff", "x" * 512, "==",
     "WyIyMDI2LTAyLTMwVDEwOjAwOjAwLjAwMDAwMFoiLCJhODA5OGMxYS1mODZlLTExZGEtYmQxYS0wMDExMjQ0NGJlMWUiXQ",
     "W1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tb"],
)  # fmt: skip
def test_a_cursor_of_no_answer_is_refused_or_an_end(known: PeopleSurface, cursor: str) -> None:
    """One that could be ours, but of an instant that is none, is behind or before everything."""
    for path in (f"{P}/me/highlights", f"/p/{PROGRAM}/highlights"):
        assert known.get(f"{path}?after={cursor}", ME).status in (200, 422)
    assert known.get(f"{P}/me/badges?after={cursor}", ME).status in (200, 422)


def test_pages_of_a_list_are_walked_to_the_end(known: PeopleSurface) -> None:
    for what, items in (("badges", "loops"), ("partners", "loops"), ("highlights", "items")):
        seen, after = [], ""
        for _ in range(len(ODD_IDS) + 1):
            page = known.get(f"{P}/me/{what}?limit=1&after={quote(after)}", ME).json()
            seen += page[items]
            after = page["next"]
            if after is None:
                break
        assert len(seen) == len(ODD_IDS)
        assert len({json.dumps(item) for item in seen}) == len(ODD_IDS)


def test_the_cursor_of_somebody_else_shows_nothing_of_them(known: PeopleSurface) -> None:
    cursor = known.get(f"{P}/me/highlights?limit=1", ME).json()["next"]
    other = known.get(f"{P}/me/highlights?after={cursor}", participant(PROGRAM, "ana"))
    assert other.json() == {"items": [], "next": None}


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        (b"", 400, None),
        (b"{", 400, None),
        (b"\xff", 400, None),
        (b'{"timezone": "\\ud800", "appearance": "dark"}', 400, None),
        (b"[" * 10_000, 400, None),
        (b"NaN", 422, ""),
        (b"null", 422, ""),
        (b"[]", 422, ""),
        (b'"SENT"', 422, ""),
        (b'{"timezone": null}', 422, "/appearance"),
        (b'{"appearance": "dark"}', 422, "/timezone"),
        (b'{"timezone": "SENT/Nowhere", "appearance": "dark"}', 422, "/timezone"),
        (b'{"timezone": "../../etc/passwd", "appearance": "dark"}', 422, "/timezone"),
        (b'{"timezone": 1, "appearance": "dark"}', 422, "/timezone"),
        (b'{"timezone": null, "appearance": "SENT"}', 422, "/appearance"),
        (b'{"timezone": null, "appearance": "dark", "SENT/x": 1}', 422, "/SENT~1x"),
    ],
)
def test_a_body_that_is_wrong_is_refused_with_where(
    known: PeopleSurface, body: bytes, status: int, pointer: str | None
) -> None:
    answer = put(known, body)
    assert answer.status == status, answer.text
    if pointer is not None:
        assert pointers(answer) == [pointer]
    assert "SENT" not in answer.text.replace("/SENT~1x", "")


@pytest.mark.parametrize(
    "media_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonx", "é"]
)
def test_a_body_of_another_type_is_refused(known: PeopleSurface, media_type: str) -> None:
    answer = put(known, CHOICE, Content_Type=media_type)
    assert (answer.status, answer.json()["title"]) == (415, "The body has the wrong type")


def test_the_type_may_name_its_charset(known: PeopleSurface) -> None:
    assert put(known, CHOICE, Content_Type="Application/JSON; charset=utf-8").status == 200


def test_a_body_over_32_kib_is_too_large(known: PeopleSurface) -> None:
    def padded(size: int) -> bytes:
        return CHOICE + b" " * (size - len(CHOICE))

    assert put(known, padded(MOST_BYTES)).status == 200
    assert put(known, padded(MOST_BYTES + 1)).status == 413
    assert put(known, CHOICE, Content_Length=str(MOST_BYTES + 1)).status == 413
    assert put(known, CHOICE, Content_Length="9" * 400).status == 413
    stranger = known.client.ask("PUT", PREFERENCES, JSON, padded(MOST_BYTES + 1))
    assert stranger.status == 401


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_over_32_kib_is_too_large(known: PeopleSurface, kind: str) -> None:
    headers = {**bearer(ME), "Content-Type": f"{kind}; boundary=b"}
    part = b'--b\r\nContent-Disposition: form-data; name="timezone"\r\n\r\n'
    body = (part if "multipart" in kind else b"timezone=") + b"x" * MOST_BYTES
    answer = known.client.ask("POST", f"/p/{PROGRAM}/settings", headers, body)
    assert answer.status == 413
    assert (answer.header("content-type") or "").startswith("text/html")


@pytest.mark.parametrize(
    "path",
    ["/v1/me", f"{P}/catalog", f"{P}/me/badges", PREFERENCES, "/v1/openapi.json",
     f"/p/{PROGRAM}/kudos", f"/p/{PROGRAM}/settings", "/healthz", "/v1/none",
     f"{P}/people/x/badges"],
)  # fmt: skip
def test_head_is_answered_as_get_without_the_body(known: PeopleSurface, path: str) -> None:
    got, head = (known.client.ask(method, path, bearer(ME)) for method in ("GET", "HEAD"))
    assert (head.status, head.body) == (got.status, b"")
    assert head.headers == got.headers


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/v1/me", "GET, HEAD"),
        ("DELETE", PREFERENCES, "GET, HEAD, PUT"),
        ("PATCH", PREFERENCES, "GET, HEAD, PUT"),
        ("OPTIONS", f"{P}/me/badges", "GET, HEAD"),
        ("TRACE", f"{P}/catalog", "GET, HEAD"),
        ("BREW", "/v1/openapi.json", "GET, HEAD"),
        ("PUT", f"/p/{PROGRAM}/settings", "GET, HEAD, POST"),
        ("GET", "/sign-out", "POST"),
    ],
)
def test_a_method_that_is_not_taken_is_refused_with_those_that_are(
    known: PeopleSurface, method: str, path: str, allowed: str
) -> None:
    answer = known.client.ask(method, path, bearer(ME))
    assert (answer.status, answer.header("allow")) == (405, allowed)
    if path.startswith("/v1/"):
        assert answer.json()["type"].endswith("/method-not-allowed")


def test_preferences_are_changed_only_as_they_were_read(known: PeopleSurface) -> None:
    first = put(known, CHOICE).header("etag")
    assert first == known.get(PREFERENCES, ME).header("etag")
    assert put(known, CHOICE, If_Match="").status == 428
    assert put(known, CHOICE, If_Match=str(first)).status == 200
    for stale in (str(first), '"0"', 'W/"1"', '"x"', '""', "²", '"99999999999999999999"', "-1"):
        assert put(known, CHOICE, If_Match=stale).status == 412


def test_refusals_come_in_order(known: PeopleSurface) -> None:
    """401, then 404 by policy, then what is wrong with the request, then 404 by existence."""
    wrong = f"{P}/people/nobody/summary?x=1"
    assert known.get(wrong).status == 401
    assert known.get(wrong, participant("other", "wen")).status == 404
    assert known.get(wrong, ME).status == 422
    assert known.get(wrong.partition("?")[0], ME).status == 404
    for who, status in (({}, 401), (bearer(participant("other", "wen")), 404), (bearer(ME), 400)):
        answer = known.client.ask("PUT", PREFERENCES, {**who, **JSON}, b"{")
        assert answer.status == status


def test_a_stranger_cannot_tell_what_would_be_taken(known: PeopleSurface) -> None:
    for body in (b"", b"{", CHOICE, b"x" * 2 * MOST_BYTES):
        for headers in ({}, JSON, {"Content-Type": "text/plain"}):
            answer = known.client.ask("PUT", PREFERENCES, headers, body)
            assert (answer.status, answer.header("www-authenticate")) == (401, "Bearer")


def test_a_token_and_a_cookie_at_once_are_refused(known: PeopleSurface) -> None:
    cookie = known.sign_in(ME)
    assert known.get("/v1/me", cookie=f"__Host-badges={cookie}").status == 200
    assert known.get("/v1/me", ME, cookie=f"__Host-badges={cookie}").status == 401
    assert known.get("/v1/me", ME, cookie="__Host-badges=").status == 401
    assert known.get("/v1/me", cookie="badges-dev=" + cookie).status == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://badges.example"},
        {"Origin": "https://badges.example", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_site_changes_nothing_with_a_cookie(
    known: PeopleSurface, headers: dict[str, str]
) -> None:
    cookie = {"cookie": f"__Host-badges={known.sign_in(ME)}"}
    put_ = known.client.ask("PUT", PREFERENCES, {**cookie, **JSON, **headers}, CHOICE)
    assert (put_.status, put_.json()["type"].rpartition("/")[2]) == (403, "cross-site")
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    page = f"/p/{PROGRAM}/settings"
    before = known.get(PREFERENCES, ME).header("etag")
    assert known.client.ask("POST", page, {**cookie, **form, **headers}, b"").status == 403
    assert known.get(PREFERENCES, ME).header("etag") == before


def test_a_page_of_ours_changes_what_it_may(known: PeopleSurface) -> None:
    cookie = {"cookie": f"__Host-badges={known.sign_in(ME)}", "If-Match": "*"}
    for site in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "https://badges.example"}):
        answer = known.client.ask("PUT", PREFERENCES, {**cookie, **JSON, **site}, CHOICE)
        assert answer.status == 200


@pytest.mark.parametrize("host", ["[", "a b", "", "x" * 5_000, "evil.example", "a@b:c", "é"])
def test_the_host_that_a_client_names_decides_nothing(known: PeopleSurface, host: str) -> None:
    assert known.client.ask("GET", "/v1/me", bearer(ME), host=host).status == 200
    assert known.client.ask("GET", "/v1/none", bearer(ME), host=host).status == 404
    signed_out = known.client.ask("GET", f"/p/{PROGRAM}/kudos?x=1", host=host)
    assert signed_out.header("location") == f"/sign-in?next=/p/{PROGRAM}/kudos%3Fx%3D1"


@pytest.mark.parametrize(
    "value", ["Bearer", "Bearer ", "Basic eDp5", "bearer x.y.z", "é", "x" * 9_999]
)
def test_a_header_that_is_no_token_is_unauthenticated(known: PeopleSurface, value: str) -> None:
    assert known.client.ask("GET", "/v1/me", {"Authorization": value}).status == 401


def test_too_many_requests_are_told_when_to_come_back(known: PeopleSurface) -> None:
    """Given a limit of two a minute: 401 comes before 429, and 429 before 404."""
    settings = known.settings.model_copy(update={"requests_per_minute": 2})
    settings.__dict__.pop("identity", None)  # made of the former settings
    readiness = bootstrap.readiness(known.pools, known.settings)
    there = people.application(settings, known.pools, readiness, known.issuer)
    with asgi_client(there) as client:
        for path in ("/v1/me", f"{P}/people/nobody/summary"):
            client.ask("GET", path, bearer(ME))
        for path in ("/v1/me", "/v1/programs/none/catalog", f"{P}/me/badges?x=1"):
            answer = client.ask("GET", path, bearer(ME))
            assert answer.status == 429
            assert 0 < int(answer.header("retry-after") or 0) <= 60
        page = client.ask("GET", f"/p/{PROGRAM}/kudos", bearer(ME))
        assert (page.status, "Too many requests" in page.text) == (429, True)
        assert client.ask("GET", "/v1/me", {"Authorization": "Bearer x"}).status == 401
        assert client.ask("GET", "/v1/me", bearer(ME, subject="another")).status == 200


@pytest.mark.parametrize(
    "path",
    ["/v1/me", f"{P}/me/badges", f"{P}/none", "/v1/me?x=1", f"/p/{PROGRAM}/kudos",
     f"/p/{PROGRAM}/none", "/none", "/sign-in"],
)  # fmt: skip
def test_every_answer_has_the_headers_that_guard_it(known: PeopleSurface, path: str) -> None:
    for who in ({}, bearer(ME)):
        for method in ("GET", "POST"):
            headers = dict(known.client.ask(method, path, who).headers)
            assert "default-src 'none'" in headers["content-security-policy"]
            assert "unsafe-inline" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "same-origin"
            assert headers["strict-transport-security"].startswith("max-age=")
            assert "no-store" in headers["cache-control"]


def test_an_address_of_nothing_is_the_same_for_everybody(known: PeopleSurface) -> None:
    for path in ("/v1/", "/v1/none", f"{P}/me/", f"{P}//me/badges", "/v1/programs/", "/V1/me"):
        assert known.client.ask("GET", path).status == 404

"""The credential of a shared award, its picture, and what /verify answers for what people give."""

import io
import json
import zlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from joserfc import jws
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier
from PIL import Image
from structlog.testing import capture_logs

from credentials import addresses
from credentials.baking import bake
from events.instants import from_datetime
from tests.integration.web.people_surface import (
    PUBLIC,
    PeopleSurface,
    described_person,
    described_program,
)
from tests.integration.web.sharing import awards, begin, put, stop, withdraw_meeting
from tests.support.asgi import WebAnswer
from tests.support.credentials import altered, header_of, issued, payload_of
from tests.support.signing_keys import other_signing_keys, signing_keys
from tests.unit.credentials.test_baking import itxt, picture, with_chunks
from tests.unit.credentials.test_foreign_verifiers import pem

VALID, WITHDRAWN = "This credential is valid.", "This credential was withdrawn."
MIB = 1024 * 1024
ADDRESS = "wen@example.org"


@pytest.fixture
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    """Wen has Momentum, bronze, and Trust."""
    begin(empty_surface)
    return empty_surface


@pytest.fixture
def page(known: PeopleSurface) -> str:
    """The path of the page on which Wen shows Momentum."""
    shared = put(known, awards(known)["momentum"]).json()
    return f"/a/{shared['share_id']}"


def token(known: PeopleSurface, page: str) -> str:
    """The credential as it is downloaded."""
    answer = known.get(f"{page}/credential.jwt")
    assert answer.status == 200
    return answer.text


def check(known: PeopleSurface, text: str = "", file: bytes = b"", email: str = "") -> WebAnswer:
    """What /verify answers for a form, as a browser sends it."""
    fields = {"text": text.encode(), "email": email.encode()}
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n'.encode() + value + b"\r\n"
        for field, value in fields.items()
    ]
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    body = b"".join([*parts, head, file, b"\r\n--x--\r\n"])
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    return known.client.ask("POST", "/verify", headers, body)


def verdict(answer: WebAnswer) -> str:
    """The heading that the answer begins with."""
    assert answer.status == 200, answer.text
    main = answer.text.split("<main")[1]
    heading = main.split("<h1")[1].split(">", 1)[1].split("</h1>")[0]
    assert f"<title>{heading}</title>" in answer.text
    return heading


def reason(answer: WebAnswer) -> str:
    """Why a credential is not valid."""
    begins = "This credential is not valid: "
    assert verdict(answer).startswith(begins)
    return verdict(answer).removeprefix(begins)


def test_a_credential_is_text_and_a_verifier_that_is_not_ours_accepts_it(
    known: PeopleSurface, page: str
) -> None:
    answer = known.get(f"{page}/credential.jwt")
    assert answer.header("content-type") == "text/plain; charset=utf-8"
    status = payload_of(answer.text)["credentialStatus"]["statusListCredential"]

    def download(url: str) -> bytes:
        assert url == status
        return known.get(url.removeprefix(PUBLIC)).body

    verifier = OB3Verifier(pem(signing_keys()))
    accepted = verifier.verify(answer.text, check_status=True, download=download)
    assert accepted.achievement.name == "Momentum, bronze"

    stop(known, awards(known)["momentum"])
    with pytest.raises(OB3VerificationError, match="'revocation' is set"):
        verifier.verify(answer.text, check_status=True, download=download)


def test_what_a_credential_names_is_there(known: PeopleSurface, page: str) -> None:
    text = token(known, page)
    payload = payload_of(text)
    for url in (
        header_of(text)["kid"],
        payload["issuer"]["id"],
        payload["credentialSubject"]["achievement"]["id"],
        payload["credentialSubject"]["achievement"]["image"]["id"],
        payload["credentialStatus"]["statusListCredential"],
    ):
        assert url.startswith(f"{PUBLIC}/")
        assert known.get(url.removeprefix(PUBLIC)).status == 200


def test_the_picture_has_the_same_credential_in_it(known: PeopleSurface, page: str) -> None:
    answer = known.get(f"{page}/badge.png")
    assert answer.header("content-type") == "image/png"
    assert OB3Verifier.extract_token_from_png(answer.body) == token(known, page)
    with Image.open(io.BytesIO(answer.body)) as shown:
        assert shown.size == (512, 512)


@pytest.mark.parametrize("name", ["credential.jwt", "badge.png"])
def test_what_is_shared_no_longer_is_gone(known: PeopleSurface, page: str, name: str) -> None:
    stop(known, awards(known)["momentum"])
    assert known.get(f"{page}/{name}").status == 410
    assert known.get(f"/a/1111111111111111111111/{name}").status == 404


def test_the_form_is_a_page_for_anybody(known: PeopleSurface) -> None:
    answer = known.get("/verify")
    assert verdict(answer) == "Check a credential"
    assert "conforms to Open Badges 3.0; not certified by 1EdTech" in answer.text
    assert answer.header("set-cookie") is None


def test_ours_is_valid_however_it_is_given(known: PeopleSurface, page: str) -> None:
    text, baked = token(known, page), known.get(f"{page}/badge.png").body
    for answer in (
        check(known, text),
        check(known, f"\n {text} "),
        check(known, file=text.encode()),
        check(known, file=baked),
        check(known, f"{PUBLIC}{page}"),
        check(known, f"{PUBLIC}{page}/credential.jwt"),
        known.get(f"/verify?link={PUBLIC}{page}"),
    ):
        assert verdict(answer) == VALID
        for shown in ("Acme Mentoring", "Momentum, bronze", "Not withdrawn", f"{PUBLIC}{page}"):
            assert shown in answer.text
        assert "Wen" not in answer.text


def test_a_form_without_a_file_may_be_short(known: PeopleSurface, page: str) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = f"text={token(known, page)}".encode()
    assert verdict(known.client.ask("POST", "/verify", headers, body)) == VALID


@pytest.mark.parametrize(
    ("email", "said"),
    [
        (ADDRESS, "It was issued to the address you entered."),
        ("ana@example.org", "It was not issued to the address you entered."),
    ],
)
def test_an_address_is_compared_and_neither_kept_nor_shown(
    known: PeopleSurface, page: str, email: str, said: str
) -> None:
    with capture_logs() as logs:
        answer = check(known, token(known, page), email=email)
    assert said in answer.text
    assert email not in answer.text
    assert email not in json.dumps(logs, default=str)


def test_a_holder_who_shows_their_name_is_named(known: PeopleSurface) -> None:
    shared = put(known, awards(known)["momentum"], show_name=True).json()
    assert "Wen Zhao" in check(known, f"{PUBLIC}/a/{shared['share_id']}").text


def test_withdrawn_is_said_of_the_text_the_picture_and_the_link(
    known: PeopleSurface, page: str
) -> None:
    text, baked = token(known, page), known.get(f"{page}/badge.png").body
    stop(known, awards(known)["momentum"])
    for answer in (check(known, text), check(known, file=baked), check(known, PUBLIC + page)):
        assert verdict(answer) == WITHDRAWN
        assert f'href="{PUBLIC}{page}"' not in answer.text
    assert "Momentum, bronze" in check(known, text).text


def test_an_award_that_is_lost_is_withdrawn_before_its_list_says_so(
    known: PeopleSurface, page: str
) -> None:
    text = token(known, page)
    withdraw_meeting(known)
    assert verdict(check(known, text)) == WITHDRAWN


def test_the_credential_from_before_the_name_was_shown_is_withdrawn(
    known: PeopleSurface, page: str
) -> None:
    before = token(known, page)
    put(known, awards(known)["momentum"], show_name=True)
    assert verdict(check(known, before)) == WITHDRAWN
    assert verdict(check(known, token(known, page))) == VALID


def ends(known: PeopleSurface, until: timedelta) -> None:
    """Let Wen's awards end so long after the present, as those of a badge with a term do."""
    with known.harness.transaction() as tx:
        at = from_datetime(known.now + until)
        tx.execute("UPDATE awards SET valid_until = %s WHERE recipient = 'wen'", at)


def test_what_ended_is_expired_in_the_text_the_picture_and_the_link(known: PeopleSurface) -> None:
    ends(known, timedelta(hours=-1))
    shared = put(known, awards(known)["momentum"]).json()
    page = f"/a/{shared['share_id']}"
    text, baked = token(known, page), known.get(f"{page}/badge.png").body
    for answer in (check(known, text), check(known, file=baked), check(known, PUBLIC + page)):
        assert verdict(answer).startswith("This credential expired on ")
        assert f'href="{PUBLIC}{page}"' in answer.text
        assert "not withdrawn" in answer.text
    assert "Expired: it was valid until" in known.get(page).text
    assert reason(check(known, altered(text, exp=9_999_999_999))).startswith("it was changed")
    stop(known, awards(known)["momentum"])
    assert verdict(check(known, text)) == WITHDRAWN


def test_what_ends_later_is_valid_and_says_until_when(known: PeopleSurface) -> None:
    ends(known, timedelta(days=700))
    shared = put(known, awards(known)["momentum"]).json()
    page = f"/a/{shared['share_id']}"
    answer = check(known, token(known, page))
    assert verdict(answer) == VALID
    assert "Valid until" in answer.text
    assert payload_of(token(known, page))["exp"] == int(
        (known.now + timedelta(days=700)).timestamp()
    )
    assert "Valid until" in known.get(page).text
    fields = shared["linkedin"]["fields"]
    last = known.now + timedelta(days=700)
    assert (fields["expiration_year"], fields["expiration_month"]) == (last.year, last.month)
    assert f"expirationYear={last.year}" in shared["linkedin"]["add_url"]


def pages_are(known: PeopleSurface, public: bool, time: str) -> None:
    """Let the program have public pages, or none."""
    terms = {"public_pages": public}
    key, value = described_program("acme", name="Acme Mentoring", sharing=terms)
    known.describe((key, json.dumps({**json.loads(value), "time": time}).encode()))


def test_without_public_pages_a_credential_stays_valid(known: PeopleSurface, page: str) -> None:
    text = token(known, page)
    pages_are(known, False, "2026-03-01T11:00:00Z")
    answer = check(known, text)
    pages_are(known, True, "2026-03-01T12:00:00Z")
    assert verdict(answer) == VALID
    assert "its program shows no public pages now" in answer.text


def forged(known: PeopleSurface, page: str) -> Iterator[tuple[str, str]]:
    """What somebody makes of a credential, and the reason why it is not valid."""
    text = token(known, page)
    head, body, signature = text.split(".")
    payload, ours = payload_of(text), header_of(text)
    foreign = other_signing_keys()
    yield foreign.sign(payload, payload["iss"]), "it is signed with a key that is not ours."
    with_our_kid = jws.serialize_compact(ours, json.dumps(payload), foreign.current, ["RS256"])
    changed = "it was changed after it was signed, or somebody else signed it."
    yield with_our_kid, changed
    yield altered(text, name="Momentum, gold"), changed
    yield f"{head}.{body}.{signature[:-4]}AAAA", changed
    yield issued(host="https://elsewhere.example", keys=foreign), "it was not issued here."
    yield issued(), "there is no record of it here."
    yield "https://elsewhere.example/a/b", "links to other sites are not opened."
    yield f"{PUBLIC}/a/1111111111111111111111", "there is no shared badge at this link."
    yield f"{PUBLIC}.evil.example/a/b", "links to other sites are not opened."
    yield "", "nothing was given."
    yield "[1, 2]", "this is no signed credential."
    yield json.dumps(payload), "this is no signed credential."
    yield "x" * 70_000, "the text is too long."


def test_what_is_not_ours_or_was_changed_is_not_valid_and_why(
    known: PeopleSurface, page: str
) -> None:
    for text, wanted in forged(known, page):
        assert reason(check(known, text)) == wanted, text[:200]


def test_files_that_have_no_credential_of_ours(known: PeopleSurface, page: str) -> None:
    theirs = issued(host="https://elsewhere.example", keys=other_signing_keys())
    text = token(known, page).encode()
    cases = {
        bake(picture(), theirs): "it was not issued here.",
        picture(): "the picture has no credential in it.",
        picture()[:50]: "the picture is damaged.",
        with_chunks(itxt(text), itxt(text)): "the picture has several credentials in it.",
        with_chunks(itxt(zlib.compress(b"x" * 50 * MIB, 9), b"\1\0")): (
            "the credential in the picture is too long."
        ),
        b"\xff\xd8\xff\xe0 a photograph": "this is no signed credential.",
        b"{}": "this is no signed credential.",
        b"": "nothing was given.",
    }
    for content, wanted in cases.items():
        assert reason(check(known, file=content)) == wanted


def test_an_upload_is_bounded(known: PeopleSurface) -> None:
    assert check(known, file=b"x" * (MIB - 2_000)).status == 200
    assert check(known, file=b"x" * (MIB + 1)).status == 413
    assert known.client.crashes == []


def test_a_body_that_is_no_form_is_answered(known: PeopleSurface) -> None:
    for kind in ("application/json", "multipart/form-data", "multipart/form-data; boundary=x"):
        answer = known.client.ask("POST", "/verify", {"Content-Type": kind}, b"--y {}")
        assert answer.status in (200, 400), kind
    assert known.client.crashes == []


def test_one_signed_with_a_key_of_ours_for_the_future_is_not_valid_yet(
    known: PeopleSurface,
) -> None:
    early = issued(valid_from=known.now + timedelta(days=1))
    assert reason(check(known, early)) == "it begins in the future."


def test_what_is_shown_is_escaped(known: PeopleSurface) -> None:
    known.describe(
        described_person("acme", "wen", display_name="<b>Wen</b>", email=ADDRESS),
    )
    shared = put(known, awards(known)["momentum"], show_name=True).json()
    answer = check(known, f"{PUBLIC}/a/{shared['share_id']}")
    assert "<b>Wen</b>" not in answer.text
    assert '"><script>' not in check(known, '"><script>alert(1)</script>').text
    assert addresses.share(PUBLIC, shared["share_id"]) in answer.text

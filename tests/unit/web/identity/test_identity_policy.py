"""A deployment whose decisions about signing in do not fit together does not start."""

from dataclasses import replace

import pytest

from engine.loopback import is_loopback
from web.identity.identity_policy import IdentityPolicy, is_safe_url, origin_of

PLATFORM = IdentityPolicy(
    "https://badges.example", bind="0.0.0.0", issuer="https://platform.example"
)
DEV = IdentityPolicy("http://127.0.0.1:8080", bind="127.0.0.1", dev_issuer=True)

NOT_LOOPBACK = [
    "0.0.0.0", "::", "10.0.0.1", "192.168.1.1", "169.254.1.1", "", "*", "localhost.evil.com",
    "127.0.0.1.nip.io", "127.0.0.1.", "localhost.", "127.1", "2130706433", "0x7f000001",
    "0177.0.0.1", "127.0.0.1 ", "::ffff:8.8.8.8", "evil.com", "fe80::1", "::1%eth0.evil.com",
]  # fmt: skip


@pytest.mark.parametrize("policy", [PLATFORM, DEV])
def test_what_fits_together_may_start(policy: IdentityPolicy) -> None:
    assert policy.faults() == []


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", "LOCALHOST"])
def test_an_address_of_this_machine_is_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", NOT_LOOPBACK)
def test_no_other_address_or_name_is_loopback(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("bind", NOT_LOOPBACK)
def test_the_dev_issuer_needs_a_loopback_bind(bind: str) -> None:
    assert replace(DEV, bind=bind).faults() == [
        "BADGE_WEB_DEV_ISSUER: needs a loopback address in BADGE_WEB_BIND"
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://badges.example", "https://localhost.evil.com", "https://127.0.0.1.nip.io",
        "https://0.0.0.0:8080", "https://[::]:8080", "http://127.0.0.1@evil.com",
        "http://evil.com#@127.0.0.1", "http://127.0.0.1\\@evil.com", "https://10.0.0.1",
    ],
)  # fmt: skip
def test_the_dev_issuer_needs_a_loopback_public_url(url: str) -> None:
    assert (
        "BADGE_WEB_DEV_ISSUER: needs a loopback address in BADGE_WEB_PUBLIC_URL"
        in replace(DEV, public_url=url).faults()
        or "BADGE_WEB_PUBLIC_URL: must be an https URL (http only with a loopback address)"
        in replace(DEV, public_url=url).faults()
    )


def test_the_dev_issuer_is_off_unless_it_is_asked_for() -> None:
    off = IdentityPolicy("http://127.0.0.1:8080", bind="127.0.0.1")
    assert not off.dev_issuer
    assert off.faults() == ["BADGE_WEB_ISSUER: not set; give the address of the platform's issuer"]


def test_the_dev_issuer_takes_the_place_of_the_platforms() -> None:
    assert len(replace(DEV, issuer="https://platform.example").faults()) == 1
    assert DEV.issuer_address == "http://127.0.0.1:8080/dev/issuer"


@pytest.mark.parametrize("url", ["http://platform.example", "ftp://x", "", "platform.example"])
def test_an_issuer_or_public_url_without_tls_is_refused(url: str) -> None:
    assert len(replace(PLATFORM, issuer=url).faults()) == 1
    assert len(replace(PLATFORM, public_url=url).faults()) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://user:secret@host", "https://host/#x", "https://ho st", "https://host\n",
        "https://host:port", "https://host:99999", "https:///path", "https://hóst", "//host",
    ],
)  # fmt: skip
def test_a_url_that_two_readers_could_read_differently_is_not_safe(url: str) -> None:
    assert not is_safe_url(url)


def test_every_fault_is_named_at_once() -> None:
    wrong = IdentityPolicy("http://x", bind="0.0.0.0", issuer="http://y", client_id="", audience="")
    assert len(wrong.faults()) == 4


def test_a_secret_is_not_shown() -> None:
    assert "hush" not in repr(replace(PLATFORM, client_secret="hush"))


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Badges.Example:443/", "https://badges.example"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:80/x", "http://[::1]"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(url: str, origin: str) -> None:
    assert origin_of(url) == origin

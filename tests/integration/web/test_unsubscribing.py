"""The link that ends e-mails: a look changes nothing, a click ends them, once and for ever."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from notifier import unsubscribe
from notifier.rules.preferences import Category
from notifier.store import preferences
from notifier.unsubscribe import Unsubscription
from tests.integration.web.people_surface import (
    PeopleSurface,
    described_person,
    described_program,
    surface,
)
from tests.support.asgi import WebAnswer
from tests.support.databases import new_database

KEY = unsubscribe.new_key()
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ONE_CLICK = b"List-Unsubscribe=One-Click"


@pytest.fixture(scope="module")
def known(
    postgres_url: str, _with_all_schemas: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PeopleSurface]:
    folder: Path = tmp_path_factory.mktemp("unsubscribing")
    (folder / "key").write_text(KEY + "\n")
    with (
        new_database(postgres_url, _with_all_schemas) as url,
        surface(url, folder, token_key_file=folder / "key") as there,
    ):
        there.describe(
            described_program("acme", name="Acme <Alumni>"), described_person("acme", "wen")
        )
        yield there


def link(category: Category = "kudos", name: str = "wen", key: str = KEY) -> str:
    return f"/u/{unsubscribe.token(key, Unsubscription('acme', name, category))}"


def post(known: PeopleSurface, path: str, body: bytes = ONE_CLICK) -> WebAnswer:
    return known.client.ask("POST", path, FORM, body)


def off(known: PeopleSurface, name: str) -> set[str]:
    with known.harness.transaction() as tx:
        return {*preferences.read(tx, "acme", name).email_off}


def test_to_follow_the_link_shows_a_button_and_changes_nothing(known: PeopleSurface) -> None:
    for method in ("GET", "HEAD", "GET"):
        assert known.client.ask(method, link(name="ana")).status == 200
    page = known.get(link(name="ana")).text
    assert "Stop these e-mails" in page
    assert "Acme &lt;Alumni&gt;" in page
    assert off(known, "ana") == set()


def test_a_click_ends_the_e_mails_of_its_category_however_often(known: PeopleSurface) -> None:
    """Given a mail client, which is not a page of ours and sends no cookie, when it posts what
    RFC 8058 says, twice, then the e-mails of that category end, and of no other."""
    elsewhere = {**FORM, "Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example"}
    for _ in range(2):
        assert known.client.ask("POST", link("kudos"), elsewhere, ONE_CLICK).status == 200
    with known.harness.transaction() as tx:
        assert preferences.read(tx, "acme", "wen").version == 1
    assert off(known, "wen") == {"kudos"}
    assert post(known, link("invitation")).status == 200
    assert off(known, "wen") == {"kudos", "invitation"}


def test_a_client_may_send_a_form_of_parts(known: PeopleSurface) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--'
    )
    media = {"Content-Type": "multipart/form-data; boundary=x"}
    assert known.client.ask("POST", link(name="bob"), media, body).status == 200
    assert off(known, "bob") == {"kudos"}


@pytest.mark.parametrize("body", [b"", b"List-Unsubscribe=", b"List-Unsubscribe=yes", b"x=1"])
def test_a_post_without_the_words_changes_nothing(known: PeopleSurface, body: bytes) -> None:
    assert post(known, link(name="cleo"), body).status == 422
    assert off(known, "cleo") == set()


@pytest.mark.parametrize(
    "path",
    [
        "/u/x",
        "/u/%00",
        "/u/%ff",
        f"/u/{'a' * 5000}",
        "/u/gAAAA%20",
        link()[:40] + "AAAA" + link()[44:],
        link()[:-4],
        link(key=unsubscribe.new_key()),
    ],
)
def test_what_is_no_token_of_ours_is_not_there(known: PeopleSurface, path: str) -> None:
    assert known.get(path).status == 404
    assert post(known, path).status == 404


def test_the_link_of_an_e_mail_is_in_no_log(known: PeopleSurface) -> None:
    with capture_logs() as logged:
        known.get(link())
        post(known, link())
        post(known, link(), b"")
        known.get(link()[:-4])
    assert link()[3:20] not in repr(logged)


def test_without_a_key_there_are_no_links(known: PeopleSurface, tmp_path: Path) -> None:
    with surface(known.harness.url, tmp_path, token_key_file=None) as without:
        assert without.get(link()).status == 404

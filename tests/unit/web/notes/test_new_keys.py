"""`badge-web keys` makes what the settings take, once."""

import json
import stat
from pathlib import Path

import pytest

from engine.cli.console.exit_codes import Failed
from engine.settings import SettingsError
from events.sealing import new_key_pair
from governance.store.sealing import CaseKeys
from notifier import unsubscribe
from notifier.unsubscribe import Unsubscription
from web import new_keys
from web.notes import master_keys
from web.notes.master_keys import BadKeys
from web.settings import WebSettings


def test_the_lines_name_a_file_that_only_its_owner_reads_and_its_public_part(
    tmp_path: Path,
) -> None:
    lines = dict(line.split("=", 1) for line in new_keys.make(tmp_path / "keys"))

    file = Path(lines["BADGE_WEB_NOTES_PRIVATE_KEY_FILE"])
    assert file.parent == tmp_path / "keys"
    assert file.name == "BADGE_WEB_NOTES_PRIVATE_KEY_FILE"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    public = json.loads(lines["BADGE_ENGINE_NOTES_PUBLIC_KEY"])
    assert public == master_keys.read(file).public.jwk()
    assert set(public) == {"kty", "crv", "kid", "x"}


def test_one_key_of_links_in_e_mails_serves_who_sends_them_and_who_answers(tmp_path: Path) -> None:
    lines = dict(line.split("=", 1) for line in new_keys.make(tmp_path))
    assert lines["BADGE_WEB_TOKEN_KEY_FILE"] == lines["BADGE_NOTIFIER_TOKEN_KEY_FILE"]
    file = Path(lines["BADGE_WEB_TOKEN_KEY_FILE"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    ends = Unsubscription("acme", "wen", "kudos")
    token = unsubscribe.token(file.read_text().strip(), ends)
    assert WebSettings(token_key_file=file).token_key == file.read_text().strip()
    assert unsubscribe.read(WebSettings(token_key_file=file).token_key or "", token) == ends


def test_a_new_deployment_signs_credentials_with_a_key_that_only_its_owner_reads(
    tmp_path: Path,
) -> None:
    lines = dict(line.split("=", 1) for line in new_keys.make(tmp_path))
    file = Path(lines["BADGE_WEB_SIGNING_KEY_FILE"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(WebSettings(signing_key_file=file).signing_keys.by_thumbprint) == 1


def test_governance_and_pages_wrap_keys_of_cases_to_a_key_that_only_its_owner_reads(
    tmp_path: Path,
) -> None:
    lines = dict(line.split("=", 1) for line in new_keys.make(tmp_path))
    file = Path(lines["BADGE_GOVERNANCE_KEY_FILE"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(WebSettings(governance_key_file=file).case_keys.by_id) == [
        CaseKeys.read(file).current
    ]


@pytest.mark.parametrize("content", [None, "", "{}", '{"keys": []}'])
def test_a_file_that_cannot_sign_is_named(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "signing").write_text(content)
    with pytest.raises(SettingsError, match="BADGE_WEB_SIGNING_KEY_FILE: "):
        _ = WebSettings(signing_key_file=tmp_path / "signing").signing_keys


@pytest.mark.parametrize("text", ["", "x", "é" * 44, "a" * 100])
def test_a_file_without_such_a_key_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "key").write_text(text)
    with pytest.raises(SettingsError, match="BADGE_WEB_TOKEN_KEY_FILE: has no key"):
        _ = WebSettings(token_key_file=tmp_path / "key").token_key


def test_a_key_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    list(new_keys.make(tmp_path))
    file = tmp_path / "BADGE_WEB_NOTES_PRIVATE_KEY_FILE"
    before = file.read_bytes()
    with pytest.raises(Failed, match="is there already"):
        list(new_keys.make(tmp_path))
    assert file.read_bytes() == before


def test_the_first_key_of_a_file_is_the_current_one_and_all_are_known(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    made = [new_key_pair()[1] for _ in range(3)]
    file.write_text(json.dumps(made))
    keys = master_keys.read(file)
    assert keys.public.kid == made[0]["kid"]
    assert list(keys.by_id) == [one["kid"] for one in made]


def _other(**changes: str) -> str:
    return json.dumps([{**new_key_pair()[1], **changes}])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "[1]",
        json.dumps(new_key_pair()[1]),
        _other(crv="Ed25519"),
        _other(kty="EC"),
        _other(d=""),
        _other(d="!"),
        _other(x="AAAA"),
        _other(x=new_key_pair()[1]["x"]),
        _other(kid="two words"),
    ],
)
def test_a_file_without_good_keys_is_refused_and_nothing_of_it_is_quoted(
    tmp_path: Path, text: str
) -> None:
    file = tmp_path / "keys"
    file.write_text(text)
    with pytest.raises(BadKeys) as refused:
        master_keys.read(file)
    assert refused.value.__cause__ is None
    if '"d": "' in text:
        assert text.split('"d": "')[1].split('"')[0] in ("", "!") or (
            text.split('"d": "')[1].split('"')[0] not in str(refused.value)
        )


def test_a_secret_for_a_purpose_is_that_purposes_alone(tmp_path: Path) -> None:
    list(new_keys.make(tmp_path))
    keys = master_keys.read(tmp_path / new_keys.NOTES_FILE)
    assert keys.secret_for("a") == keys.secret_for("a")
    assert keys.secret_for("a") != keys.secret_for("b")

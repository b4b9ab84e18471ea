"""What is sealed in a case opens under its key, where it belongs, and nowhere else."""

import json
from pathlib import Path

import pytest

from governance.errors import BadCaseKeys
from governance.store import sealing
from governance.store.cases import Case
from governance.store.sealing import CaseKeys, NewCaseKey, SealBroken
from tests.support.issuing import NOW

WORDS = "what I wrote, ✓".encode()


def _keys(folder: Path, text: str) -> CaseKeys:
    file = folder / "keys"
    file.write_text(text)
    return CaseKeys.read(file)


def _case(made: NewCaseKey) -> Case:
    return Case(
        "00000000-0000-4000-8000-000000000001", "aurora", "imani", "proficient-mentor", "first",
        "applied", NOW, "imani", NOW, wrapped_key=made.wrapped, kid=made.kid,
    )  # fmt: skip


def test_a_text_opens_where_it_was_sealed_and_is_never_sealed_twice_the_same(
    tmp_path: Path,
) -> None:
    keys = _keys(tmp_path, sealing.new_key_set())
    made = keys.new()
    sealed = made.key.seal(WORDS, "case 1 pack 1")
    assert WORDS not in sealed
    assert made.key.seal(WORDS, "case 1 pack 1") != sealed
    again = keys.key_of(_case(made))
    assert again.open(sealed, "case 1 pack 1") == WORDS


def test_a_text_opens_neither_elsewhere_nor_changed_nor_under_another_key(tmp_path: Path) -> None:
    keys = _keys(tmp_path, sealing.new_key_set())
    key, other = keys.new().key, keys.new().key
    sealed = key.seal(WORDS, "case 1 pack 1")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for opener, what, bound in (
        (key, sealed, "case 1 pack 2"),
        (key, changed, "case 1 pack 1"),
        (key, sealed[:10], "case 1 pack 1"),
        (other, sealed, "case 1 pack 1"),
    ):
        with pytest.raises(SealBroken) as refused:
            opener.open(what, bound)
        assert "wrote" not in str(refused.value)


def test_the_first_key_of_a_file_wraps_and_the_others_still_open(tmp_path: Path) -> None:
    (old,) = json.loads(sealing.new_key_set())
    (new,) = json.loads(sealing.new_key_set())
    before = _keys(tmp_path, json.dumps([old]))
    made = before.new()
    after = _keys(tmp_path, json.dumps([new, old]))
    assert after.key_of(_case(made)) == made.key
    assert after.new().kid == new["kid"]


def test_a_case_under_a_key_that_is_lost_names_it(tmp_path: Path) -> None:
    made = _keys(tmp_path, sealing.new_key_set()).new()
    other = _keys(tmp_path, sealing.new_key_set())
    with pytest.raises(BadCaseKeys, match=made.kid):
        other.key_of(_case(made))
    (member,) = json.loads(sealing.new_key_set())
    with pytest.raises(BadCaseKeys, match="another key"):
        _keys(tmp_path, json.dumps([{**member, "kid": made.kid}])).key_of(_case(made))


def test_keys_show_in_no_representation(tmp_path: Path) -> None:
    keys = _keys(tmp_path, sealing.new_key_set())
    made = keys.new()
    assert repr(made.key.secret) not in repr((keys, made))


def _file(**changes: object) -> str:
    (member,) = json.loads(sealing.new_key_set())
    return json.dumps([{**member, **changes}])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "[1]",
        _file(kty="OKP"),
        _file(k="short"),
        _file(k="é"),
        _file(k=None),
        _file(kid=""),
        _file(kid=None),
    ],
    ids=range(10),
)
def test_a_file_without_good_keys_is_refused_and_nothing_of_it_is_quoted(
    tmp_path: Path, text: str
) -> None:
    with pytest.raises(BadCaseKeys) as refused:
        _keys(tmp_path, text)
    assert refused.value.__cause__ is None
    for member in json.loads(text) if text.startswith("[{") else []:
        assert str(member["k"]) not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadCaseKeys, match="cannot be read"):
        CaseKeys.read(tmp_path / "none")

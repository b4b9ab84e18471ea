"""Static files: addresses that change with the bytes, and where vendored files come from."""

import hashlib
import re

import pytest

from web.rendering.assets import FOLDER, static_files, static_url

VENDORED = (FOLDER / "VENDORED.md").read_text(encoding="utf-8")
SUMS = re.findall(r"^\| (\S+\.(?:js|woff2)) \|.*\| ([0-9a-f]{64}) \|$", VENDORED, re.MULTILINE)


def test_an_address_has_the_hash_of_the_bytes() -> None:
    sum_of_styles = hashlib.sha256((FOLDER / "pages.css").read_bytes()).hexdigest()
    assert static_url("pages.css") == f"/static/pages.css?v={sum_of_styles[:12]}"


def test_a_name_that_is_not_there_fails() -> None:
    with pytest.raises(KeyError):
        static_url("pages.cs")


def test_only_an_address_with_the_right_hash_lasts() -> None:
    styles = static_files()["pages.css"]
    assert "immutable" in styles.cache_control(styles.version)
    assert styles.cache_control("0" * 12) == styles.cache_control(None) == "public, no-cache"


def test_what_the_styles_name_is_there_and_lasts() -> None:
    styles = static_files()["pages.css"].body.decode()
    for name in re.findall(r'url\("([^"]+)"\)', styles):
        assert "immutable" in static_files()[name].cache_control(None)


def test_every_vendored_file_is_the_one_that_was_fetched() -> None:
    here = {
        name for name in static_files() if re.search(r"^(vendor/.*\.js|fonts/.*\.woff2)$", name)
    }
    assert {name for name, _ in SUMS} == here
    for name, expected in SUMS:
        assert hashlib.sha256(static_files()[name].body).hexdigest() == expected

"""The table in docs/operating.md is the settings, all of them, with their defaults."""

import re

from pydantic import SecretStr

from directory.settings import DirectorySettings
from engine.settings import Settings
from tests.project.docs.markdown import read


def _variables() -> dict[str, str]:
    documented = {}
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        variable = alias if isinstance(alias, str) else f"BADGE_ENGINE_{name.upper()}"
        default = field.default
        assert not isinstance(default, SecretStr), f"{variable} has a secret for its default"
        documented[variable] = "" if default is None else str(default)
    return documented


def test_the_table_has_every_setting_with_its_default() -> None:
    rows = re.findall(
        r"^\| ((?:BADGE_ENGINE|KAFKA|DATABASE)_\w+) \| *([^|]*?) *\| (.+) \|$",
        read("docs/operating.md"),
        re.M,
    )
    assert {variable: default for variable, default, _ in rows} == _variables()
    assert all(meaning.strip() for _, _, meaning in rows)


def test_the_table_of_the_directory_has_its_settings_with_their_defaults() -> None:
    documented = {}
    for name, field in DirectorySettings.model_fields.items():
        if name != "engine":  # those of the engine
            default = field.default
            documented[f"BADGE_DIRECTORY_{name.upper()}"] = "" if default is None else str(default)
    rows = re.findall(
        r"^\| (BADGE_DIRECTORY_\w+) \| *([^|]*?) *\| (.+) \|$", read("docs/operating.md"), re.M
    )
    assert {variable: default for variable, default, _ in rows} == documented
    assert all(meaning.strip() for _, _, meaning in rows)


def test_no_document_names_a_setting_that_is_not_there() -> None:
    known = {*_variables(), "BADGE_ENGINE_REQUIRE_KAFKA"}
    names = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/operating.md", "docs/commands.md")
    for name in names:
        assert set(re.findall(r"\bBADGE_ENGINE_[A-Z_]*[A-Z]\b", read(name))) <= known, name

"""The table in docs/operating.md is the settings, all of them, with their defaults."""

import re

from pydantic import SecretStr

from directory.settings import DirectorySettings
from engine.settings import Settings
from governance.settings import GovernanceSettings
from notifier.settings import NotifierSettings
from tests.project.docs.markdown import documents, read
from web.settings import WebSettings


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


def test_the_table_of_the_notifier_has_its_settings_with_their_defaults() -> None:
    documented = {}
    for name, field in NotifierSettings.model_fields.items():
        if not field.exclude:  # those of the engine
            alias, default = field.validation_alias, field.default
            variable = alias if isinstance(alias, str) else f"BADGE_NOTIFIER_{name.upper()}"
            documented[variable] = "" if default is None else str(default)
    rows = re.findall(
        r"^\| (BADGE_NOTIFIER_\w+) \| *([^|]*?) *\| (.+) \|$", read("docs/operating.md"), re.M
    )
    assert {variable: default for variable, default, _ in rows} == documented
    assert all(meaning.strip() for _, _, meaning in rows)


def test_the_table_of_governance_has_its_settings_with_their_defaults() -> None:
    documented = {
        f"BADGE_GOVERNANCE_{name.upper()}": "" if field.default is None else str(field.default)
        for name, field in GovernanceSettings.model_fields.items()
        if not field.exclude  # those of the engine
    }
    rows = re.findall(
        r"^\| (BADGE_GOVERNANCE_\w+) \| *([^|]*?) *\| (.+) \|$", read("docs/operating.md"), re.M
    )
    assert {variable: default for variable, default, _ in rows} == documented
    assert all(meaning.strip() for _, _, meaning in rows)


def _web_variables() -> dict[str, str]:
    documented = {}
    for name, field in WebSettings.model_fields.items():
        if field.exclude or field.validation_alias:
            continue  # those of the engine and of governance
        assert not isinstance(field.default, SecretStr), f"{name} has a secret for its default"
        default = "" if field.default is None else str(field.default)
        documented[f"BADGE_WEB_{name.upper()}"] = default
    return documented


def test_the_table_of_the_pages_has_their_settings_with_their_defaults() -> None:
    page = read("docs/operating.md").split("\n## Pages\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (BADGE_WEB_\w+) \| *([^|]*?) *\| (.+) \|$", page, re.M)
    assert {variable: default for variable, default, _ in rows} == _web_variables()
    assert all(meaning.strip() for _, _, meaning in rows)


def test_no_document_names_a_setting_of_the_pages_that_is_not_there() -> None:
    known = set(_web_variables())
    for document in documents():
        text = document.read_text(encoding="utf-8")
        assert set(re.findall(r"\bBADGE_WEB_[A-Z_]*[A-Z]\b", text)) <= known, document


def test_no_document_names_a_setting_that_is_not_there() -> None:
    known = {
        *_variables(),
        "BADGE_ENGINE_REQUIRE_KAFKA",
        "BADGE_ENGINE_REQUIRE_BROWSER",
        "BADGE_ENGINE_REQUIRE_PROMTOOL",
    }
    names = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/operating.md", "docs/commands.md")
    for name in names:
        assert set(re.findall(r"\bBADGE_ENGINE_[A-Z_]*[A-Z]\b", read(name))) <= known, name

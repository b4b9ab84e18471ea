"""docs/operating.md has a section for everything a command may refuse with."""

import pytest

from directory import cli as directory_cli
from engine.cli.console import exit_codes
from engine.intake.refusal import REASONS
from governance import cli as governance_cli
from tests.project.docs.markdown import read
from web import cli as web_cli

_ERRORS = (
    *exit_codes._USAGE,
    *exit_codes._EXPECTED,
    *directory_cli.USAGE,
    *directory_cli.EXPECTED,
    *governance_cli.USAGE,
    *governance_cli.EXPECTED,
    *web_cli.USAGE,
    *web_cli.EXPECTED,
)
_REFUSALS = sorted({error.__name__ for error in _ERRORS})


@pytest.mark.parametrize("name", _REFUSALS)
def test_every_expected_error_is_explained_to_the_operator(name: str) -> None:
    _, _, section = read("docs/operating.md").partition("## What it says and what to do")
    assert f"({name})" in section or name in section.split("### Others")[0], name


def test_the_reasons_of_dead_letters_are_explained_in_their_order() -> None:
    text = read("docs/contract.md")
    places = [text.find(f"| `{reason}` |") for reason in REASONS]
    assert -1 not in places
    assert places == sorted(places)

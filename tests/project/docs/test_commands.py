"""docs/commands.md has a section for every command, and names no other."""

import re

import click
import pytest
from typer.main import get_command

from directory.cli import app as directory_app
from engine.cli.main import app as engine_app
from governance.cli import app as governance_app
from notifier.cli import app as notifier_app
from replay.cli import app as replay_app
from tests.project.docs.markdown import documents, read
from web.cli import app as web_app


def _walk(command: object, name: str) -> dict[str, click.Command]:
    children = getattr(command, "commands", {})
    commands: dict[str, click.Command] = {}
    for child_name, child in children.items():
        if not child.hidden:
            full = f"{name} {child_name}"
            commands |= _walk(child, full) if getattr(child, "commands", {}) else {full: child}
    return commands


COMMANDS = (
    _walk(get_command(engine_app), "badge-engine")
    | _walk(get_command(replay_app), "badge-replay")
    | _walk(get_command(directory_app), "badge-directory")
    | _walk(get_command(notifier_app), "badge-notifier")
    | _walk(get_command(governance_app), "badge-governance")
    | _walk(get_command(web_app), "badge-web")
)
PROGRAMS = sorted({name.split()[0] for name in COMMANDS})
SECTIONS = dict(
    re.findall(r"^## (badge-\w+ [^\n]+)\n(.*?)(?=^## |\Z)", read("docs/commands.md"), re.M | re.S)
)


def test_every_command_has_a_section_and_every_section_a_command() -> None:
    assert sorted(SECTIONS) == sorted(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_section_names_only_options_the_command_has(name: str) -> None:
    known = {
        option
        for parameter in COMMANDS[name].params
        for option in [*parameter.opts, *parameter.secondary_opts]
    }
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", SECTIONS.get(name, "")))
    assert named - known - {"--help"} == set()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_says_what_it_does(name: str) -> None:
    assert (COMMANDS[name].help or "").strip().endswith((".", ")"))


def test_documents_call_only_commands_that_exist() -> None:
    groups = {" ".join(name.split()[:2]) for name in COMMANDS}
    for document in documents():
        text = document.read_text(encoding="utf-8")
        called = set(re.findall(rf"\b((?:{'|'.join(PROGRAMS)}) [a-z][a-z-]*)\b", text))
        called -= {f"{program} and" for program in PROGRAMS}
        assert called <= groups, f"{document}: {called - groups}"

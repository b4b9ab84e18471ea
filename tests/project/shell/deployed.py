"""What descriptions of a deployment may name: programs, their settings, roles of the database."""

import typer.main
from typer import Typer

import directory.cli
import engine.cli.main
import governance.cli
import notifier.cli
import web.cli
from directory.settings import DirectorySettings
from engine.settings import Settings
from governance.settings import GovernanceSettings
from notifier.settings import NotifierSettings
from web.settings import WebSettings

PROGRAMS: dict[str, Typer] = {
    "badge-engine": engine.cli.main.app,
    "badge-directory": directory.cli.app,
    "badge-notifier": notifier.cli.app,
    "badge-governance": governance.cli.app,
    "badge-web": web.cli.app,
}
SETTINGS = {
    *(
        field.validation_alias or f"BADGE_ENGINE_{name.upper()}"
        for name, field in Settings.model_fields.items()
    ),
    *(
        f"BADGE_DIRECTORY_{name.upper()}"
        for name, field in DirectorySettings.model_fields.items()
        if not field.exclude
    ),
    *(
        field.validation_alias
        if isinstance(field.validation_alias, str)
        else f"BADGE_NOTIFIER_{name.upper()}"
        for name, field in NotifierSettings.model_fields.items()
        if not field.exclude
    ),
    *(
        f"BADGE_GOVERNANCE_{name.upper()}"
        for name, field in GovernanceSettings.model_fields.items()
        if not field.exclude
    ),
    *(
        field.validation_alias or f"BADGE_WEB_{name.upper()}"
        for name, field in WebSettings.model_fields.items()
    ),
}
ADDRESSES = {
    "badge_directory": "BADGE_DIRECTORY_DATABASE_URL",
    "badge_reader": "BADGE_WEB_READER_DATABASE_URL",
    "badge_people": "BADGE_WEB_PEOPLE_DATABASE_URL",
    "badge_notes": "BADGE_WEB_NOTES_DATABASE_URL",
    "badge_notify": "BADGE_NOTIFIER_DATABASE_URL",
    "badge_governance": "BADGE_GOVERNANCE_DATABASE_URL",
}
"""The setting that names the database, by the role that its address has."""


def unknown_words(program: str, command: str, options: list[str]) -> set[str]:
    """What of a command line the program does not know: its command, options of it."""
    commands = typer.main.get_command(PROGRAMS[program]).commands  # type: ignore[attr-defined]
    if command not in commands:
        return {command}
    known = {
        option
        for parameter in commands[command].params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    return {option for option in options if option.startswith("--")} - known

"""`badge-web`: the process that serves pages and the read API, and what it needs beforehand."""

from pathlib import Path
from typing import Annotated

import typer

from directory.publish import PublishFailed
from engine.cli.console.application import application
from engine.cli.console.exit_codes import Failed, Unusable
from engine.cli.console.guard import guarded
from engine.local.errors import PartFailed, PartMissing
from engine.settings import SettingsError
from engine.sole_reader.topic import KafkaAway
from engine.store.audit_log import AuditBroken
from engine.store.postgres.connection import DatabaseUnreachable
from engine.store.postgres.schema import SchemaBusy, SchemaMissing
from engine.stream.offsets.topics import BrokerUnreachable
from events.history_file import UnreadableHistory
from web.database import roles as database_roles
from web.listening import AddressTaken

USAGE = (SettingsError, UnreadableHistory, Unusable)
EXPECTED = (
    AddressTaken,
    AuditBroken,
    BrokerUnreachable,
    DatabaseUnreachable,
    Failed,
    KafkaAway,
    PartFailed,
    PartMissing,
    PublishFailed,
    SchemaBusy,
    SchemaMissing,
)

app = application(
    "badge-web",
    "Badges for the people whose they are. Settings come from the environment: BADGE_WEB_*. "
    "Exit codes: 0 done, 2 wrong usage, 1 anything else.",
)


@app.command()
def run(
    surface: Annotated[
        str | None, typer.Option(metavar="people|ops", help="Instead of BADGE_WEB_SURFACE.")
    ] = None,
) -> None:
    """Serve until SIGTERM or Ctrl-C; then finish the requests that are under way and exit 0."""
    from web import serving, settings

    serving.run(settings.load(surface))


@app.command()
def doctor(
    surface: Annotated[
        str | None, typer.Option(metavar="people|ops", help="Instead of BADGE_WEB_SURFACE.")
    ] = None,
) -> None:
    """Check settings, keys, roles, issuer, Kafka and mail server, and say what to do about what is
    wrong. Changes nothing."""
    from engine.cli.console.checks import shown
    from web import settings
    from web.doctor.examine import examine

    shown(examine(settings.load(surface)))


Passwords = Annotated[
    bool,
    typer.Option("--passwords", help="Give each role the password in the address that names it."),
]


@app.command()
def migrate(passwords: Passwords = False) -> None:
    """Make or update all schemas, the roles of the database and the topics. Safe to repeat.

    DATABASE_URL names the owner of the schemas, who may make roles.
    """
    from web.database import migrating

    for line in migrating.migrate(with_passwords=passwords):
        typer.echo(line)


@app.command()
def roles(
    passwords: Passwords = False,
    sql: Annotated[bool, typer.Option("--sql", help="Print the statements, run nothing.")] = False,
) -> None:
    """Make the roles of the database, or bring their rights up to date; `migrate` does it too."""
    from web.database import migrating

    if sql:
        typer.echo(database_roles.sql(), nl=False)
    else:
        migrating.make_roles(with_passwords=passwords)
        typer.echo(f"roles: {', '.join(database_roles.NAMES)}")


@app.command()
def keys(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the files go.")],
) -> None:
    """Make the keys of a new deployment: files in DIR, and the settings that name them."""
    from web import new_keys

    for line in new_keys.make(folder):
        typer.echo(line)


notes = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The keys of private notes: erase again after a restore, change the master key.",
)
app.add_typer(notes, name="notes")


@notes.command()
def erase(
    from_audit: Annotated[
        bool, typer.Option("--from-audit", help="Everybody whom the audit log names.")
    ] = False,
) -> None:
    """After a restore: erase again who was erased before, so that old keys open nothing."""
    from web.notes import commands

    if not from_audit:
        raise Unusable("say --from-audit: one person is erased through the API")
    number = 0
    for person in commands.erase_from_audit():
        number += 1
        typer.echo(f"erased again: participant {person.participant} of program {person.program}")
    typer.echo(f"{number} people had something to erase")


@notes.command()
def rewrap() -> None:
    """Wrap all keys to the first master key of the file; the others may then leave it."""
    from web.notes import commands

    done = commands.rewrap()
    typer.echo(f"{done.changed} keys changed, {done.already} were wrapped to it already")
    if done.unopenable:
        raise Failed(f"{done.unopenable} keys open with no master key of the file; they stay")


shared = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Awards that people share on public pages.",
)
app.add_typer(shared, name="shares")


@shared.command()
def end(
    every: Annotated[bool, typer.Option("--all", help="Every share there is.")] = False,
) -> None:
    """After a restore: end what is shared, since some of it was withdrawn after the backup."""
    from web.sharing import commands

    if not every:
        raise Unusable("say --all: one share is ended by its holder")
    typer.echo(f"{commands.end_all()} shares ended")


@app.command()
def demo(
    events: Annotated[
        list[Path], typer.Option(metavar="FILE.jsonl", help="A history to show; repeatable.")
    ],
    people: Annotated[
        list[Path], typer.Option(metavar="FILE.jsonl", help="Who is who; repeatable.")
    ],
    under: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PROGRAM=CATALOG", help="Move a program to a catalog of its own; repeatable."
        ),
    ] = None,
    dates_stay: Annotated[
        bool, typer.Option("--as-told", help="Leave the history's dates as they are.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Load each page once and exit; 1 if one fails.")
    ] = False,
) -> None:
    """Show the pages of example histories, signed in as anybody, until Ctrl-C."""
    from web.demo import demonstration, moving

    moves = moving.moves(under or ())
    demonstration.show(events, people, moves, dates_stay=dates_stay, check=check)


def main() -> None:
    """The console script."""
    guarded(app, USAGE, EXPECTED)


if __name__ == "__main__":
    main()

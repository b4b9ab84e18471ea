"""`badge-engine`: the commands for operators."""

import typer

from engine.cli.commands import (
    audit,
    awards,
    board,
    catalog,
    dead_letters,
    demo,
    digest,
    doctor,
    explain,
    measures,
    migrate,
    publish,
    recover,
    run,
    schema,
    status,
)
from engine.cli.console.exit_codes import guarded
from engine.version import VERSION

app = typer.Typer(
    name="badge-engine",
    help="Facts in over Kafka, badges out. Settings come from the environment: KAFKA_BOOTSTRAP, "
    "DATABASE_URL and BADGE_ENGINE_*. Exit codes: 0 done, 2 wrong usage or an unreadable file or "
    "catalog, 1 anything else.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def _version(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    if version:
        typer.echo(f"badge-engine {VERSION}")
        raise typer.Exit


app.command("migrate")(migrate.migrate)
app.command("run")(run.run)
app.command("relay", hidden=True)(run.relay)
app.command("publish")(publish.publish)
app.command("status")(status.status)
app.command("doctor")(doctor.doctor)
app.command("recover")(recover.recover)
app.command("board")(board.board)
app.command("explain")(explain.explain)
app.command("demo")(demo.demo)
app.command("digest")(digest.digest)
app.command("audit")(audit.audit)
app.add_typer(awards.app, name="awards")
app.add_typer(measures.app, name="measures")
app.add_typer(dead_letters.app, name="dead-letters")
app.add_typer(catalog.app, name="catalog")
app.add_typer(schema.app, name="schema")


def main() -> None:
    """The console script."""
    guarded(app)


if __name__ == "__main__":
    main()

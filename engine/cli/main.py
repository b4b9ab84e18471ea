"""`badge-engine`: the commands for operators."""

from engine.cli.commands import (
    audit,
    awards,
    board,
    catalog,
    dead_letters,
    demo,
    digest,
    doctor,
    eligible,
    explain,
    measures,
    migrate,
    notes,
    publish,
    recover,
    run,
    schema,
    status,
)
from engine.cli.console.application import application
from engine.cli.console.exit_codes import guarded

app = application(
    "badge-engine",
    "Facts in over Kafka, badges out. Settings come from the environment: KAFKA_BOOTSTRAP, "
    "DATABASE_URL and BADGE_ENGINE_*. Exit codes: 0 done, 2 wrong usage or an unreadable file or "
    "catalog, 1 anything else.",
)


app.command("migrate")(migrate.migrate)
app.command("run")(run.run)
app.command("relay")(run.relay)
app.command("publish")(publish.publish)
app.command("status")(status.status)
app.command("doctor")(doctor.doctor)
app.command("recover")(recover.recover)
app.command("board")(board.board)
app.command("explain")(explain.explain)
app.command("eligible")(eligible.eligible)
app.command("demo")(demo.demo)
app.command("digest")(digest.digest)
app.command("audit")(audit.audit)
app.add_typer(awards.app, name="awards")
app.add_typer(measures.app, name="measures")
app.add_typer(dead_letters.app, name="dead-letters")
app.add_typer(notes.app, name="notes")
app.add_typer(catalog.app, name="catalog")
app.add_typer(schema.app, name="schema")


def main() -> None:
    """The console script."""
    guarded(app)


if __name__ == "__main__":
    main()

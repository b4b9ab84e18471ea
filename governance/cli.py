"""`badge-governance`: what the committee needs of a command line."""

import typer

from engine.cli.console.application import application
from engine.cli.console.guard import guarded
from engine.settings import SettingsError
from engine.store.postgres.connection import DatabaseUnreachable
from engine.store.postgres.schema import SchemaBusy, SchemaMissing
from governance import bootstrap, settings
from governance.errors import BadCaseKeys, CaseRefused, OfficerChanged
from governance.store import log
from governance.store.log import LogBroken
from governance.store.sealing import SealBroken

app = application(
    "badge-governance",
    "Cases that a committee decides: from application to a decision that is published. Settings "
    "come from the environment: KAFKA_BOOTSTRAP, BADGE_GOVERNANCE_*. Exit codes: 0 done, 2 wrong "
    "usage, 1 anything else.",
)


@app.command()
def migrate() -> None:
    """Make or update the schema. DATABASE_URL names its owner; `badge-web migrate` does it too."""
    typer.echo(f"governance: schema {bootstrap.migrate(settings.load())}")


@app.command("verify-log")
def verify_log() -> None:
    """Check every entry of the log against the one before; print where the log ends."""
    with (
        bootstrap.committee(settings.load(), "badge-governance-verify") as committee,
        committee.sitting() as sitting,
    ):
        end = log.verify(sitting.tx)
    typer.echo(f"{end.entries} entries, each as it was written; the log ends at {end.head}")


USAGE = (SettingsError,)
EXPECTED = (
    BadCaseKeys,
    CaseRefused,
    DatabaseUnreachable,
    LogBroken,
    OfficerChanged,
    SchemaBusy,
    SchemaMissing,
    SealBroken,
)
"""What ends a command with one message; docs/operating.md says what to do."""


def main() -> None:
    """The console script."""
    guarded(app, USAGE, EXPECTED)


if __name__ == "__main__":
    main()

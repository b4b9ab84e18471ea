"""`badge-engine migrate`: database schema and topics, made or brought up to date."""

import typer

from engine import bootstrap, settings


def migrate() -> None:
    """Make or update the database schema and the Kafka topics. Safe to repeat."""
    version, made = bootstrap.migrate(settings.load())
    typer.echo(f"database schema: {version}")
    typer.echo(f"topics made: {', '.join(made) if made else 'none, all are there'}")

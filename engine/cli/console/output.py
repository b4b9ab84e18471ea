"""What is printed for machines: valid JSON on any terminal, in any encoding."""

import json

import typer


def print_json(value: object) -> None:
    """Print a value as indented JSON."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))

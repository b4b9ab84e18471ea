"""What the command lines of all programs have in common."""

import typer

from engine.version import VERSION


def application(name: str, about: str) -> typer.Typer:
    """A program with commands and --version; what goes wrong is for `guard` to show."""
    app = typer.Typer(
        name=name,
        help=about,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    @app.callback(invoke_without_command=True)
    def _version(
        version: bool = typer.Option(False, "--version", help="Print the version."),
    ) -> None:
        if version:
            typer.echo(f"{name} {VERSION}")
            raise typer.Exit

    return app

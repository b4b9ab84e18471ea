"""`badge-replay`: fold history under another catalog, compare, approve and switch."""

import typer

from engine.cli.console.exit_codes import guarded
from replay.commands import build, decide, preview, repair, show

app = typer.Typer(
    name="badge-replay",
    help="See what history gives under another catalog, and who would gain or lose; then decide.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _group() -> None:
    """See what history gives under another catalog, and who would gain or lose; then decide."""


app.command()(preview.preview)
app.command()(build.plan)
app.command()(build.build)
app.command()(build.run)
app.command()(show.diff)
app.command("list")(show.list_)
app.command()(decide.approve)
app.command()(decide.cutover)
app.command()(decide.rollback)
app.command()(decide.release)
app.command()(decide.retire)
app.command()(repair.refold)


def main() -> None:
    """The console script."""
    guarded(app)


if __name__ == "__main__":
    main()

"""`badge-replay`: what history gives under a catalog, before anybody is told; and the change."""

import typer

from engine.cli.failing import guarded
from replay.commands import building, changing, looking, previewing, repairing

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


app.command()(previewing.preview)
app.command()(building.plan)
app.command()(building.build)
app.command()(building.run)
app.command()(looking.diff)
app.command("list")(looking.list_)
app.command()(changing.approve)
app.command()(changing.cutover)
app.command()(changing.rollback)
app.command()(changing.retire)
app.command()(repairing.refold)


def main() -> None:
    """The console script."""
    guarded(app)


if __name__ == "__main__":
    main()

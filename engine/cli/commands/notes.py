"""`badge-engine notes`: private notes as they are stored. Nothing here opens one."""

from collections.abc import Iterator

import typer
from sqlalchemy import Engine

from engine import bootstrap, settings
from engine.cli.console.interruptible import interruptible
from engine.cli.console.progress import progress
from engine.store.facts import clear_messages
from engine.store.facts.clear_messages import SealedPortion
from engine.store.postgres.connection import transaction
from events.public_key import PublicKey

app = typer.Typer(no_args_is_help=True, help="Private notes, as they are stored.")

_AT_ONCE = 500


@app.callback()
def _group() -> None:
    """Private notes, as they are stored."""


@app.command()
def seal() -> None:
    """Seal the notes that older versions stored in clear, and write their table again.

    Stopped at any moment, it goes on when it is run again. While the table is written again, in
    the end, workers wait.
    """
    loaded = settings.load()
    master = loaded.notes_key
    sealed = deleted = 0
    with bootstrap.database(loaded) as engine:
        portions = interruptible(_portions(engine, master))
        for portion in progress(portions, f"sealing, {_AT_ONCE} at once"):
            sealed += portion.sealed
            deleted += portion.deleted
        clear_messages.wipe(engine)
    typer.echo(
        f"{sealed} notes sealed" + (f", {deleted} to erased people deleted" if deleted else "")
    )


def _portions(engine: Engine, master: PublicKey) -> Iterator[SealedPortion]:
    """Each sealed in a transaction of its own."""
    last = None
    while True:
        with transaction(engine) as tx:
            portion = clear_messages.seal(tx, master, last, _AT_ONCE)
        if portion.last is None:
            return
        last = portion.last
        yield portion

"""Tables for people: plain, readable without colour, ids shown as they are."""

import os
from typing import Any

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table

from engine.cli.console.visible_output import as_written

_UNBOUNDED = 100_000


def console() -> Console:
    """Where tables are printed: as wide as the terminal or COLUMNS; elsewhere as wide as they
    need. Ids may look like markup or emoji; they are neither."""
    made = Console(markup=False, emoji=False, highlight=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = _UNBOUNDED
    return made


class _VisibleTable(Table):
    """Cells are escaped before their width is measured: they are as they will be written."""

    def add_row(self, *cells: RenderableType | None, **options: Any) -> None:
        super().add_row(*(as_written(c) if isinstance(c, str) else c for c in cells), **options)


def table(*headings: str, title: str | None = None) -> Table:
    """An empty table with its columns, to be folded rather than cut where it is too wide."""
    shown = None if title is None else as_written(title)
    made = _VisibleTable(box=box.SIMPLE_HEAD, title=shown, title_justify="left", title_style="bold")
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made

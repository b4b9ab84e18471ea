"""Tables and lines for people: plain, readable without colour, ids shown as they are."""

from rich import box
from rich.console import Console
from rich.table import Table


def console() -> Console:
    """Where tables are printed. Ids may look like markup or emoji; they are neither."""
    return Console(markup=False, emoji=False, highlight=False)


def table(*headings: str, title: str | None = None) -> Table:
    """An empty table with its columns, to be folded rather than cut where it is too wide."""
    made = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold")
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made

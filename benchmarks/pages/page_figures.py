"""Figures of benchmarks that have targets: as a table, and as JSON."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table


class PageFigure(NamedTuple):
    """A figure, and what it may be at the most, or at least with `more`; None: no target."""

    value: float
    target: float | None = None
    more: bool = False

    @property
    def met(self) -> bool:
        """Whether the target is met, if there is one."""
        if self.target is None:
            return True
        return self.value >= self.target if self.more else self.value <= self.target


Figures = dict[str, PageFigure]


def show(title: str, figures: Mapping[str, PageFigure]) -> None:
    """Print a table."""
    table = Table(title=title)
    for heading in ("", "value", "target", "met"):
        table.add_column(heading, justify="left" if heading == "" else "right")
    for name, figure in figures.items():
        target = (
            "" if figure.target is None else f"{'>=' if figure.more else '<='} {figure.target:g}"
        )
        met = "" if figure.target is None else ("yes" if figure.met else "NO")
        table.add_row(name, f"{figure.value:,.2f}", target, met)
    Console().print(table)


def write(file: Path, figures: Mapping[str, PageFigure]) -> None:
    """Write {name: {value, target, met}}."""
    written = {
        name: {"value": round(figure.value, 3), "target": figure.target, "met": figure.met}
        for name, figure in figures.items()
    }
    file.write_text(json.dumps(written, indent=2) + "\n")

"""A diff as a file: JSON for tools, CSV for spreadsheets, HTML for those who decide."""

import csv
from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources
from itertools import chain
from pathlib import Path
from string import Template
from typing import TextIO

import msgspec

from engine.projections.award import Kind
from engine.queries.diff_lines import KINDS, Line, lines
from engine.queries.visible import visible
from engine.store.generations import labels
from engine.store.generations.replays import Replay
from engine.store.postgres.connection import Transaction
from replay.diff.summary import Summary

_COLUMNS = (
    "change", "program_id", "loop_id", "recipient_id", "badge", "level", "occurrence",
    "awarded_at", "announced_at", "award_id", "why",
)  # fmt: skip


class NoSuchFormat(Exception):
    """A file name whose ending names no format."""


def write(file: Path, tx: Transaction, replay: Replay, counted: Summary) -> None:
    """Write a diff in the format that the file's name ends with.

    Raises:
        NoSuchFormat: that is none of .json, .csv, .html.
        OSError: it cannot be written.
    """
    writers = {".json": _json, ".csv": _csv, ".html": _html}
    writer = writers.get(file.suffix)
    if writer is None:
        raise NoSuchFormat(f"{file}: a diff is written as .json, .csv or .html")
    with file.open("w", encoding="utf-8", newline="") as out:
        writer(out, tx, replay, counted)


def _json(out: TextIO, tx: Transaction, replay: Replay, counted: Summary) -> None:
    out.write("{")
    for kind in KINDS:
        if kind is Kind.RENAMED and not counted.total(kind):
            continue  # what reads diffs of catalogs that rename nothing need not know of it
        out.write(f'"{kind}":[')
        for position, line in enumerate(lines(tx, replay, kind)):
            out.write(("," if position else "") + "\n" + _encode(line.as_json()).decode())
        out.write("],\n")
    out.write(f'"unchanged":{counted.unchanged}}}\n')


def _csv(out: TextIO, tx: Transaction, replay: Replay, _found: Summary) -> None:
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for line in chain.from_iterable(lines(tx, replay, kind) for kind in KINDS):
        shown = {**line.award, "change": line.kind, "announced_at": line.announced_at}
        cells = {**shown, "why": line.why}
        writer.writerow([_cell(cells[name]) for name in _COLUMNS])


def _cell(value: object) -> str:
    """A cell that no spreadsheet reads as a formula, with nothing hidden: ids are text from
    outside. Tools that need them exactly read the JSON."""
    text = "" if value is None else visible(str(value))
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _html(out: TextIO, tx: Transaction, replay: Replay, counted: Summary) -> None:
    page = Template((resources.files("replay.diff") / "diff.html").read_text(encoding="utf-8"))
    label = labels.labels(tx, [replay.catalog])[replay.catalog]
    before, after = page.substitute(
        generation=replay.id,
        catalog=escape(str(label)),
        added=f"{counted.total('added'):,}",
        lost=f"{counted.total('lost'):,}",
        moved=f"{counted.total('moved'):,}",
        renamed=f"{counted.total('renamed'):,}",
        unchanged=f"{counted.unchanged:,}",
        badges="\n".join(_badge_rows(counted)),
        lines="<!-- lines -->",
    ).split("<!-- lines -->")
    out.write(before)
    for kind in KINDS:
        out.writelines(_line_rows(lines(tx, replay, kind)))
    out.write(after)


def _badge_rows(counted: Summary) -> Iterator[str]:
    for badge, of in counted.counts.items():
        numbers = "".join(f"<td class=number>{of.get(kind, 0):,}" for kind in KINDS)
        yield f"<tr><td>{escape(visible(badge))}{numbers}"


def _line_rows(counted: Iterable[Line]) -> Iterator[str]:
    for line in counted:
        award = line.award
        cells = (
            award["program_id"], award["loop_id"] or "", award["recipient_id"],
            f"{award['badge']} {award['level'] or ''}", line.announced_at or "",
            award["awarded_at"] if line.kind != "lost" else "", line.why,
        )  # fmt: skip
        row = "".join(f"<td>{escape(visible(str(cell)))}" for cell in cells)
        yield f'<tr class="{line.kind}"><td>{line.kind}{row}\n'


_encode = msgspec.json.Encoder().encode

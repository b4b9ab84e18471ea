"""A program's people, kudos or awards as a CSV file, written as it is read.

UTF-8 with a byte order mark and RFC 4180, as spreadsheets expect it. A cell that a spreadsheet
would take for a formula begins with an apostrophe. No file has a private note.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Literal

from directory import lookup, names
from engine.queries import award_lists
from engine.queries.award_lists import AwardPage
from engine.store import audit_log
from engine.store.postgres.connection import Transaction, transaction
from web.notes.desk import NotesDesk
from web.reports.days import ReportDays
from web.reports.program_reports import ProgramReports
from web.views.moment import Readings

ACTION = "report.exported"
REASON = "a coordinator downloads it"

FileOf = Literal["people", "kudos", "awards"]

_PORTION = 1_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEADS: dict[FileOf, tuple[str, ...]] = {
    "people": (
        "Participant ID", "Name", "Loops", "Kudos received", "Kudos given", "Badges", "Last at",
    ),
    "kudos": (
        "At", "Kudos ID", "Kind", "Giver ID", "Giver", "Recipient ID", "Recipient", "Loop ID",
        "Loop",
    ),
    "awards": (
        "At", "Award ID", "Category", "Badge", "Level", "Recipient ID", "Recipient", "Giver ID",
        "Giver", "Loop ID", "Loop", "By decision",
    ),
}  # fmt: skip


def record(desk: NotesDesk, subject: str, program: str, what: FileOf, days: ReportDays) -> None:
    """Write down who downloads what, before anything of it is read."""
    details = {
        "program": program,
        "what": what,
        "from": days.first.isoformat(),
        "to": days.last.isoformat(),
    }
    with transaction(desk.pool) as tx:
        audit_log.note(tx, ACTION, subject, REASON, details)


def stream(
    readings: Readings, reports: ProgramReports, program: str, what: FileOf, days: ReportDays
) -> Iterator[str]:
    """The file in parts. The first part is there once all can be reached.

    Raises:
        DatabaseUnreachable, CatalogAltered
    """
    head = "\ufeff" + _lines([_HEADS[what]])
    if what == "people":
        counted = iter(reports.people_now(program, days).people)
        with readings.moment() as moment:
            yield head
            while portion := list(islice(counted, _PORTION)):
                ids = [person.participant_id for person in portion]
                known = names.people(moment.directory, program, ids)
                yield _lines(
                    (
                        person.participant_id, known[person.participant_id].display_name,
                        person.loops, person.received, person.given, person.badges,
                        person.last_at or "",
                    )
                    for person in portion
                )  # fmt: skip
        return
    with readings.moment() as moment:
        only_kudos = what == "kudos"
        pages = award_lists.in_range(moment.engine, program, days.span, only_kudos=only_kudos)
        yield head
        for page in pages:
            yield _lines(_awards(moment.directory, program, page, what))


def _awards(
    tx: Transaction, program: str, page: AwardPage, what: FileOf
) -> Iterator[Sequence[object]]:
    named = {name for award in page.awards for name in (award.recipient, award.giver) if name}
    known, labels = lookup.of(tx, program, named, {a.loop for a in page.awards if a.loop})
    for award in page.awards:
        badge = page.badges[award.badge]
        giver = "" if award.giver is None else known[award.giver].display_name
        recipient = (award.recipient, known[award.recipient].display_name)
        label = labels.get(award.loop or "")
        loop = (award.loop or "", label.name or "" if label is not None else "")
        if what == "kudos":
            yield (
                award.time, award.kudos_id, badge.title, award.giver, giver, *recipient, *loop,
            )  # fmt: skip
        else:
            yield (
                award.time, award.id, badge.category, badge.title, award.level or "", *recipient,
                award.giver or "", giver, *loop, "yes" if award.decided else "no",
            )  # fmt: skip


def _lines(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([cell(str(value)) for value in row] for row in rows)
    return text.getvalue()


def cell(text: str) -> str:
    """A text as a cell that no spreadsheet computes."""
    return f"'{text}" if text.startswith(_FORMULA) else text

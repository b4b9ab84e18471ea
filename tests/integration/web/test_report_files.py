"""Files of a program: what a spreadsheet reads, computes and must never learn."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

import pytest

from engine.store import audit_log
from tests.integration.web.people_surface import (
    PeopleSurface,
    coordinator,
    described_loop,
    described_person,
    described_program,
    participant,
)
from tests.support.asgi import WebAnswer
from tests.support.given import kudos, meeting
from web.reports import files
from web.reports.days import ReportDays
from web.reports.program_reports import ProgramReports
from web.views.moment import Readings

PROGRAM = "acme"
BOSS = coordinator(PROGRAM)
NOTE, EMAIL = "a private note of Gwendolyn", "hidden.address@example.org"
FORMULA = '=HYPERLINK("https://evil.example";"Open")'
ODD = {
    "eq": FORMULA,
    "plus": "+1+1",
    "minus": "-2",
    "at": "@SUM(A1)",
    "rtl": "\u202eevil\u202c نور",
    "emoji": 'Ana 🚀, "the" O\'Neill',
}
FILE = f"/v1/programs/{PROGRAM}/report.csv?from=2026-01-01&to=2026-12-31&what="


@pytest.fixture(scope="module")
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    empty_surface.describe(
        described_program(PROGRAM),
        *(
            described_person(PROGRAM, name, display_name=text, email=EMAIL)
            for name, text in ODD.items()
        ),
        described_loop(PROGRAM, "-loop", *ODD, name="@loop"),
    )
    place = {"program_id": PROGRAM, "loop_id": "-loop"}
    empty_surface.harness.tell(
        *(meeting(f"m{n}", *ODD, at=n + 1, **place) for n in range(5)),
        *(
            kudos(f"=k{n}", "eq", name, "trust", at=n + 10, message=NOTE, **place)
            for n, name in enumerate(ODD)
            if name != "eq"
        ),
    )
    return empty_surface


def get(surface: PeopleSurface, what: str) -> tuple[WebAnswer, list[dict[str, str]]]:
    answer = surface.get(FILE + what, BOSS)
    assert answer.status == 200, answer.text
    text = answer.body.decode("utf-8-sig")
    return answer, list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("what", ["people", "kudos", "awards"])
def test_a_file_is_as_spreadsheets_read_it(known: PeopleSurface, what: str) -> None:
    answer, rows = get(known, what)
    assert answer.header("content-type") == "text/csv; charset=utf-8"
    assert answer.header("content-disposition") == f'attachment; filename="{what}.csv"'
    assert answer.header("cache-control") == "private, no-store"
    assert answer.body.startswith(b"\xef\xbb\xbf")
    lines = answer.body.split(b"\r\n")
    assert lines[-1] == b""
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert rows


@pytest.mark.parametrize("what", ["people", "kudos", "awards"])
def test_no_cell_is_a_formula(known: PeopleSurface, what: str) -> None:
    """Given names, loops and ids that are formulas, then each has an apostrophe before it."""
    _, rows = get(known, what)
    cells = [cell for row in rows for cell in row.values()]
    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert {"'-loop", "'@loop"} <= {*cells} or what == "people"


@pytest.mark.parametrize("text", ["\tx", "\rx", "=", "+x", "-", "@x"])
def test_what_begins_a_formula_is_quoted(text: str) -> None:
    assert files.cell(text) == f"'{text}"
    assert files.cell(f"x{text}") == f"x{text}"


@pytest.mark.parametrize("what", ["people", "kudos", "awards"])
def test_no_file_has_a_note_or_an_address_of_mail(known: PeopleSurface, what: str) -> None:
    answer, _ = get(known, what)
    assert NOTE not in answer.text
    assert EMAIL not in answer.text
    assert "eyJ" not in answer.text


def test_files_say_what_happened(known: PeopleSurface) -> None:
    _, people = get(known, "people")
    by_id = {row["Participant ID"]: row for row in people}
    assert by_id["emoji"]["Name"] == ODD["emoji"]
    assert by_id["eq"] | {"Name": ""} == {
        "Participant ID": "eq",
        "Name": "",
        "Loops": "1",
        "Kudos received": "0",
        "Kudos given": "5",
        "Badges": "1",
        "Last at": "2026-03-15T10:00:00.000000Z",
    }
    _, given = get(known, "kudos")
    assert [row["Recipient ID"] for row in given] == ["plus", "minus", "at", "rtl", "emoji"]
    assert {row["Kind"] for row in given} == {"Trust"}
    _, awards = get(known, "awards")
    assert len(awards) == len(ODD) + len(given)
    assert {row["Level"] for row in awards if row["Badge"] == "Momentum"} == {"bronze"}


def test_a_file_has_the_days_that_are_asked_for(known: PeopleSurface) -> None:
    path = f"/v1/programs/{PROGRAM}/report.csv?what=kudos&from=2026-03-13&to=2026-03-14"
    text = known.get(path, BOSS).body.decode("utf-8-sig")
    assert [line.split(",")[0][:10] for line in text.splitlines()[1:]] == [
        "2026-03-13",
        "2026-03-14",
    ]


def test_each_download_is_written_down(known: PeopleSurface) -> None:
    """Given a download, then the audit log says who took what of which days, and holds together."""
    with known.harness.transaction() as tx:
        before = audit_log.head(tx).entries
    get(known, "kudos")
    with known.harness.transaction() as tx:
        entries = list(audit_log.of_actions(tx, [files.ACTION]))
        assert audit_log.verify(tx).entries == before + 1
    assert entries[-1].by == "somebody"
    assert entries[-1].details == {
        "program": PROGRAM,
        "what": "kudos",
        "from": "2026-01-01",
        "to": "2026-12-31",
    }


def test_who_may_not_leaves_no_trace(known: PeopleSurface) -> None:
    with known.harness.transaction() as tx:
        before = audit_log.head(tx)
    for who in ((), (participant(PROGRAM, "eq"),), (coordinator("other"),)):
        assert known.get(FILE + "kudos", *who).status in (401, 404)
    assert known.get(FILE + "notes", BOSS).status == 422
    with known.harness.transaction() as tx:
        assert audit_log.head(tx) == before


def test_a_long_file_is_read_in_portions(
    known: PeopleSurface, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given more awards than a portion has, then they come in several parts, all and in order."""
    monkeypatch.setattr("engine.queries.award_lists.PORTION", 3)
    days = ReportDays(known.now.date() - timedelta(days=300), known.now.date(), "UTC")
    readings = Readings(known.pools.reader, known.pools.people)
    reports = ProgramReports(readings, known.settings.now)
    parts: Iterator[str] = files.stream(readings, reports, PROGRAM, "awards", days)
    whole = list(parts)
    assert len(whole) == 1 + -(-(len(ODD) + 5) // 3)
    times = [row[0] for row in csv.reader("".join(whole[1:]).splitlines())]
    assert times == sorted(times)

"""Reading a history file: lines, blank lines, and a report that adds up."""

from pathlib import Path

import pytest
from hypothesis import given

from events.history_file import lines
from replay.build.preview import preview
from replay.commands.preview import preview as command
from tests.support.examples import examples
from tests.support.given import LATEST, MENTORLOOP, kudos, meeting
from tests.support.histories import histories
from tests.verification.oracle.histories import NOW


def _lines(path: Path, written: bytes) -> list[bytes]:
    file = path / "history.jsonl"
    file.write_bytes(written)
    return [line for _number, line in lines(file)]


def test_an_empty_file_gives_nothing(tmp_path: Path) -> None:
    result = preview(_lines(tmp_path, b""), MENTORLOOP, LATEST)
    assert (result.awards, result.invitations, result.report.records) == ((), (), 0)


def test_a_line_that_ends_in_cr_is_read(tmp_path: Path) -> None:
    records = _lines(tmp_path, meeting("m", "ann") + b"\r\n")
    assert preview(records, MENTORLOOP, LATEST).report.applied == 1


def test_nothing_but_bad_records_stops_nothing() -> None:
    result = preview([b"bad"] * 3000 + [meeting("m", "ann")], MENTORLOOP, LATEST)
    assert result.report.dead_letters == {"malformed": 3000}
    assert result.report.applied == 1


@examples(20)
@given(histories(100, bad=0.3))
def test_every_record_is_applied_a_duplicate_a_retraction_or_a_dead_letter(
    records: list[bytes],
) -> None:
    report = preview(records, MENTORLOOP, LATEST).report
    told = report.applied + report.duplicates + report.retractions
    assert report.records == len(records) == told + sum(report.dead_letters.values())


@examples(20)
@given(histories(100, bad=0.3))
def test_no_private_message_is_in_anything_a_preview_says(records: list[bytes]) -> None:
    assert "PRIVATE" not in repr(preview(records, MENTORLOOP, LATEST))


def test_preview_names_refused_lines_by_reason_the_first_of_each(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Given two malformed lines, a blank one and a kudos of an unknown kind, then stderr has a line
    for each reason with the first number, and the report counts all."""
    file = tmp_path / "history.jsonl"
    unknown = kudos("k1", "ben", "ann", "patience", message="nobody else may read this")
    file.write_bytes(b"\n".join([meeting("m1", "ann"), b"", b"{", unknown, b"?"]) + b"\n")
    command(file, "mentorloop", tmp_path / "awards.jsonl", now=NOW)
    out, err = capsys.readouterr()
    malformed, invalid = err.splitlines()
    assert malformed.startswith("refused as malformed: 2, first line 3: ")
    assert invalid.startswith("refused as invalid: 1, first line 4: ")
    assert "no such kind" in invalid
    assert "nobody else" not in err
    assert out.startswith("4 records read, 0 awards written")

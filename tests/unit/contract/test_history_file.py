"""Reading a history file: lines as they stand, in one pass, and other forms by their names."""

import os
from pathlib import Path
from threading import Thread

import pytest

from events.history_file import LONGEST, UnreadableHistory, lines
from tests.support.given import meeting

EVENTS = [meeting(f"m-{n}", "ann", "ben") for n in range(3)]


def _lines(path: Path, written: bytes) -> list[bytes]:
    file = path / "history.jsonl"
    file.write_bytes(written)
    return [line for _number, line in lines(file)]


def test_lines_end_at_lf_only(tmp_path: Path) -> None:
    assert _lines(tmp_path, b"a\rb\x0bc\x0cd\x85e\xe2\x80\xa8f\ng") == [
        b"a\rb\x0bc\x0cd\x85e\xe2\x80\xa8f",
        b"g",
    ]


def test_a_line_is_kept_as_it_stands_without_its_lf(tmp_path: Path) -> None:
    assert _lines(tmp_path, b" a \r\nb") == [b" a \r", b"b"]


@pytest.mark.parametrize("blank", [b"", b" ", b"\t", b"\r", b" \t\r"])
def test_lines_of_only_spaces_tabs_and_cr_are_skipped(tmp_path: Path, blank: bytes) -> None:
    assert _lines(tmp_path, blank + b"\na\n" + blank) == [b"a"]


@pytest.mark.parametrize("record", [b"\x0b", b"\xc2\xa0", b"\x00", b"{"])
def test_any_other_line_is_a_record(tmp_path: Path, record: bytes) -> None:
    assert _lines(tmp_path, record + b"\n") == [record]


def test_lines_are_numbered_as_an_editor_numbers_them(tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    file.write_bytes(b"a\n\n \nb\n")
    assert list(lines(file)) == [(1, b"a"), (4, b"b")]


@pytest.mark.parametrize("directory", [True, False])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, directory: bool) -> None:
    file = tmp_path if directory else tmp_path / "absent.jsonl"
    with pytest.raises(UnreadableHistory, match=f"{file}: cannot be read: "):
        list(lines(file))


def test_of_a_line_longer_than_anybody_reads_only_the_beginning_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "sparse.jsonl"
    with file.open("wb") as opened:
        opened.write(b"a\n")
        opened.truncate(300 << 20)  # takes no room on disk
        opened.seek(0, os.SEEK_END)
        opened.write(b"\nb\n")
    assert [(n, len(line)) for n, line in lines(file)] == [(1, 1), (2, LONGEST + 1), (3, 1)]


def test_a_line_that_is_blank_to_its_end_is_skipped_however_long(tmp_path: Path) -> None:
    blank = b" " * (2 * LONGEST)
    assert _lines(tmp_path, blank + b"\na") == [b"a"]
    assert len(_lines(tmp_path, blank + b"x\na")[0]) == LONGEST + 1


def test_a_pipe_is_read_as_a_file_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writing = Thread(target=pipe.write_bytes, args=(b"\n".join(EVENTS),), daemon=True)
    writing.start()
    assert [line for _number, line in lines(pipe)] == EVENTS
    writing.join(10)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        (b"\n".join(EVENTS).decode().encode("utf-16"), "is UTF-16"),
        (b"\n".join(EVENTS).decode().encode("utf-16-be"), "is UTF-16"),
        (b"\n".join(EVENTS).decode().encode("utf-16-le") * 50, "is UTF-16"),
        (
            EVENTS[0].replace(b"{", b"{\n  ", 1).replace(b", ", b",\n  "),
            "is JSON over several lines",
        ),
        (b"[\n" + b",\n".join(EVENTS) + b"\n]\n", "is JSON over several lines"),
        (b"[" + b", ".join(EVENTS) + b"]", "is one JSON array"),
        (b"[" + b", ".join(EVENTS * 100) + b"]\n", "is one JSON array"),
    ],
    ids=["UTF-16", "big-endian", "long", "pretty", "pretty array", "array", "long array"],
)
def test_a_file_of_another_form_is_recognised(tmp_path: Path, written: bytes, form: str) -> None:
    with pytest.raises(UnreadableHistory, match=f"history.jsonl: {form}.*: write "):
        _lines(tmp_path, written)


@pytest.mark.parametrize(
    "bad",
    [
        EVENTS[0].decode().encode("utf-16"),
        b"{",
        b"[",
        b"[" + EVENTS[0] + b"]",
        b"[]",
        b"{{",
        b"\xff\xfe",
        b"\x00" * 40,
        b"\xef\xbb\xbf" + EVENTS[0],
    ],
)
def test_a_bad_first_line_is_a_bad_line_and_no_other_form(tmp_path: Path, bad: bytes) -> None:
    written = b"\n".join([bad.replace(b"\n", b"n"), *EVENTS, *EVENTS])
    assert _lines(tmp_path, written)[-6:] == EVENTS * 2

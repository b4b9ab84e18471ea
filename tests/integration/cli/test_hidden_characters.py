"""Nothing in an id hides, reorders or commands on a terminal; any encoding of output will do."""

import io
import json
import sys

import pytest
from rich.cells import cell_len
from sqlalchemy import Engine

from engine.cli.console import tables
from engine.cli.console.visible_output import visible_output
from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import tell
from tests.support.given import meeting

RIGHT_TO_LEFT = "\u202egpj.nna"
ZERO_WIDTH = "a\u200bb"
ASTRAL = "tag\U000e0041"


def test_bidirectional_and_zero_width_characters_are_escaped_on_boards(
    store: Engine, badge_engine: Command
) -> None:
    tell(store, meeting("m1", RIGHT_TO_LEFT, ZERO_WIDTH, ASTRAL, loop_id="loop \u2066"))
    out = badge_engine("board", "--program", "program").out
    for shown in (r"\u202egpj.nna", r"a\u200bb", r"tag\udb40\udc41", r"loop \u2066"):
        assert shown in out
    assert not set("\u202e\u200b\u2066\U000e0041") & set(out)
    rows = [line for line in out.splitlines() if "Momentum" in line]
    assert len({line.index("Momentum") for line in rows}) == 1  # the columns are still in line


def test_json_that_is_printed_is_escaped_and_says_the_same(
    store: Engine, badge_engine: Command
) -> None:
    tell(store, meeting("m1", RIGHT_TO_LEFT, ASTRAL))
    out = badge_engine("board", "--program", "program", "--json").out
    assert "\u202e" not in out
    (loop,) = json.loads(out)["loops"]
    assert [person["participant_id"] for person in loop["participants"]] == [ASTRAL, RIGHT_TO_LEFT]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_any_encoding_of_standard_output_will_do(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    with visible_output():
        print("✓ 漢 😀 é")
        sys.stdout.flush()
    text = raw.getvalue().decode(encoding)
    wanted = {"utf-8": "✓ 漢 😀 é", "cp1252": r"+ \u6f22 \ud83d\ude00 é"}
    assert text.strip() == wanted.get(encoding, r"+ \u6f22 \ud83d\ude00 \u00e9")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_columns_are_in_line_whatever_the_encoding(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    monkeypatch.setenv("COLUMNS", "100")
    with visible_output():
        shown = tables.table("who", "what", title="漢 · é")
        for who in ("ann", "é", "\u202e", "– 漢😀 …"):
            shown.add_row(who, "BADGE")
        tables.console().print(shown)
        sys.stdout.flush()
    lines = raw.getvalue().decode(encoding).splitlines()
    assert len({cell_len(line.split("BADGE")[0]) for line in lines if "BADGE" in line}) == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("board", "--program", "a\x1b[31mb"), 1),
        (("no\x1b[31msuch",), 2),
        (("board", "--pro\x1b[31mgram", "x"), 2),
    ],
)
def test_control_characters_of_arguments_are_not_printed_as_they_are(
    store: Engine, badge_engine: Command, arguments: tuple[str, ...], code: int
) -> None:
    ran = badge_engine(*arguments)
    assert ran.code == code
    assert "1b[31m" in ran.err  # as Click writes it, or as we do
    assert "\x1b" not in ran.out + ran.err


@pytest.mark.parametrize("days", ["99999999999", "-5", "x"])
def test_a_number_of_days_that_cannot_be_is_wrong_usage(
    store: Engine, badge_engine: Command, days: str
) -> None:
    ran = badge_engine("dead-letters", "expire", "--older-than", days)
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_piped_tables_are_as_wide_as_they_need(
    store: Engine, badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "x" * 120
    tell(store, meeting("m1", name))
    monkeypatch.delenv("COLUMNS")
    assert name in badge_engine("board", "--program", "program").out

"""docs/asyncapi.yaml: what the models say, and what others' parsers read."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from events import asyncapi
from events.schemas.registry import DIRECTORY, INPUT, OUTPUT

PROJECT = Path(__file__).parents[3]
COMMITTED = PROJECT / "docs" / asyncapi.FILE
_VERIFIERS = PROJECT / "tests" / "verifiers"
_PARSE = """
const {Parser, fromFile} = require('@asyncapi/parser');
fromFile(new Parser(), process.argv[1]).parse().then(({document, diagnostics}) => {
  const wrong = diagnostics.filter(each => each.severity === 0).map(each => each.message);
  const channels = document ? document.channels().all().map(each => each.address()) : [];
  const messages = document ? document.messages().all().map(each => each.name()) : [];
  console.log(JSON.stringify({wrong, channels, messages}));
});
"""


def test_the_committed_document_is_what_the_models_say(tmp_path: Path) -> None:
    written = asyncapi.export(tmp_path).read_text()

    how = "write it again: badge-engine schema export docs --asyncapi"
    assert COMMITTED.read_text() == written, how
    assert yaml.safe_load(written) == asyncapi.document()


def test_a_parser_of_others_reads_every_channel_and_message() -> None:
    if not (_VERIFIERS / "node_modules" / "@asyncapi").is_dir() or not shutil.which("node"):
        missing = "the verifiers are not installed: npm ci --prefix tests/verifiers"
        if os.environ.get("BADGE_ENGINE_REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)

    done = subprocess.run(
        ["node", "-e", _PARSE, str(COMMITTED)],
        cwd=_VERIFIERS, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip

    read = json.loads(done.stdout)
    assert read["wrong"] == []
    assert set(read["channels"]) == {
        "mentoring.activity", "mentoring.governance", "mentoring.awards", "mentoring.directory",
        "mentoring.activity.dead-letters",
    }  # fmt: skip
    assert {*INPUT, *OUTPUT, *DIRECTORY, "dead-letter"} == set(read["messages"])

"""`badge-engine demo` gives what `badge-replay preview` gives for the same file."""

import json
from dataclasses import replace
from pathlib import Path

from tests.end_to_end.deployment import Deployment
from tests.verification.oracle.histories import history

NOW = ("--now", "2026-06-01T00:00:00Z")


def test_demo_and_preview_agree_on_duplicates_late_facts_retractions_and_bad_records(
    deployment: Deployment, tmp_path: Path
) -> None:
    file = tmp_path / "history.jsonl"
    lines = history(11, 1500, loops=5, people=6, bad=0.08)
    file.write_bytes(b"\n".join([*lines[:700], b" \t\r", *lines[700:]]) + b"\n\n")
    export, report = tmp_path / "awards.jsonl", tmp_path / "report.json"
    quick = replace(deployment, settings={**deployment.settings, "BATCH_RECORDS": "100"})

    given = ("--events", str(file), "--export", str(export), "--report", str(report))
    quick.run("demo", *given, "--recomputed", *NOW)

    wanted, wanted_report = tmp_path / "preview.jsonl", tmp_path / "preview.json"
    given = ("--from", str(file), "--catalog", "mentorloop", "--output", str(wanted))
    quick.run_module("replay.cli", "preview", *given, "--report", str(wanted_report), *NOW)
    assert export.read_bytes() == wanted.read_bytes()
    assert json.loads(report.read_bytes()) == json.loads(wanted_report.read_bytes())
    counts = json.loads(report.read_bytes())
    assert all(counts[name] for name in ("applied", "duplicates", "retractions", "awards"))
    assert all(counts["dead_letters"].values())
    announced = [award["award_id"] for award in quick.export()]
    assert announced == [json.loads(line)["award_id"] for line in wanted.read_bytes().splitlines()]

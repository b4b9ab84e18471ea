"""The benchmark of pages runs, and what does not depend on the machine is within its targets."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.pages.page_figures import PageFigure

PROJECT = Path(__file__).parents[3]
OF_THE_PAGES = ("statements_", "web_process_peak_mb", "kudos_html_kb", "first_", "return_")


def test_a_figure_meets_its_target_from_the_side_it_is_on() -> None:
    assert PageFigure(8, 8).met
    assert not PageFigure(8.1, 8).met
    assert PageFigure(0.7, 0.7, more=True).met
    assert not PageFigure(0.69, 0.7, more=True).met
    assert PageFigure(1_000).met


@pytest.mark.verify
def test_gifts_are_measured_beside_an_insert_and_an_event(tmp_path: Path) -> None:
    file = tmp_path / "giving.json"
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.giving", "--pairs", "5", "--json", str(file)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(file.read_text())
    assert all(figure["value"] > 0 for figure in figures.values())
    assert {"post_to_insert", "gift_to_event_p99"} <= figures.keys()


@pytest.mark.verify
def test_pages_are_as_small_and_ask_as_little_as_they_should(tmp_path: Path) -> None:
    file = tmp_path / "pages.json"
    small = ["--loops", "60", "--runs", "3", "--rounds", "1", "--seconds", "0.5"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.pages", *small, "--json", str(file)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(file.read_text())
    assert {name for name in figures if name.startswith(OF_THE_PAGES)} >= {
        "statements_kudos",
        "web_process_peak_mb",
        "kudos_html_kb",
        "first_visit_kb",
        "return_visit_kb",
    }
    failed = {
        name: figure
        for name, figure in figures.items()
        if name.startswith(OF_THE_PAGES) and not figure["met"]
    }
    assert failed == {}

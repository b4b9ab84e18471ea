"""A killed process of governance: see killed_committee.py, which also runs at any size by hand."""

from pathlib import Path

import pytest

from tests.end_to_end import killed_committee


@pytest.mark.verify
def test_killed_ten_times_each_decision_is_one_fact(
    kafka: str, database_url: str, tmp_path: Path
) -> None:
    with killed_committee.prepared(kafka, database_url, tmp_path) as parts:
        figures = killed_committee.run(parts, kills=10, count=6)
    assert (figures.decisions, figures.lost, figures.doubled) == (6, 0, 0)
    assert figures.repeats > 0, "it was never killed after Kafka had a record"

"""A killed notifier: see killed_notifier.py, which also runs at any size by hand."""

from pathlib import Path

import pytest

from tests.end_to_end import killed_notifier


@pytest.mark.verify
def test_killed_ten_times_it_notifies_of_each_award_and_once(
    kafka: str, migrated_url: str, tmp_path: Path
) -> None:
    with killed_notifier.prepared(kafka, migrated_url, tmp_path) as parts:
        figures = killed_notifier.run(parts, kills=10, awards=200)
    assert figures.lost == 0
    assert figures.repeats <= 10
    assert figures.mails > 0

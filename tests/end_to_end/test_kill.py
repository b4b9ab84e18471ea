"""Killed workers: see kill.py, which also runs at any size by hand."""

from dataclasses import replace

import pytest

from tests.end_to_end import kill
from tests.end_to_end.deployment import Deployment
from tests.end_to_end.kill import first_copies, last_revisions
from tests.integration.stream.published import Published


@pytest.mark.verify
def test_a_killed_and_a_terminated_worker_leave_exactly_the_previews_awards(
    deployment: Deployment,
) -> None:
    figures = kill.run(replace(deployment, settings={"SESSION_SECONDS": "6"}), events=4_000)
    assert figures.awards > 500
    assert figures.messages >= figures.awards


def _told(revision: int, event_id: str = "", kind: str = "awarded") -> Published:
    data = f'{{"award_id":"a","revision":{revision}}}'
    event_id = event_id or f"{revision}"
    value = f'{{"id":"{event_id}","type":"mentoring.badge.{kind}.v1","data":{data}}}'
    return Published(0, 0, b"ann", value.encode(), None)


def test_the_check_sees_a_repeat_that_differs_in_one_byte() -> None:
    again = _told(1)._replace(value=_told(1).value + b" ")
    with pytest.raises(AssertionError, match="two ways"):
        first_copies([_told(1), again])


def test_the_check_sees_a_missing_message() -> None:
    assert last_revisions([_told(1), _told(2, kind="revoked")]) == set()
    with pytest.raises(AssertionError, match="missing"):
        last_revisions([_told(1), _told(3)])

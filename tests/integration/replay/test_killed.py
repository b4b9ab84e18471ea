"""SIGKILL in the middle of a replay.

At any size, by hand: `python -m tests.integration.replay.killed`.
"""

from random import Random

import pytest

from tests.integration.handlers.harness import Harness
from tests.integration.replay import killed

pytestmark = pytest.mark.verify


def test_a_replay_that_is_killed_leaves_the_old_or_the_new_and_can_be_run_again(
    harness: Harness,
) -> None:
    figures = killed.run(harness, Random(3), kills=3, events=1_500)
    assert sum(figures.killed.values()) >= 3

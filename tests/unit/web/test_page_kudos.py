"""What the Kudos page makes of its query."""

import asyncio

from web.pages.kudos import loop_of_form


def test_a_form_asks_for_all_loops_with_an_empty_text() -> None:
    assert asyncio.run(loop_of_form("")) is None
    assert asyncio.run(loop_of_form("loop-tomas-wen")) == "loop-tomas-wen"

"""A command that meets what nobody expects ends with a traceback that quotes no record."""

import pytest

from engine import settings
from tests.integration.cli.conftest import Command

SECRET = "what only ben may read"


def test_it_ends_with_1_and_the_place(
    badge_engine: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load() -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr(settings, "load", load)
    ran = badge_engine("digest")
    assert ran.code == 1
    assert ran.err.startswith("Traceback (most recent call last)")
    assert "test_unexpected.py" in ran.err
    assert ran.err.endswith("KeyError\n")
    assert SECRET not in ran.err

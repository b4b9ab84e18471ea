"""Settings as a process with these variables has them."""

import os
from collections.abc import Mapping

import pytest

from engine import settings as engine_settings
from engine.settings import Settings


def settings(monkeypatch: pytest.MonkeyPatch, bootstrap: str, files: Mapping[str, str]) -> Settings:
    """Settings for a broker; `files` by their names after BADGE_ENGINE_."""
    for name in [name for name in os.environ if name.startswith("BADGE_ENGINE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KAFKA_BOOTSTRAP", bootstrap)
    for name, value in files.items():
        monkeypatch.setenv(f"BADGE_ENGINE_{name}", value)
    return engine_settings.load()

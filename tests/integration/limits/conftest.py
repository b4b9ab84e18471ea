"""Fixtures: the desk of tests/integration/handlers, and a deployment as in tests/end_to_end."""

from tests.end_to_end.conftest import deployment
from tests.integration.handlers.conftest import _one_desk, desk

__all__ = ["_one_desk", "deployment", "desk"]

"""Fixtures: the harness of tests/integration/handlers, and a deployment as in tests/end_to_end."""

from tests.end_to_end.conftest import deployment
from tests.integration.handlers.conftest import _one_harness, harness

__all__ = ["_one_harness", "deployment", "harness"]

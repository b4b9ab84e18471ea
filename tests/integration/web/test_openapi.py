"""docs/openapi.json is what the application serves, is whole, and is what the answers are like."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.integration.web.ops_surface import OpsSurface
from tests.integration.web.people_surface import PeopleSurface
from web import openapi
from web.policy.endpoints import API, OPS_API

PROJECT = Path(__file__).parents[3]
FILE = PROJECT / "docs" / "openapi.json"
OPS_FILE = PROJECT / "docs" / "openapi-ops.json"
VERIFIERS = PROJECT / "tests" / "verifiers"
REQUIRE = "BADGE_ENGINE_REQUIRE_BROWSER"


@pytest.fixture(scope="module")
def served(empty_surface: PeopleSurface) -> dict[str, Any]:
    answer = empty_surface.get("/v1/openapi.json")
    assert answer.status == 200
    document: dict[str, Any] = answer.json()
    return document


def test_the_file_is_what_is_served(served: dict[str, Any]) -> None:
    assert FILE.read_text(encoding="utf-8") == openapi.text(served), (
        "run `.venv/bin/python -m web.openapi docs/openapi.json`"
    )


def test_the_file_of_operators_is_what_is_served_to_them(ops: OpsSurface) -> None:
    served = ops.client.ask("GET", "/v1/openapi.json").json()
    assert OPS_FILE.read_text(encoding="utf-8") == openapi.text(served), (
        "run `.venv/bin/python -m web.openapi docs/openapi-ops.json ops`"
    )
    described = {
        (method.upper(), path) for path, methods in served["paths"].items() for method in methods
    }
    assert described == {(endpoint.method, endpoint.path) for endpoint in OPS_API}


def test_it_describes_the_addresses_of_the_policy_and_no_others(served: dict[str, Any]) -> None:
    described = {
        (method.upper(), path) for path, methods in served["paths"].items() for method in methods
    }
    assert described == {(endpoint.method, endpoint.path) for endpoint in API}


def test_every_operation_has_a_name_a_tag_and_the_problems_it_answers(
    served: dict[str, Any],
) -> None:
    names = []
    for methods in served["paths"].values():
        for method, operation in methods.items():
            names.append(operation["operationId"])
            assert operation["tags"]
            assert operation["summary"]
            assert {"401", "404", "422", "429", "503"} <= operation["responses"].keys()
            if method == "put":
                assert {"400", "403", "413", "415"} <= operation["responses"].keys()
            if any(
                given["name"].lower() == "if-match" for given in operation.get("parameters", ())
            ):
                assert {"412", "428"} <= operation["responses"].keys()
    assert len(names) == len(set(names)) == len(API)
    for answer in served["components"]["responses"].values():
        assert answer["content"].keys() == {"application/problem+json"}


def test_the_examples_of_problems_are_problems(served: dict[str, Any]) -> None:
    parts = served["components"]
    schema = {"$ref": "#/components/schemas/Problem", "components": parts}
    for answer in parts["responses"].values():
        (content,) = answer["content"].values()
        jsonschema.validate(content["example"], schema)


def test_the_document_is_clean_to_a_linter_that_is_not_ours(tmp_path: Path) -> None:
    linter = VERIFIERS / "node_modules" / ".bin" / "redocly"
    if not linter.exists() or shutil.which("node") is None:
        missing = "no Node with @redocly/cli: run `npm ci` in tests/verifiers"
        if os.environ.get(REQUIRE) == "1":
            pytest.fail(f"{REQUIRE}=1, but {missing}", pytrace=False)
        pytest.skip(missing)
    config = tmp_path / "redocly.yaml"
    config.write_text("extends: [recommended-strict]\n")
    done = subprocess.run(
        [linter, "lint", "--config", config, "--format", "json", FILE],
        env={**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["totals"] == {"errors": 0, "warnings": 0, "ignored": 0}

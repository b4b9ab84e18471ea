"""Requests that the description of the API allows, and some that it does not, drawn at random:
nothing fails, and every answer is one that is described."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis.strategies import one_of
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.integration.web.people_surface import PeopleSurface, bearer
from tests.integration.web.privacy import (
    HELD,
    LOOP,
    PERSON,
    SELF_MATCH,
    STAGE,
    Planted,
    is_of_desk,
    plant,
)
from web.policy.endpoint import Endpoint
from web.policy.endpoints import API
from web.policy.matrix import Viewer

EXAMPLES = 5
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROLES: tuple[Viewer, ...] = ("me", "coordinator", "ops", "public")
_THERE = {
    "program": SELF_MATCH, "participant": PERSON, "loop": LOOP, "badge_name": "trust",
    "stage": STAGE, "name": "practice", "version": "1",
}  # fmt: skip


@pytest.fixture(scope="module")
def planted(empty_surface: PeopleSurface) -> Planted:
    return plant(empty_surface)


@pytest.fixture(scope="module")
def described(planted: Planted) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_dict(planted.surface.get("/v1/openapi.json").json())


@pytest.mark.parametrize("viewer", ROLES)
@pytest.mark.parametrize("endpoint", API, ids=lambda it: f"{it.method} {it.path}")
def test_an_answer_is_one_that_is_described(
    planted: Planted, described: schemathesis.BaseSchema, endpoint: Endpoint, viewer: Viewer
) -> None:
    client = planted.surface.client
    operation = described[endpoint.path][endpoint.method]
    there = {name: _THERE[name] for name in _THERE if f"{{{name}}}" in endpoint.path}
    if "{award_id}" in endpoint.path:
        there["award_id"] = planted.awards[SELF_MATCH][0]
    if "{case_id}" in endpoint.path:
        there["case_id"] = planted.cases[SELF_MATCH][is_of_desk(endpoint)]
    if "{kudos_id}" in endpoint.path:
        there["kudos_id"] = planted.gifts[SELF_MATCH]

    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(
        one_of(
            operation.as_strategy(path_parameters=there),
            operation.as_strategy(),
            operation.as_strategy(GenerationMode.NEGATIVE),
        )
    )
    def check(case: "schemathesis.Case[Any]") -> None:
        held = bearer(*HELD[viewer]) if HELD[viewer] else {}
        if held:
            case.cookies = {}
        kwargs = case.as_transport_kwargs("https://badges.example")
        kwargs = {name: kwargs[name] for name in kwargs if name in _OF_A_REQUEST}
        kwargs["headers"] = {**(kwargs.get("headers") or {}), **held}
        sent = requests.Request(**kwargs).prepare()
        url = urlsplit(str(sent.url))
        body = sent.body or b""
        assert isinstance(body, bytes | str)
        began = datetime.now()
        answer = client.ask(
            str(sent.method),
            f"{url.path}?{url.query}" if url.query else url.path,
            {
                name: value
                for name, value in sent.headers.items()
                if isinstance(value, str) and name != "Accept-Encoding"
            },
            body.encode() if isinstance(body, str) else body,
        )
        headers: dict[str, list[str]] = {}
        for name, value in answer.headers:
            headers.setdefault(name, []).append(value)
        case.validate_response(
            schemathesis.Response(
                answer.status, headers, answer.body, sent,
                (datetime.now() - began).total_seconds(), verify=True,
            ),
            checks=CHECKS,
        )  # fmt: skip

    check()
    assert client.crashes == []


_OF_A_REQUEST = {"method", "url", "headers", "params", "data", "json", "cookies", "files"}

"""The privacy matrix, cell by cell: who asks, which address, which field.

Everybody asks every address about one person, and the answer has exactly the fields that
`web.policy.endpoints` says, of which the matrix allows each. What is never to be seen (a note, an
e-mail address) is looked for in every answer, and everybody's name in what was logged.
"""

import pytest
from structlog.testing import capture_logs

from tests.integration.web.people_surface import PeopleSurface
from tests.integration.web.privacy import EMAIL, LOOP, NOTE, PERSON, SELF_MATCH, Planted, plant
from tests.integration.web.walks import ask, wrong_answers
from web.policy.endpoint import Endpoint
from web.policy.endpoints import EVERY
from web.policy.matrix import VIEWERS

EVERYWHERE = pytest.mark.parametrize("endpoint", EVERY, ids=lambda it: f"{it.method} {it.path}")


@pytest.fixture(scope="module")
def planted(empty_surface: PeopleSurface) -> Planted:
    return plant(empty_surface)


@EVERYWHERE
def test_only_who_may_is_answered_and_with_exactly_the_fields_that_the_matrix_allows(
    planted: Planted, endpoint: Endpoint
) -> None:
    assert list(wrong_answers(planted, [endpoint])) == []


def test_nothing_that_is_logged_names_anybody(planted: Planted) -> None:
    with capture_logs() as logged:
        for endpoint in EVERY:
            for viewer in VIEWERS:
                for path in planted.paths(endpoint, SELF_MATCH):
                    ask(planted, endpoint, viewer, path)
    text = repr(logged)
    for secret in ("Xanthi", EMAIL, NOTE, PERSON, LOOP, "eyJ", *planted.awards[SELF_MATCH]):
        assert secret not in text

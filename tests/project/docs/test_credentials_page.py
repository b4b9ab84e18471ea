"""The code of docs/credentials.md with which others verify is right about good and bad ones."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from joserfc.errors import JoseError

from tests.project.docs.markdown import marked
from tests.support.credentials import CREDENTIAL, EARNED, HOST, ISSUER, STATUS, altered, issued
from tests.support.signing_keys import other_signing_keys, signing_keys
from web.sharing import issuing


def verify() -> Callable[..., dict[str, Any]]:
    """The function on the page."""
    (shown,) = marked("docs/credentials.md", "verify elsewhere")
    there: dict[str, Any] = {}
    exec(shown, there)
    verifier: Callable[..., dict[str, Any]] = there["verify"]
    return verifier


def reading(*withdrawn: int) -> Callable[[str], str]:
    """What our addresses answer."""
    keys = signing_keys()
    thumbprint = keys.current.thumbprint()
    answers = {
        f"{HOST}/issuers/northfield-alumni/keys/{thumbprint}": json.dumps(keys.public(thumbprint)),
        f"{HOST}/credentials/status/3": issuing.list_withdrawn(
            keys, HOST, ISSUER.program, STATUS.list, withdrawn, EARNED
        ),
    }
    return answers.__getitem__


def test_a_good_one_is_valid() -> None:
    assert verify()(issued(), HOST, reading(STATUS.index + 1))["id"] == CREDENTIAL.urn


@pytest.mark.parametrize(
    ("credential", "withdrawn"),
    [
        (issued, [STATUS.index]),
        (lambda: altered(issued(), name="Momentum, platinum"), []),
        (lambda: issued(keys=other_signing_keys()), []),
        (lambda: issued(host="https://elsewhere.example"), []),
    ],
)
def test_one_that_was_withdrawn_changed_or_signed_by_another_is_not(
    credential: Callable[[], str], withdrawn: list[int]
) -> None:
    with pytest.raises((ValueError, KeyError, JoseError)) as refused:
        verify()(credential(), HOST, reading(*withdrawn))
    assert str(refused.value)

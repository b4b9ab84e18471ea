"""What is looked at of the operators' console; each gives what is wrong, in sentences.

O1 nobody but operators is answered · O2 what a record holds is shown only with a reason, which is
written down · O3 a private note is never shown · O4 an operator's token opens nothing of people.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.integration.web.ops_surface import OpsSurface, ops_surface
from tests.integration.web.people_surface import OPS, bearer, coordinator, participant, service
from tests.integration.web.privacy import OTHER, PERSON, Planted
from tests.support.given import kudos

_NOTE = "for nobody at the console"
_REFUSED = kudos("self", "ann", "ann", "trust", message=_NOTE)
_OTHERS = (participant(OTHER, PERSON), coordinator(OTHER), service(OTHER))
_ADDRESSES = ("/ops", "/ops/dead-letters", "/v1/ops/status", "/v1/ops/audit")


@contextmanager
def _console(planted: Planted) -> Iterator[tuple[OpsSurface, int]]:
    """The console on the surface's database, with a refused record that holds a note."""
    harness = planted.surface.harness
    harness.tell(_REFUSED, partition=2)
    with harness.transaction() as tx:
        ((number,),) = tx.rows("SELECT max(id) FROM dead_letters")
    with TemporaryDirectory() as folder, ops_surface(harness.url, Path(folder)) as console:
        yield console, number


def _operators_only(planted: Planted) -> Iterator[str]:
    with _console(planted) as (console, _):
        for address in _ADDRESSES:
            status = console.get(address, *_OTHERS).status
            if status != 404:
                yield f"{address} answers {status} to somebody who is no operator"


def _written_down(planted: Planted) -> Iterator[str]:
    with _console(planted) as (console, number):
        before = len(console.audited("reveal"))
        for reason in ("", "   "):
            answer = console.post(f"/v1/ops/dead-letters/{number}/reveal", {"reason": reason})
            if answer.status != 422:
                yield f"a record is revealed for the reason {reason!r}"
        console.post(f"/v1/ops/dead-letters/{number}/reveal", {"reason": "to look at it"})
        if len(console.audited("reveal")) != before + 1:
            yield "that a record was revealed is not in the audit log, or more than once"


def _no_notes(planted: Planted) -> Iterator[str]:
    with _console(planted) as (console, number):
        path = f"/v1/ops/dead-letters/{number}"
        shown = [
            console.get(path).text,
            console.get(f"/ops/dead-letters/{number}").text,
            console.post(f"{path}/reveal", {"reason": "to look at it"}).text,
            console.form(f"/ops/dead-letters/{number}/reveal", reason="to look at it").text,
        ]
    if any(_NOTE in text or json.dumps(_NOTE) in text for text in shown):
        yield "the console shows a private note"


def _not_of_people(planted: Planted) -> Iterator[str]:
    people = planted.surface
    addresses = (
        *_ADDRESSES,
        f"/v1/programs/{OTHER}/report",
        f"/v1/programs/{OTHER}/me/badges",
        f"/p/{OTHER}/overview",
    )
    for address in addresses:
        answer = people.client.ask("GET", address, bearer(OPS))
        if answer.status != 404:
            yield f"{address} of people answers {answer.status} to an operator"


CHECKS: dict[str, Callable[[Planted], Iterator[str]]] = {
    "O1": _operators_only,
    "O2": _written_down,
    "O3": _no_notes,
    "O4": _not_of_people,
}

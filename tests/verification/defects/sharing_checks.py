"""What is looked at where awards are shared; each gives what is wrong, in sentences.

S1 a page shows what its holder shows, and nothing that anybody could compute or ask about · S2 what
ended is gone, everywhere below its address · S3 a bit that was set stays set · S4 what is lost is
shared no longer, also when it is earned again.
"""

import json
import uuid
from collections.abc import Callable, Iterator

from engine.queries.snapshot import Reader
from tests.integration.web.people_surface import bearer, participant
from tests.integration.web.privacy import LOOP, OTHER, PERSON, Planted
from tests.support.asgi import WebAnswer
from tests.support.given import meeting, retracted
from web.sharing.sweep import ShareSweep
from web.store import status_lists

_JSON = {"Content-Type": "application/json"}
_MEETING = "mentoring.meeting.completed.v1"


class Sharer:
    """Somebody new who holds one award, of which nothing is looked at elsewhere."""

    def __init__(self, planted: Planted) -> None:
        self._surface = planted.surface
        self._who = f"sharer-{uuid.uuid4().hex[:12]}"
        self._place = {"program_id": OTHER, "loop_id": f"loop-of-{self._who}"}
        self.meet(*range(1, 6))
        ((self.award,),) = self._surface.harness.rows(
            "SELECT award_id::text FROM awards WHERE recipient = %s", self._who
        )

    def meet(self, *numbers: int) -> None:
        """Let meetings be recorded."""
        told = [meeting(f"m{n}", self._who, at=n, **self._place) for n in numbers]
        self._surface.harness.tell(*told, partition=3)

    def lose(self) -> None:
        """Let the award be lost."""
        self._surface.harness.tell(retracted(_MEETING, "m1", **self._place), partition=3)

    def share(self, *, show_name: bool = False) -> str:
        """Share the award; gives the id of the share."""
        body = json.dumps({"show_name": show_name}).encode()
        return str(self._ask("PUT", body).json()["share_id"])

    def stop(self) -> None:
        """Share it no longer."""
        self._ask("DELETE")

    def _ask(self, method: str, body: bytes = b"") -> WebAnswer:
        path = f"/v1/programs/{OTHER}/me/awards/{self.award}/share"
        headers = {**bearer(participant(OTHER, self._who)), **_JSON}
        return self._surface.client.ask(method, path, headers, body)


def _set(planted: Planted) -> set[tuple[int, int]]:
    """The bits that are set, as a list of revocations is made of them."""
    surface = planted.surface
    with surface.harness.transaction() as tx:
        lists = [number for (number,) in tx.rows("SELECT list FROM web.status_lists")]
        return {(number, index) for number in lists for index in status_lists.revoked(tx, number)}


def _page(planted: Planted) -> Iterator[str]:
    surface = planted.surface
    mine = participant(OTHER, PERSON)
    for award in planted.awards[OTHER][:2]:
        path = f"/v1/programs/{OTHER}/me/awards/{award}/share"
        for show_name in (True, False):
            body = json.dumps({"show_name": show_name}).encode()
            answer = surface.client.ask("PUT", path, {**bearer(mine), **_JSON}, body)
            if award in answer.text:
                yield "the answer has the award's id in an address"
            share_id = answer.json()["share_id"]
            page = surface.get(f"/a/{share_id}")
            if page.status != 200:
                yield f"what is shared is answered {page.status}"
            if ("Xanthippe" in page.text) != show_name:
                yield f"the name is shown or hidden against the wish of its holder ({show_name})"
            for secret in (award, LOOP, PERSON, "gwen"):
                if secret in page.text:
                    yield "the page has what is not public"
    if surface.get(f"/a/{planted.awards[OTHER][0]}").status != 404:
        yield "a page is under the id of its award"
    _restore(planted)


def _restore(planted: Planted) -> None:
    """The first award is shared with the name, as it was, and no other."""
    mine = bearer(participant(OTHER, PERSON))
    first, second = planted.awards[OTHER][:2]
    path = f"/v1/programs/{OTHER}/me/awards/{{}}/share"
    planted.surface.client.ask("PUT", path.format(first), {**mine, **_JSON}, b'{"show_name": true}')
    planted.surface.client.ask("DELETE", path.format(second), mine)


def _ended(planted: Planted) -> Iterator[str]:
    sharer = Sharer(planted)
    share_id = sharer.share()
    sharer.stop()
    for below in ("", ".png"):
        status = planted.surface.get(f"/a/{share_id}{below}").status
        if status != 410:
            yield f"a page that ended is answered {status}"


def _bits(planted: Planted) -> Iterator[str]:
    before, sharer = _places(planted), Sharer(planted)
    for show_name in (False, True, False):
        sharer.share(show_name=show_name)
    sharer.stop()
    places = _places(planted) - before
    if len(places) != 3:
        yield f"there are {len(places)} credentials for three wishes"
    if places - _set(planted):
        yield f"{len(places - _set(planted))} of the bits are not set"
    sharer.share()
    if places - _set(planted):
        yield "bits went back"


def _places(planted: Planted) -> set[tuple[int, int]]:
    return set(planted.surface.harness.rows("SELECT list, index FROM web.credentials"))


def _lost(planted: Planted) -> Iterator[str]:
    surface = planted.surface
    sweep = ShareSweep(Reader(surface.pools.reader), surface.pools.people, lambda: surface.now)
    live = "SELECT FROM web.shares WHERE share_id = %s AND ended IS NULL"
    for earned_again in (False, True):
        sharer = Sharer(planted)
        share_id = sharer.share()
        sharer.lose()
        if earned_again:
            sharer.meet(9)
        if surface.get(f"/a/{share_id}").status != 410:
            yield f"the page of what was lost is shown (earned again: {earned_again})"
        sweep.sweep()
        if surface.harness.rows(live, share_id):
            yield f"a round leaves what was lost (earned again: {earned_again})"


CHECKS: dict[str, Callable[[Planted], Iterator[str]]] = {
    "S1": _page,
    "S2": _ended,
    "S3": _bits,
    "S4": _lost,
}

"""What is looked at of somebody's progress: P1 a panel too small shows no mean · P2 no line gives
one away."""

from collections.abc import Callable, Iterator

from tests.integration.web.people_surface import coordinator, participant
from tests.integration.web.privacy import OTHER, PANEL_MEAN, PERSON, STAGE, Planted

_MINE = f"/v1/programs/{OTHER}/me/recognition"
_FACTS = f"{STAGE}/facts?line=2"


def _panels(planted: Planted) -> Iterator[str]:
    for held, path in (
        (participant(OTHER, PERSON), f"{_MINE}/{_FACTS}"),
        (coordinator(OTHER), f"/v1/programs/{OTHER}/mentors/{PERSON}/recognition/{_FACTS}"),
    ):
        answer = planted.surface.get(path, held)
        if answer.status != 200 or answer.json()["total"] != 1:
            yield f"{path} shows no panel"
        if PANEL_MEAN in answer.text:
            yield f"{path} shows the mean of two reviewers"


def _means(planted: Planted) -> Iterator[str]:
    answer = planted.surface.get(_MINE, participant(OTHER, PERSON))
    if PANEL_MEAN in answer.text:
        yield "the checklist gives away the mean of two reviewers"


CHECKS: dict[str, Callable[[Planted], Iterator[str]]] = {"P1": _panels, "P2": _means}

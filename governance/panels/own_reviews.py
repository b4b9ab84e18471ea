"""What somebody gave in panels, for their own export: never whose work it was."""

from collections.abc import Iterator

from governance.committee import Sitting
from governance.panels import requests, sealed
from governance.panels.requests import ReviewRequest
from governance.panels.sealed import SealedReview
from governance.store import panels


def reviews_by(
    sitting: Sitting, program: str, person: str
) -> Iterator[tuple[ReviewRequest, SealedReview | None]]:
    """The requests to somebody, each with the review that they gave; None where there is none, or
    it cannot be opened any more."""
    for request in requests.of_reviewer(sitting, program, person):
        stored = panels.with_panel(sitting.tx, request.request_id)
        if stored is None:
            yield request, None
        else:
            yield request, sealed.review_of(sealed.key_of(sitting, stored), stored.seat)

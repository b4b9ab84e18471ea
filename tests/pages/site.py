"""The pages that a browser visits: a base URL and paths. Another site gives others.

`python -m pytest tests/pages` visits the preview (tests/pages/preview.py) in a thread of its own.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from tests.pages.calibration_samples import TO_RATE
from tests.pages.case_samples import CASES
from tests.pages.credential_samples import CHECKED
from tests.pages.desk_samples import DESK
from tests.pages.preview import app
from tests.pages.review_samples import REVIEWS

_OF_PROGRAM = (
    "kudos",
    "kudos/trust",
    "kudos/momentum",
    "kudos/mentorloop-champion",
    "give",
    "given",
    "highlights",
    "awards/one/share",
    "awards/named/share",
    "notifications",
    "notes",
    "notes/all",
    "overview",
    "people",
    "people/somebody/board",
    "loops/one/board",
    "highlights/all",
    "people/somebody",
    "settings",
    "progress",
    "progress/master-mentor/facts?line=4",
    "people/somebody/progress",
    "rubrics",
    "mentor-page",
    "exemplars",
    "policy",
    "cases",
    "desk",
    "committee",
    "minutes",
    "minutes/2",
    "fairness",
    "fairness/mine",
    "reviews",
    "panels",
    "calibrations",
    "anchors",
)
FULL = tuple(f"/p/northfield/{page}" for page in _OF_PROGRAM)
EMPTY = tuple(f"/p/empty/{page}" for page in _OF_PROGRAM)
LONG = tuple(f"/p/long/{page}" for page in _OF_PROGRAM)
PAGES = (
    *FULL,
    "/p/northfield/kudos?loop=guild",
    "/p/northfield/settings?wrong=1",
    "/p/northfield/give?wrong=1",
    "/p/northfield/give?alone=1",
    "/p/northfield/given?late=1",
    "/p/northfield/notes?reported=1",
    "/p/northfield/notes/all?asked=1",
    "/p/northfield/notes/all?asked=1&wrong=1",
    "/p/northfield/notes/all?wrong=1",
    "/p/northfield/overview?wrong=1",
    "/p/northfield/people?filter=near&sort=-received",
    "/p/northfield/people?q=nobody",
    "/p/northfield/progress?of=ready",
    "/p/northfield/progress?of=top",
    "/p/northfield/progress/master-mentor/facts?line=13&after=here&renewal=1",
    *(f"/p/northfield/cases/{one}" for one in CASES),
    "/p/long/cases/long?of=them&wrong=1",
    "/p/northfield/cases/applied?of=them",
    "/p/northfield/cases/granted?of=them",
    *(f"/p/northfield/desk/{one}" for one in DESK),
    "/p/northfield/desk/read?fault=statement-needed",
    "/p/northfield/desk/read?fault=authenticate-again",
    "/p/northfield/desk?of=auditor",
    "/p/northfield/committee?of=member",
    "/p/northfield/committee?wrong=1",
    "/p/northfield/minutes?wrong=1",
    "/p/long/fairness?chair=1",
    "/p/northfield/fairness/mine?done=declared",
    *(f"/p/northfield/reviews/{one}" for one in REVIEWS),
    "/p/northfield/reviews/asked?wrong=1",
    "/p/northfield/reviews?done=1",
    "/p/northfield/panels?wrong=1",
    "/p/northfield/panels?of=auditor&wrong=1",
    "/p/northfield/panels?of=auditor&seats=1",
    "/p/northfield/calibrations?of=coordinator",
    "/p/northfield/calibrations?of=coordinator&wrong=1",
    *(f"/p/northfield/calibrations/c2/anchors/{one}" for one in TO_RATE),
    "/p/northfield/calibrations/c2/anchors/3?wrong=1",
    "/p/northfield/anchors?wrong=1",
    *EMPTY,
    *LONG,
    "/p/northfield/awards/shared/share",
    "/p/northfield/awards/lost/share",
    "/p/northfield/awards/forbidden/share",
    "/a/northfield",
    "/a/northfield?named=1",
    "/a/empty",
    "/a/long?named=1",
    *(f"/gone/{why}" for why in ("withdrawn", "revoked", "erased", "forbidden")),
    "/m/northfield",
    "/m/empty",
    "/m/long",
    "/p/northfield/mentor-page?wrong=1",
    "/p/northfield/exemplars?wrong=1",
    "/p/northfield/policy?wrong=1",
    "/p/northfield/policy?of=coordinator",
    "/p/long/policy?of=coordinator&wrong=1",
    "/verify",
    *(f"/verify?given={one}" for one in CHECKED),
    "/issuers/northfield",
    "/issuers/long",
    "/achievements/northfield/momentum",
    "/achievements/long/mentorloop-champion",
    "/u/northfield",
    "/u/long?done=1",
    "/sign-in",
    "/signed-out",
    "/home",
    "/personas",
    *(f"/problem/{status}" for status in (404, 410, 500, 503)),
)


@dataclass(frozen=True)
class Site:
    """What is visited. `kudos`: the page of somebody who holds some of everything, whose pages
    begin with `full`; `nothing`: that of somebody who holds nothing."""

    base: str
    kudos: str = "/p/northfield/kudos"
    full: str = "/p/northfield/"
    nothing: str = "/p/empty/kudos"


@contextmanager
def served() -> Iterator[Site]:
    """The preview on a port of its own until the end."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started:
        if time.monotonic() > until or not thread.is_alive():
            raise RuntimeError("the preview did not start within 30 s")
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Site(f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        thread.join(10)

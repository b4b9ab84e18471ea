"""The addresses of outcomes: a mentor's learners, a learner's work and consents."""

from collections.abc import Mapping

from web.policy.endpoint import PROGRAM, Endpoint, Fields, showing
from web.policy.matrix import Viewer

_WORK: Fields = showing("outcomes", "name")
_OF_LEARNER: Mapping[Viewer, Fields] = {
    "me": _WORK,
    "their mentor": _WORK,
    "coordinator": _WORK,
}
_PORTFOLIO: Mapping[Viewer, Fields] = {"me": _WORK, "giver": showing("name")}
_GUIDED: Mapping[Viewer, Fields] = {"their mentor": _WORK}
_GUIDED_PAGE: Mapping[Viewer, Fields] = {**_GUIDED, "me": showing("name")}

OUTCOMES: tuple[Endpoint, ...] = (
    Endpoint("GET", f"{PROGRAM}/me/learners", "participant", _GUIDED),
    Endpoint("POST", f"{PROGRAM}/me/learners/{{participant}}/warnings", "participant"),
    Endpoint("GET", f"{PROGRAM}/mentors/{{participant}}/learners", "coordinator"),
    Endpoint("GET", f"{PROGRAM}/learners/{{participant}}/outcomes", "member", _OF_LEARNER),
    Endpoint("GET", f"{PROGRAM}/outcomes", "coordinator"),
    Endpoint("POST", f"{PROGRAM}/outcomes/baselines/review", "coordinator"),
    Endpoint("GET", f"{PROGRAM}/me/portfolio", "participant", _PORTFOLIO),
    Endpoint("POST", f"{PROGRAM}/me/consents", "participant"),
    Endpoint("POST", f"{PROGRAM}/me/consents/{{consent_id}}/give", "participant"),
    Endpoint("DELETE", f"{PROGRAM}/me/consents/{{consent_id}}", "participant"),
)
"""Outcomes of learners."""

OUTCOMES_PAGES: tuple[Endpoint, ...] = (
    Endpoint("GET", "/p/{program}/learners", "participant", _GUIDED_PAGE),
    Endpoint("GET", "/p/{program}/learners/{participant}", "member", _OF_LEARNER),
    Endpoint("POST", "/p/{program}/learners/{participant}/warnings", "participant"),
    Endpoint("GET", "/p/{program}/recognition", "coordinator"),
    Endpoint("POST", "/p/{program}/recognition/baselines", "coordinator"),
    Endpoint("GET", "/p/{program}/portfolio", "participant", _PORTFOLIO),
    Endpoint("POST", "/p/{program}/portfolio/voices", "participant"),
    Endpoint("POST", "/p/{program}/portfolio/consents/{consent_id}/give", "participant"),
    Endpoint("POST", "/p/{program}/portfolio/consents/{consent_id}/withdraw", "participant"),
)
"""The pages of outcomes."""

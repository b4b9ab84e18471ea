"""The addresses of fairness reports. What they show names nobody but, in
the frame, who looks."""

from collections.abc import Mapping

from web.policy.endpoint import PROGRAM, Endpoint, Fields, showing
from web.policy.matrix import Viewer

_IN_FRAME: Mapping[Viewer, Fields] = {"me": showing("name")}

FAIRNESS: tuple[Endpoint, ...] = (Endpoint("GET", f"{PROGRAM}/fairness", "member"),)
"""Fairness reports."""

FAIRNESS_PAGES: tuple[Endpoint, ...] = (
    Endpoint("GET", "/p/{program}/fairness", "member", _IN_FRAME),
    Endpoint("POST", "/p/{program}/fairness/answers", "chair"),
    Endpoint("GET", "/p/{program}/fairness/mine", "participant", _IN_FRAME),
    Endpoint("POST", "/p/{program}/fairness/mine", "participant"),
)
"""The pages of fairness reports."""

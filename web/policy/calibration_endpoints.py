"""The addresses of calibrations. What stands there of people is of reviewers; coordinators see
whose work an anchor is too."""

from collections.abc import Mapping

from web.policy.endpoint import PROGRAM, Endpoint, Fields, showing
from web.policy.matrix import Viewer

_ONE = "calibrations/{calibration_id}"
_ANCHOR = f"{_ONE}/anchors/{{number}}"
_AUTHOR: Mapping[Viewer, Fields] = {"coordinator": showing("name")}  # whose work an anchor is

CALIBRATION: tuple[Endpoint, ...] = (
    Endpoint("GET", f"{PROGRAM}/calibrations", "calibration reader"),
    Endpoint("GET", f"{PROGRAM}/{_ANCHOR}", "reviewer"),
    Endpoint("PUT", f"{PROGRAM}/{_ANCHOR}", "reviewer"),
)
"""Calibrations."""

# What cannot be done answers with the page again.
CALIBRATION_PAGES: tuple[Endpoint, ...] = (
    Endpoint("GET", "/p/{program}/calibrations", "calibration reader"),
    Endpoint("POST", "/p/{program}/calibrations", "coordinator"),
    Endpoint("GET", f"/p/{{program}}/{_ONE}", "reviewer"),
    Endpoint("POST", f"/p/{{program}}/{_ONE}/close", "coordinator"),
    Endpoint("GET", f"/p/{{program}}/{_ANCHOR}", "reviewer"),
    Endpoint("POST", f"/p/{{program}}/{_ANCHOR}", "reviewer"),
    Endpoint("GET", "/p/{program}/anchors", "coordinator", _AUTHOR),
    Endpoint("POST", "/p/{program}/anchors", "coordinator", _AUTHOR),
    Endpoint("POST", "/p/{program}/anchors/{anchor_id}/retire", "coordinator"),
)
"""The pages of calibrations."""

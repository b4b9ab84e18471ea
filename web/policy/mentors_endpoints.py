"""The addresses of mentors' public pages, of links to work, and of policies."""

from web.policy.endpoint import PROGRAM, Endpoint, Fields, showing

_NAMED: Fields = showing("name")
_OWN: Fields = showing("name", "narrative")
_MINE = "/p/{program}/mentor-page"

MENTORS: tuple[Endpoint, ...] = (
    Endpoint("GET", f"{PROGRAM}/policy", "member"),
    Endpoint("GET", f"{PROGRAM}/policy/differences", "member"),
    Endpoint("GET", f"{PROGRAM}/policy/simulation", "minutes reader"),
    Endpoint("POST", f"{PROGRAM}/policy/proposals", "member"),
    Endpoint("POST", f"{PROGRAM}/policy/answers", "coordinator"),
)
"""Policies."""

MENTORS_PAGES: tuple[Endpoint, ...] = (
    # A mentor chooses whose work a link shows.
    Endpoint("GET", _MINE, "participant", {"me": _OWN, "their mentor": _NAMED}),
    Endpoint("POST", _MINE, "participant"),
    Endpoint("POST", f"{_MINE}/off", "participant"),
    Endpoint("POST", f"{_MINE}/links", "participant"),
    Endpoint("POST", f"{_MINE}/links/removed", "participant"),
    Endpoint("POST", f"{_MINE}/voices", "participant"),
    Endpoint("GET", "/p/{program}/exemplars", "coordinator"),
    Endpoint("POST", "/p/{program}/exemplars", "coordinator"),
    Endpoint("GET", "/p/{program}/policy", "member", {"me": _NAMED}),
    # A form that says nothing comes back.
    Endpoint("POST", "/p/{program}/policy/proposals", "member", {"me": _NAMED}),
    Endpoint("POST", "/p/{program}/policy/answers", "coordinator"),
)
"""Pages of mentors, and of policies."""

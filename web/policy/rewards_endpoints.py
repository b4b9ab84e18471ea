"""The addresses of rewards, draws, the bench and pairings."""

from collections.abc import Mapping

from web.policy.endpoint import PROGRAM, Endpoint, Fields, showing
from web.policy.matrix import Viewer

_MINE: Mapping[Viewer, Fields] = {"me": showing("name")}
"""The frame of a page has the name of who looks."""

REWARDS: tuple[Endpoint, ...] = (
    Endpoint("GET", f"{PROGRAM}/rewards", "member"),
    Endpoint("POST", f"{PROGRAM}/rewards/choices", "voter"),
    Endpoint("POST", f"{PROGRAM}/rewards/consents", "participant"),
    Endpoint("GET", f"{PROGRAM}/draws/{{draw_id}}", "member"),
    Endpoint("GET", f"{PROGRAM}/bench", "member"),
    Endpoint("POST", f"{PROGRAM}/bench/offers", "participant"),
    Endpoint("POST", f"{PROGRAM}/bench/proposal", "coordinator"),
    Endpoint("POST", f"{PROGRAM}/bench/confirm", "coordinator"),
    Endpoint("GET", f"{PROGRAM}/pairings", "member"),
    Endpoint("POST", f"{PROGRAM}/pairings/proposal", "coordinator"),
    Endpoint("POST", f"{PROGRAM}/pairings/confirm", "coordinator"),
    Endpoint("POST", f"{PROGRAM}/pairings/end", "coordinator"),
)
"""Rewards."""

# What cannot be done answers with the page again.
REWARDS_PAGES: tuple[Endpoint, ...] = (
    Endpoint("GET", "/p/{program}/rewards", "member", _MINE),
    Endpoint("POST", "/p/{program}/rewards/choices", "voter"),
    Endpoint("POST", "/p/{program}/rewards/consents", "participant"),
    Endpoint("GET", "/p/{program}/draws/{draw_id}", "member", _MINE),
    Endpoint("GET", "/p/{program}/bench", "member", _MINE),
    Endpoint("POST", "/p/{program}/bench/offers", "participant"),
    Endpoint("POST", "/p/{program}/bench/proposals", "coordinator"),
    Endpoint("POST", "/p/{program}/bench/confirmations", "coordinator"),
    Endpoint("GET", "/p/{program}/pairings", "member", _MINE),
    Endpoint("POST", "/p/{program}/pairings/proposals", "coordinator"),
    Endpoint("POST", "/p/{program}/pairings/confirmations", "coordinator"),
    Endpoint("POST", "/p/{program}/pairings/ends", "coordinator"),
)
"""The pages of rewards."""

"""The addresses of fairness reports. What they show names nobody."""

from web.policy.endpoint import PROGRAM, Endpoint

FAIRNESS: tuple[Endpoint, ...] = (Endpoint("GET", f"{PROGRAM}/fairness", "member"),)
"""Fairness reports."""

FAIRNESS_PAGES: tuple[Endpoint, ...] = (
    Endpoint("GET", "/p/{program}/fairness", "member"),
    Endpoint("POST", "/p/{program}/fairness/answers", "chair"),
    Endpoint("GET", "/p/{program}/fairness/mine", "participant"),
    Endpoint("POST", "/p/{program}/fairness/mine", "participant"),
)
"""The pages of fairness reports."""

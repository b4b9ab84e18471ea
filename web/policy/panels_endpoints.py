"""The addresses of panels: reviews that somebody is asked for, and how panels are drawn."""

from web.policy.endpoint import PROGRAM, Endpoint, Fields, showing

_DOSSIER: Fields = showing("dossier")
_PANELS: Fields = showing("case", "name")
_REVIEW = "reviews/{request_id}"
_PANEL = "panels/{panel_id}"

PANELS: tuple[Endpoint, ...] = (
    Endpoint("GET", f"{PROGRAM}/reviews", "reviewer"),
    Endpoint("GET", f"{PROGRAM}/{_REVIEW}", "reviewer", {"reviewer": _DOSSIER}),
    Endpoint("PUT", f"{PROGRAM}/{_REVIEW}", "reviewer"),
    Endpoint("POST", f"{PROGRAM}/{_REVIEW}/decline", "reviewer"),
    Endpoint(
        "GET", f"{PROGRAM}/panels", "case reader", {"coordinator": _PANELS, "auditor": _PANELS}
    ),
    Endpoint("POST", f"{PROGRAM}/{_PANEL}/widen", "coordinator"),
    Endpoint("POST", f"{PROGRAM}/{_PANEL}/seats", "auditor"),
)
"""Panels."""

# What cannot be done answers with the page again.
PANELS_PAGES: tuple[Endpoint, ...] = (
    Endpoint("GET", "/p/{program}/reviews", "reviewer"),
    Endpoint("GET", f"/p/{{program}}/{_REVIEW}", "reviewer", {"reviewer": _DOSSIER}),
    Endpoint("POST", f"/p/{{program}}/{_REVIEW}", "reviewer", {"reviewer": _DOSSIER}),
    Endpoint("POST", f"/p/{{program}}/{_REVIEW}/decline", "reviewer", {"reviewer": _DOSSIER}),
    Endpoint(
        "GET", "/p/{program}/panels", "case reader", {"coordinator": _PANELS, "auditor": _PANELS}
    ),
    Endpoint("POST", f"/p/{{program}}/{_PANEL}/widen", "coordinator", {"coordinator": _PANELS}),
    Endpoint("POST", f"/p/{{program}}/{_PANEL}/seats", "auditor", {"auditor": _PANELS}),
)
"""The pages of panels."""

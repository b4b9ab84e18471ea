"""The addresses of the committee: cases, the desk, who governs, minutes."""

from collections.abc import Mapping

from web.policy.endpoint import PROGRAM, Endpoint, Fields, showing
from web.policy.matrix import Viewer

_CASE = f"{PROGRAM}/cases/{{case_id}}"
_CASES: Fields = showing("case", "name")
_WHOLE_CASE: Fields = _CASES | showing("decision", "progress")
_OFFICE: Fields = showing("office", "name")
_PACK: Fields = showing("progress", "narrative")
_BEFORE_MEMBER: Fields = _PACK | showing("decision")

COMMITTEE: tuple[Endpoint, ...] = (
    Endpoint("GET", f"{PROGRAM}/me/cases", "participant", {"me": _CASES}),
    Endpoint("GET", f"{PROGRAM}/cases", "case reader", {"coordinator": _CASES, "auditor": _CASES}),
    Endpoint(
        "GET", f"{PROGRAM}/deadlines", "case reader", {"coordinator": _CASES, "auditor": _CASES}
    ),
    Endpoint("POST", f"{PROGRAM}/cases", "participant"),
    Endpoint(
        "GET",
        _CASE,
        "member",
        {"me": _WHOLE_CASE, "coordinator": _WHOLE_CASE, "auditor": _WHOLE_CASE},
    ),
    Endpoint("POST", f"{_CASE}/acknowledge", "coordinator"),
    Endpoint("POST", f"{_CASE}/go-on", "participant"),
    Endpoint("POST", f"{_CASE}/withdraw", "participant"),
    Endpoint("POST", f"{_CASE}/answer", "participant"),
    Endpoint("POST", f"{_CASE}/appeals", "participant"),
    Endpoint("POST", f"{PROGRAM}/withdrawals", "opener"),
    Endpoint("GET", f"{PROGRAM}/desk", "at the desk"),
    Endpoint(
        "GET",
        f"{PROGRAM}/desk/{{case_id}}",
        "at the desk",
        {"member on the case": _BEFORE_MEMBER, "auditor": _BEFORE_MEMBER},
    ),
    Endpoint(
        "GET", f"{_CASE}/pack", "at the desk", {"member on the case": _PACK, "auditor": _PACK}
    ),
    Endpoint("POST", f"{_CASE}/unblinding", "at the desk"),
    Endpoint("POST", f"{_CASE}/recusals", "voter"),
    Endpoint("POST", f"{_CASE}/signatures", "voter"),
    Endpoint(
        "GET",
        f"{PROGRAM}/committee",
        "member",
        {"me": _OFFICE, "coordinator": _OFFICE, "auditor": _OFFICE},
    ),
    Endpoint(
        "GET",
        f"{PROGRAM}/committee/{{participant}}",
        "coordinator",
        {"coordinator": showing("name")},
    ),
    Endpoint("PUT", f"{PROGRAM}/committee/{{participant}}", "coordinator"),
    Endpoint("POST", f"{PROGRAM}/conflicts", "member"),
    Endpoint("DELETE", f"{PROGRAM}/conflicts", "member"),
)
"""The committee."""

_CASE_PAGE = "/p/{program}/cases/{case_id}"
_DESK_PAGE = "/p/{program}/desk/{case_id}"
_OF_VOTER: Mapping[Viewer, Fields] = {"member on the case": _BEFORE_MEMBER}
_ON_DESK_PAGE: Mapping[Viewer, Fields] = {**_OF_VOTER, "auditor": _BEFORE_MEMBER}

# What cannot be done answers with the page again.
COMMITTEE_PAGES: tuple[Endpoint, ...] = (
    Endpoint(
        "GET", "/p/{program}/cases", "case reader", {"coordinator": _CASES, "auditor": _CASES}
    ),
    Endpoint("POST", "/p/{program}/cases", "participant"),
    Endpoint(
        "GET",
        _CASE_PAGE,
        "member",
        {"me": _WHOLE_CASE, "coordinator": _WHOLE_CASE, "auditor": _WHOLE_CASE},
    ),
    Endpoint("POST", f"{_CASE_PAGE}/acknowledge", "coordinator", {"coordinator": _WHOLE_CASE}),
    Endpoint("POST", f"{_CASE_PAGE}/again", "coordinator", {"coordinator": _WHOLE_CASE}),
    Endpoint("POST", f"{_CASE_PAGE}/go-on", "participant", {"me": _WHOLE_CASE}),
    Endpoint("POST", f"{_CASE_PAGE}/withdraw", "participant", {"me": _WHOLE_CASE}),
    Endpoint("POST", f"{_CASE_PAGE}/answer", "participant", {"me": _WHOLE_CASE}),
    Endpoint("POST", f"{_CASE_PAGE}/appeals", "participant", {"me": _WHOLE_CASE}),
    Endpoint("GET", "/p/{program}/desk", "at the desk"),
    Endpoint("GET", _DESK_PAGE, "at the desk", _ON_DESK_PAGE),
    Endpoint("POST", f"{_DESK_PAGE}/open", "at the desk"),
    Endpoint("POST", f"{_DESK_PAGE}/unblind", "at the desk", _ON_DESK_PAGE),
    Endpoint("POST", f"{_DESK_PAGE}/recuse", "voter", _OF_VOTER),
    Endpoint("POST", f"{_DESK_PAGE}/sign", "voter"),
    Endpoint("POST", f"{_DESK_PAGE}/judge", "voter", _OF_VOTER),
    Endpoint(
        "GET",
        "/p/{program}/committee",
        "member",
        {"me": _OFFICE, "coordinator": _OFFICE, "auditor": _OFFICE},
    ),
    Endpoint("POST", "/p/{program}/committee", "coordinator"),
    Endpoint("POST", "/p/{program}/committee/{participant}", "member"),
    Endpoint("POST", "/p/{program}/committee/conflicts/declared", "member"),
    Endpoint("POST", "/p/{program}/committee/conflicts/ended", "member"),
    Endpoint("GET", "/p/{program}/minutes", "minutes reader"),
    Endpoint("GET", "/p/{program}/minutes/{number}", "minutes reader"),
    Endpoint("POST", "/p/{program}/minutes", "chair"),
)
"""The pages of the committee."""

"""Which address shows what of a person to whom: the privacy matrix, address by address.

An answer about somebody has exactly the fields that stand here for the relation in which who asks
stands to them; for a relation that has no fields here it says nothing of them. A test asks every
address in every relation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from web.policy.matrix import Field, Viewer

Asker = Literal[
    "anybody signed in",
    "member",
    "participant",
    "coordinator",
    "service",
    "ops",
    "case reader",
    "at the desk",
    "voter",
    "opener",
    "minutes reader",
    "chair",
]
"""Whom an address answers at all. "member": participant or coordinator of the program. "case
reader": coordinator or auditor; "at the desk": who decides cases, or audits; "voter": who decides;
"opener": coordinator or chair; "minutes
reader": coordinator, or who has a desk."""

Fields = frozenset[Field]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address. `path` is its route. `shows`: what an answer that has to do with a person has of
    them, by the relation in which who asks stands to them. `self_match_only`: there is no answer in
    programs that do not let people find each other."""

    method: Literal["GET", "PUT", "POST", "DELETE"]
    path: str
    asker: Asker
    shows: Mapping[Viewer, Fields] = field(default_factory=dict)
    self_match_only: bool = False

    @property
    def is_api(self) -> bool:
        """Whether it answers JSON; the others are pages."""
        return self.path.startswith("/v1/")


def _fields(*fields: Field) -> Fields:
    return frozenset(fields)


_P = "/v1/programs/{program}"
_NAMES: Mapping[Viewer, Fields] = {"giver": _fields("name"), "loop-mate": _fields("name")}
_MINE: Mapping[Viewer, Fields] = {**_NAMES, "me": _fields("badges", "progress", "name")}
_MINE_WITH_LATEST: Mapping[Viewer, Fields] = {**_MINE, "me": _MINE["me"] | _fields("givers")}
_ONE_BADGE: Mapping[Viewer, Fields] = {"me": _fields("badges", "progress", "givers", "note exists")}
_LATEST: Mapping[Viewer, Fields] = {"me": _fields("badges", "givers")}
_FOR_COORDINATORS: Mapping[Viewer, Fields] = {
    "coordinator": _fields("badges", "progress", "name"),
}
_GIFT: Mapping[Viewer, Fields] = {"giver": _fields("name")}
_EXPORT: Mapping[Viewer, Fields] = {
    "me": _fields(
        "badges",
        "evidence",
        "givers",
        "narrative",
        "note",
        "note reads",
        "name",
        "email",
        "preferences",
        "invitations",
        "shares",
        "case",
        "decision",
        "office",
    ),
    "giver": _fields("givers"),
}
_NOTES: Mapping[Viewer, Fields] = {"me": _fields("givers", "note", "note reads")}
_NOTES_OF_PROGRAM: Mapping[Viewer, Fields] = {"coordinator": _fields("givers", "note", "name")}
_NOTIFIED: Mapping[Viewer, Fields] = {
    **_NAMES,
    "me": _fields("badges", "givers", "invitations"),
}
_INVITED: Mapping[Viewer, Fields] = {**_NAMES, "me": _fields("invitations")}
_COUNTS: Mapping[Viewer, Fields] = {"coordinator": _fields("badges")}  # of a loop, of a kind
_LISTED: Mapping[Viewer, Fields] = {"coordinator": _fields("badges", "givers", "name")}
_SUMMARY: Mapping[Viewer, Fields] = {
    "me": _fields("badges", "name"),
    "other, self-match": _fields("badges", "name"),
}

_PROGRESS: Fields = _fields("progress", "name")
_BEHIND: Fields = _fields("evidence")
_WHOLE_WAY: Fields = _PROGRESS | _BEHIND | _fields("badges")
_RECOGNITION = "recognition/{stage}/facts"
_CASE = f"{_P}/cases/{{case_id}}"
_CASES: Fields = _fields("case", "name")
_WHOLE_CASE: Fields = _CASES | _fields("decision", "progress")
_OFFICE: Fields = _fields("office", "name")
_PACK: Fields = _fields("progress", "narrative")
_BEFORE_MEMBER: Fields = _PACK | _fields("decision")

COMMITTEE: tuple[Endpoint, ...] = (
    Endpoint("GET", f"{_P}/me/cases", "participant", {"me": _CASES}),
    Endpoint("GET", f"{_P}/cases", "case reader", {"coordinator": _CASES, "auditor": _CASES}),
    Endpoint("GET", f"{_P}/deadlines", "case reader", {"coordinator": _CASES, "auditor": _CASES}),
    Endpoint("POST", f"{_P}/cases", "participant"),
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
    Endpoint("POST", f"{_P}/withdrawals", "opener"),
    Endpoint("GET", f"{_P}/desk", "at the desk"),
    Endpoint(
        "GET",
        f"{_P}/desk/{{case_id}}",
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
        f"{_P}/committee",
        "member",
        {"me": _OFFICE, "coordinator": _OFFICE, "auditor": _OFFICE},
    ),
    Endpoint(
        "GET", f"{_P}/committee/{{participant}}", "coordinator", {"coordinator": _fields("name")}
    ),
    Endpoint("PUT", f"{_P}/committee/{{participant}}", "coordinator"),
    Endpoint("POST", f"{_P}/conflicts", "member"),
    Endpoint("DELETE", f"{_P}/conflicts", "member"),
)
"""The committee."""

API: tuple[Endpoint, ...] = (
    Endpoint("GET", "/v1/me", "anybody signed in"),
    Endpoint("GET", f"{_P}/catalog", "member"),
    Endpoint("GET", f"{_P}/me/badges", "participant", _MINE_WITH_LATEST),
    Endpoint("GET", f"{_P}/me/badges/{{badge_name}}", "participant", _ONE_BADGE),
    Endpoint(
        "GET",
        f"{_P}/me/awards/{{award_id}}",
        "participant",
        {"me": _fields("badges", "evidence", "shares")},
    ),
    Endpoint(
        "PUT",
        f"{_P}/me/awards/{{award_id}}/share",
        "participant",
        {"me": _fields("shares")},
    ),
    Endpoint("DELETE", f"{_P}/me/awards/{{award_id}}/share", "participant"),
    Endpoint("GET", f"{_P}/me/partners", "participant", _NAMES),
    Endpoint("GET", f"{_P}/me/highlights", "participant", _LATEST),
    Endpoint("GET", f"{_P}/me/notifications", "participant", _NOTIFIED),
    Endpoint("POST", f"{_P}/me/notifications/read", "participant"),
    Endpoint("GET", f"{_P}/me/invitations", "participant", _INVITED),
    Endpoint("POST", f"{_P}/me/invitations/{{invitation_id}}/dismiss", "participant"),
    Endpoint("GET", f"{_P}/me/preferences", "participant", {"me": _fields("preferences")}),
    Endpoint("PUT", f"{_P}/me/preferences", "participant", {"me": _fields("preferences")}),
    Endpoint("GET", f"{_P}/me/events", "participant"),
    Endpoint("GET", f"{_P}/me/given", "participant", _NAMES),
    Endpoint("POST", f"{_P}/kudos", "participant"),
    Endpoint("GET", f"{_P}/kudos/{{kudos_id}}", "participant", _GIFT),
    Endpoint("DELETE", f"{_P}/kudos/{{kudos_id}}", "participant"),
    Endpoint(
        "GET", f"{_P}/people/{{participant}}/summary", "participant", _SUMMARY, self_match_only=True
    ),
    Endpoint(
        "GET",
        f"{_P}/people/{{participant}}/badges",
        "coordinator",
        {"coordinator": _FOR_COORDINATORS["coordinator"] | _fields("givers")},
    ),
    Endpoint("GET", f"{_P}/loops/{{loop}}/board", "coordinator", _FOR_COORDINATORS),
    Endpoint("GET", f"{_P}/me/notes", "participant", _NOTES),
    Endpoint("GET", f"{_P}/me/notes/{{kudos_id}}", "participant", _NOTES),
    Endpoint("POST", f"{_P}/me/notes/{{kudos_id}}/report", "participant"),
    Endpoint("GET", f"{_P}/me/export", "participant", _EXPORT),
    Endpoint("GET", f"{_P}/people/{{participant}}/export", "service", {"service": _EXPORT["me"]}),
    Endpoint("POST", f"{_P}/notes/{{kudos_id}}/settle", "coordinator"),
    Endpoint("GET", f"{_P}/notes", "coordinator", _NOTES_OF_PROGRAM),
    Endpoint("GET", f"{_P}/report", "coordinator", _COUNTS),
    Endpoint("GET", f"{_P}/report/people", "coordinator", _LISTED),
    Endpoint("GET", f"{_P}/report.csv", "coordinator", _LISTED),
    Endpoint("GET", f"{_P}/highlights", "coordinator", _LISTED),
    Endpoint("GET", f"{_P}/people/{{participant}}/note-key", "service"),
    Endpoint("DELETE", f"{_P}/people/{{participant}}/personal-data", "service"),
    Endpoint("GET", f"{_P}/me/recognition", "participant", {"me": _PROGRESS}),
    Endpoint("GET", f"{_P}/me/{_RECOGNITION}", "participant", {"me": _BEHIND}),
    Endpoint(
        "GET",
        f"{_P}/mentors/{{participant}}/recognition",
        "coordinator",
        {"coordinator": _PROGRESS},
    ),
    Endpoint(
        "GET",
        f"{_P}/mentors/{{participant}}/{_RECOGNITION}",
        "coordinator",
        {"coordinator": _BEHIND},
    ),
    Endpoint("GET", f"{_P}/rubrics", "member"),
    Endpoint("GET", f"{_P}/rubrics/{{name}}/{{version}}", "member"),
    *COMMITTEE,
)
"""The JSON API."""

_NAMED: Fields = _fields("name")  # the frame of every page names who is signed in

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
    Endpoint("POST", "/p/{program}/committee/{participant}", "coordinator"),
    Endpoint("POST", "/p/{program}/committee/conflicts/declared", "member"),
    Endpoint("POST", "/p/{program}/committee/conflicts/ended", "member"),
    Endpoint("GET", "/p/{program}/minutes", "minutes reader"),
    Endpoint("GET", "/p/{program}/minutes/{number}", "minutes reader"),
    Endpoint("POST", "/p/{program}/minutes", "chair"),
)
"""The pages of the committee."""

PAGES: tuple[Endpoint, ...] = (
    Endpoint(
        "GET",
        "/p/{program}/kudos",
        "participant",
        {**_MINE, "me": _MINE["me"] | _fields("invitations")},
    ),
    Endpoint(
        "GET",
        "/p/{program}/kudos/{badge_name}",
        "participant",
        {**_NAMES, "me": _ONE_BADGE["me"] | _NAMED},
    ),
    Endpoint("GET", "/p/{program}/give", "participant", {**_NAMES, "me": _NAMED}),
    Endpoint("POST", "/p/{program}/give", "participant", {**_NAMES, "me": _NAMED}),
    Endpoint("GET", "/p/{program}/given", "participant", {**_NAMES, "me": _NAMED}),
    Endpoint("POST", "/p/{program}/given/{kudos_id}/undo", "participant"),
    Endpoint("GET", "/p/{program}/highlights", "participant", {"me": _LATEST["me"] | _NAMED}),
    Endpoint(
        "GET",
        "/p/{program}/awards/{award_id}/share",
        "participant",
        {"me": _fields("badges", "shares", "name")},
    ),
    Endpoint("POST", "/p/{program}/awards/{award_id}/share", "participant"),
    Endpoint("POST", "/p/{program}/awards/{award_id}/share/stop", "participant"),
    Endpoint(
        "GET",
        "/p/{program}/notifications",
        "participant",
        {**_NAMES, "me": _NOTIFIED["me"] | _NAMED},
    ),
    Endpoint("GET", "/p/{program}/notifications/bell", "participant"),
    Endpoint("POST", "/p/{program}/notifications/read", "participant"),
    Endpoint("POST", "/p/{program}/invitations/{invitation_id}/dismiss", "participant"),
    Endpoint(
        "GET", "/p/{program}/people/{participant}", "participant", _SUMMARY, self_match_only=True
    ),
    Endpoint("GET", "/p/{program}/settings", "participant", {"me": _fields("preferences", "name")}),
    Endpoint("POST", "/p/{program}/settings", "participant"),
    Endpoint("GET", "/p/{program}/settings/export", "participant", _EXPORT),
    Endpoint("GET", "/p/{program}/overview", "coordinator", _COUNTS),
    Endpoint("GET", "/p/{program}/people", "coordinator", _LISTED),
    Endpoint("GET", "/p/{program}/people/{participant}/board", "coordinator", _FOR_COORDINATORS),
    Endpoint("GET", "/p/{program}/loops/{loop}/board", "coordinator", _FOR_COORDINATORS),
    Endpoint(
        "GET",
        "/p/{program}/highlights/all",
        "coordinator",
        {"coordinator": _fields("givers", "name")},
    ),
    Endpoint("GET", "/p/{program}/notes/all", "coordinator", _NOTES_OF_PROGRAM),
    Endpoint("POST", "/p/{program}/notes/all", "coordinator"),
    Endpoint("POST", "/p/{program}/notes/{kudos_id}/settle", "coordinator"),
    Endpoint("GET", "/p/{program}/notes", "participant", {"me": _NOTES["me"] | _NAMED}),
    Endpoint("GET", "/p/{program}/notes/{kudos_id}", "participant", {"me": _NOTES["me"] | _NAMED}),
    Endpoint("POST", "/p/{program}/notes/{kudos_id}/report", "participant"),
    Endpoint("GET", "/p/{program}/progress", "participant", {"me": _WHOLE_WAY}),
    Endpoint("GET", "/p/{program}/progress/{stage}/facts", "participant", {"me": _BEHIND | _NAMED}),
    Endpoint(
        "GET",
        "/p/{program}/people/{participant}/progress",
        "coordinator",
        {"coordinator": _WHOLE_WAY},
    ),
    Endpoint(
        "GET",
        "/p/{program}/people/{participant}/progress/{stage}/facts",
        "coordinator",
        {"coordinator": _BEHIND},
    ),
    Endpoint("GET", "/p/{program}/rubrics", "member", {"me": _NAMED}),
    *COMMITTEE_PAGES,
)
"""The pages of a program."""

_OPERATIONS: Mapping[Viewer, Fields] = {"ops": _fields("operations")}
_DEAD_LETTER = "/ops/dead-letters/{dead_letter}"

OPS_API: tuple[Endpoint, ...] = (
    Endpoint("GET", "/v1/ops/status", "ops", _OPERATIONS),
    Endpoint("GET", "/v1/ops/dead-letters", "ops", _OPERATIONS),
    Endpoint("GET", f"/v1{_DEAD_LETTER}", "ops", _OPERATIONS),
    Endpoint("POST", f"/v1{_DEAD_LETTER}/reveal", "ops", _OPERATIONS),
    Endpoint("POST", "/v1/ops/dead-letters/redrive", "ops"),
    Endpoint("POST", "/v1/ops/dead-letters/discard", "ops"),
    Endpoint("POST", "/v1/ops/partitions/{partition}/resume", "ops"),
    Endpoint("GET", "/v1/ops/generations", "ops", _OPERATIONS),
    Endpoint("GET", "/v1/ops/generations/{generation}/diff", "ops", _OPERATIONS),
    Endpoint("GET", "/v1/ops/jobs/{job}", "ops", _OPERATIONS),
    Endpoint("GET", "/v1/ops/audit", "ops", _OPERATIONS),
    Endpoint("GET", "/v1/ops/audit/verification", "ops", _OPERATIONS),
)
"""The JSON API of the ops surface."""

OPS_PAGES: tuple[Endpoint, ...] = (
    Endpoint("GET", "/ops", "ops", _OPERATIONS),
    Endpoint("GET", "/ops/partitions/{partition}", "ops", _OPERATIONS),
    Endpoint("POST", "/ops/partitions/{partition}/resume", "ops"),
    Endpoint("GET", "/ops/dead-letters", "ops", _OPERATIONS),
    Endpoint("GET", _DEAD_LETTER, "ops", _OPERATIONS),
    Endpoint("POST", f"{_DEAD_LETTER}/reveal", "ops", _OPERATIONS),
    Endpoint("POST", f"{_DEAD_LETTER}/redrive", "ops"),
    Endpoint("POST", f"{_DEAD_LETTER}/discard", "ops"),
    Endpoint("POST", "/ops/dead-letters/redrive", "ops"),
    Endpoint("POST", "/ops/dead-letters/discard", "ops"),
    Endpoint("GET", "/ops/jobs/{job}", "ops", _OPERATIONS),
    Endpoint("GET", "/ops/replay", "ops", _OPERATIONS),
    Endpoint("GET", "/ops/replay/{generation}", "ops", _OPERATIONS),
    Endpoint("GET", "/ops/audit", "ops", _OPERATIONS),
)
"""The pages of the console. None shows anything of a person but ids."""

OPS: tuple[Endpoint, ...] = OPS_API + OPS_PAGES
"""All of the ops surface; what is in EVERY is of the people surface."""

EVERY: tuple[Endpoint, ...] = API + PAGES

PUBLIC: tuple[str, ...] = (
    "/issuers/{program}",
    "/issuers/{program}/keys/{thumbprint}",
    "/achievements/{program}/{badge}",
    "/achievements/{program}/{badge}.png",
    "/achievements/{program}/{badge}/{level}",
    "/achievements/{program}/{badge}/{level}.png",
)
"""What anybody may GET of a program: who issues, and what can be achieved. It says nothing of a
person."""

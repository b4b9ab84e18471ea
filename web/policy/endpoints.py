"""Which address shows what of a person to whom: the privacy matrix, address by address.

An answer about somebody has exactly the fields that stand here for the relation in which who asks
stands to them; for a relation that has no fields here it says nothing of them. A test asks every
address in every relation.
"""

from collections.abc import Mapping

from web.policy.calibration_endpoints import CALIBRATION, CALIBRATION_PAGES
from web.policy.committee_endpoints import COMMITTEE, COMMITTEE_PAGES
from web.policy.endpoint import PROGRAM, Endpoint, Fields, showing
from web.policy.fairness_endpoints import FAIRNESS, FAIRNESS_PAGES
from web.policy.matrix import Viewer
from web.policy.mentors_endpoints import MENTORS, MENTORS_PAGES
from web.policy.outcomes_endpoints import OUTCOMES, OUTCOMES_PAGES
from web.policy.panels_endpoints import PANELS, PANELS_PAGES
from web.policy.rewards_endpoints import REWARDS, REWARDS_PAGES

_NAMES: Mapping[Viewer, Fields] = {"giver": showing("name"), "loop-mate": showing("name")}
_MINE: Mapping[Viewer, Fields] = {**_NAMES, "me": showing("badges", "progress", "name")}
_MINE_WITH_LATEST: Mapping[Viewer, Fields] = {**_MINE, "me": _MINE["me"] | showing("givers")}
_ONE_BADGE: Mapping[Viewer, Fields] = {"me": showing("badges", "progress", "givers", "note exists")}
_LATEST: Mapping[Viewer, Fields] = {"me": showing("badges", "givers")}
_FOR_COORDINATORS: Mapping[Viewer, Fields] = {
    "coordinator": showing("badges", "progress", "name"),
}
_GIFT: Mapping[Viewer, Fields] = {"giver": showing("name")}
_EXPORT: Mapping[Viewer, Fields] = {
    "me": showing(
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
    "giver": showing("givers"),
}
_NOTES: Mapping[Viewer, Fields] = {"me": showing("givers", "note", "note reads")}
_NOTES_OF_PROGRAM: Mapping[Viewer, Fields] = {"coordinator": showing("givers", "note", "name")}
_NOTIFIED: Mapping[Viewer, Fields] = {
    **_NAMES,
    "me": showing("badges", "givers", "invitations"),
}
_INVITED: Mapping[Viewer, Fields] = {**_NAMES, "me": showing("invitations")}
_COUNTS: Mapping[Viewer, Fields] = {"coordinator": showing("badges")}  # of a loop, of a kind
_LISTED: Mapping[Viewer, Fields] = {"coordinator": showing("badges", "givers", "name")}
_SUMMARY: Mapping[Viewer, Fields] = {
    "me": showing("badges", "name"),
    "other, self-match": showing("badges", "name"),
}

_PROGRESS: Fields = showing("progress", "name")
_BEHIND: Fields = showing("evidence")
_WHOLE_WAY: Fields = _PROGRESS | _BEHIND | showing("badges")
_RECOGNITION = "recognition/{stage}/facts"

API: tuple[Endpoint, ...] = (
    Endpoint("GET", "/v1/me", "anybody signed in"),
    Endpoint("GET", f"{PROGRAM}/catalog", "member"),
    Endpoint("GET", f"{PROGRAM}/me/badges", "participant", _MINE_WITH_LATEST),
    Endpoint("GET", f"{PROGRAM}/me/badges/{{badge_name}}", "participant", _ONE_BADGE),
    Endpoint(
        "GET",
        f"{PROGRAM}/me/awards/{{award_id}}",
        "participant",
        {"me": showing("badges", "evidence", "shares")},
    ),
    Endpoint(
        "PUT",
        f"{PROGRAM}/me/awards/{{award_id}}/share",
        "participant",
        {"me": showing("shares")},
    ),
    Endpoint("DELETE", f"{PROGRAM}/me/awards/{{award_id}}/share", "participant"),
    Endpoint("GET", f"{PROGRAM}/me/partners", "participant", _NAMES),
    Endpoint("GET", f"{PROGRAM}/me/highlights", "participant", _LATEST),
    Endpoint("GET", f"{PROGRAM}/me/notifications", "participant", _NOTIFIED),
    Endpoint("POST", f"{PROGRAM}/me/notifications/read", "participant"),
    Endpoint("GET", f"{PROGRAM}/me/invitations", "participant", _INVITED),
    Endpoint("POST", f"{PROGRAM}/me/invitations/{{invitation_id}}/dismiss", "participant"),
    Endpoint("GET", f"{PROGRAM}/me/preferences", "participant", {"me": showing("preferences")}),
    Endpoint("PUT", f"{PROGRAM}/me/preferences", "participant", {"me": showing("preferences")}),
    Endpoint("GET", f"{PROGRAM}/me/events", "participant"),
    Endpoint("GET", f"{PROGRAM}/me/given", "participant", _NAMES),
    Endpoint("POST", f"{PROGRAM}/kudos", "participant"),
    Endpoint("GET", f"{PROGRAM}/kudos/{{kudos_id}}", "participant", _GIFT),
    Endpoint("DELETE", f"{PROGRAM}/kudos/{{kudos_id}}", "participant"),
    Endpoint(
        "GET",
        f"{PROGRAM}/people/{{participant}}/summary",
        "participant",
        _SUMMARY,
        self_match_only=True,
    ),
    Endpoint(
        "GET",
        f"{PROGRAM}/people/{{participant}}/badges",
        "coordinator",
        {"coordinator": _FOR_COORDINATORS["coordinator"] | showing("givers")},
    ),
    Endpoint("GET", f"{PROGRAM}/loops/{{loop}}/board", "coordinator", _FOR_COORDINATORS),
    Endpoint("GET", f"{PROGRAM}/me/notes", "participant", _NOTES),
    Endpoint("GET", f"{PROGRAM}/me/notes/{{kudos_id}}", "participant", _NOTES),
    Endpoint("POST", f"{PROGRAM}/me/notes/{{kudos_id}}/report", "participant"),
    Endpoint("GET", f"{PROGRAM}/me/export", "participant", _EXPORT),
    Endpoint(
        "GET", f"{PROGRAM}/people/{{participant}}/export", "service", {"service": _EXPORT["me"]}
    ),
    Endpoint("POST", f"{PROGRAM}/notes/{{kudos_id}}/settle", "coordinator"),
    Endpoint("GET", f"{PROGRAM}/notes", "coordinator", _NOTES_OF_PROGRAM),
    Endpoint("GET", f"{PROGRAM}/report", "coordinator", _COUNTS),
    Endpoint("GET", f"{PROGRAM}/report/people", "coordinator", _LISTED),
    Endpoint("GET", f"{PROGRAM}/report.csv", "coordinator", _LISTED),
    Endpoint("GET", f"{PROGRAM}/highlights", "coordinator", _LISTED),
    Endpoint("GET", f"{PROGRAM}/people/{{participant}}/note-key", "service"),
    Endpoint("DELETE", f"{PROGRAM}/people/{{participant}}/personal-data", "service"),
    Endpoint("GET", f"{PROGRAM}/me/recognition", "participant", {"me": _PROGRESS}),
    Endpoint("GET", f"{PROGRAM}/me/{_RECOGNITION}", "participant", {"me": _BEHIND}),
    Endpoint(
        "GET",
        f"{PROGRAM}/mentors/{{participant}}/recognition",
        "coordinator",
        {"coordinator": _PROGRESS},
    ),
    Endpoint(
        "GET",
        f"{PROGRAM}/mentors/{{participant}}/{_RECOGNITION}",
        "coordinator",
        {"coordinator": _BEHIND},
    ),
    Endpoint("GET", f"{PROGRAM}/rubrics", "member"),
    Endpoint("GET", f"{PROGRAM}/rubrics/{{name}}/{{version}}", "member"),
    *COMMITTEE,
    *MENTORS,
    *FAIRNESS,
    *CALIBRATION,
    *OUTCOMES,
    *REWARDS,
    *PANELS,
)
"""The JSON API."""

_NAMED: Fields = showing("name")  # the frame of every page names who is signed in

PAGES: tuple[Endpoint, ...] = (
    Endpoint(
        "GET",
        "/p/{program}/kudos",
        "participant",
        {**_MINE, "me": _MINE["me"] | showing("invitations")},
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
        {"me": showing("badges", "shares", "name")},
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
    Endpoint("GET", "/p/{program}/settings", "participant", {"me": showing("preferences", "name")}),
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
        {"coordinator": showing("givers", "name")},
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
    *MENTORS_PAGES,
    *FAIRNESS_PAGES,
    *CALIBRATION_PAGES,
    *OUTCOMES_PAGES,
    *REWARDS_PAGES,
    *PANELS_PAGES,
)
"""The pages of a program."""

_OPERATIONS: Mapping[Viewer, Fields] = {"ops": showing("operations")}
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

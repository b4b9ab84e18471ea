"""Defects of the people surface: who is let in, who sees what, and what is believed."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_SURFACE = DefectLevel.SURFACE

DEFECTS = (
    Defect(
        "forbidden-is-403",
        "a coordinator's address tells others that they may not, instead of nothing",
        ("W1", "W2"),
        (Edit("web.api.asking:coordinator", "denied(request)", 'Problem("cross-site")'),),
        _SURFACE,
    ),
    Defect(
        "forbidden-page-differs",
        "a page that is forbidden has a header that one that is absent has not",
        ("W2",),
        (
            Edit(
                "web.pages.frame:participant",
                "denied(request)",
                'type(denied(request))("not-found", headers={"X-Reason": "role"})',
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "names-are-html",
        "templates do not escape what stands in them",
        ("W3",),
        (Edit("web.rendering.templates:_environment", "autoescape=True", "autoescape=False"),),
        _SURFACE,
    ),
    Defect(
        "algorithm-none",
        "a token without a signature is believed if it says that it has none",
        ("W4",),
        (
            Edit(
                "web.identity.tokens.verification:_signed",
                "if algorithm not in ALGORITHMS:",
                'if algorithm == "none":\n        return _decoded(parts[1], "payload")\n'
                "    if algorithm not in ALGORITHMS:",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "audience-ignored",
        "a token for another application is believed",
        ("W4",),
        (
            Edit(
                "web.identity.tokens.verification:_check_names",
                "if audience not in listed or not",
                "if not",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "coordinator-of-any-program",
        "who coordinates a program coordinates every one",
        ("W1",),
        (
            Edit(
                "web.identity.principal:Principal.coordinates",
                "isinstance(r, CoordinatorRole) and r.program == program",
                "isinstance(r, CoordinatorRole)",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "participant-of-any-program",
        "who takes part in a program takes part in every one, under the same id",
        ("W1",),
        (
            Edit(
                "web.identity.principal:Principal.participant_in",
                "isinstance(role, ParticipantRole) and role.program == program",
                "isinstance(role, ParticipantRole)",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "self-match-ignored",
        "programs in which nobody looks for anybody show summaries too",
        ("W1",),
        (
            Edit(
                "web.views.summary:read",
                "not described.self_match or not known.described",
                "not known.described",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "inactive-shown",
        "who has left still has a summary",
        ("W5",),
        (Edit("web.views.summary:read", " or not known.active", ""),),
        _SURFACE,
    ),
    Defect(
        "inactive-proposed",
        "who has left is still among the partners",
        ("W5",),
        (Edit("web.views.partners:_active_others", "if person.active and", "if"),),
        _SURFACE,
    ),
    Defect(
        "cursor-of-anybody",
        "behind a cursor are the awards of everybody",
        ("W6",),
        (
            Edit(
                "engine.store.awards.standing:in_time",
                "AND recipient = %s",
                "AND (recipient = %s OR recipient LIKE 'x-%%')",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "unknown-parameter-ignored",
        "a parameter that does not exist is passed over",
        ("W7",),
        (Edit("web.api.asking:known_parameters", "    if faults:", "    if False:"),),
        _SURFACE,
    ),
    Defect(
        "loop-of-another-program",
        "a coordinator sees a loop that is of another program",
        ("W7",),
        (
            Edit(
                "directory.membership:loop",
                "_LOOPS.format(chosen=_ONE)",
                '_LOOPS.format(chosen=_ONE.replace("program = %s AND", "%s <> \'\' AND"))',
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "award-of-another-person",
        "who knows the id of an award sees what it rests on",
        ("W1", "W7"),
        (
            Edit(
                "engine.queries.award:read",
                "(announced.award.program, announced.award.recipient) != (\n"
                "        program,\n        participant,\n    )",
                "announced.award.program != program",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "roles-never-too-old",
        "the roles of a session are believed as long as it lasts",
        ("W8",),
        (
            Edit(
                "web.identity.login.sessions:Sessions.principal",
                "return _principal(row) if now < row.roles_until else None",
                "return _principal(row)",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "session-without-end",
        "a session that nobody used for hours goes on",
        ("W8",),
        (
            Edit(
                "web.store.sessions:SessionTable.look",
                "AND seen > %s",
                "AND seen > %s::timestamptz - '9y'::interval",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "open-redirect",
        "signing in leads to any address",
        ("W9",),
        (
            Edit(
                "web.identity.login.return_address:return_address",
                'if not asked.startswith("/") or asked.startswith("//") or "\\\\" in asked:',
                'if "\\\\" in asked:',
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "preferences-of-another",
        "what somebody chooses is stored for somebody else",
        ("W10",),
        (
            Edit(
                "web.api.preferences:write",
                "preferences.change(tx, program, me, ",
                'preferences.change(tx, "closed", "x-quill", ',
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "change-over-a-change",
        "preferences are changed whatever was changed meanwhile",
        ("W10",),
        (
            Edit(
                "notifier.store.preferences:write",
                "WHERE p.version = %s::int ",
                "WHERE p.version >= %s::int ",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "cookie-of-another-site",
        "a request that another site makes with somebody's cookie is taken",
        ("W11",),
        (
            Edit(
                "web.identity.authenticate:identify_uncounted",
                "request.method not in SAFE_METHODS",
                'request.method == "DELETE"',
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "same-site-is-same-origin",
        "a page of a neighbouring host may change what is somebody's",
        ("W11",),
        (
            Edit(
                "web.identity.same_origin:comes_from_us",
                'sites == ["same-origin"]',
                'sites != ["cross-site"]',
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "messages-readable",
        "the role of the pages may read private messages",
        ("W12",),
        (
            Edit(
                "web.database.roles:sql",
                ".read_text()",
                ".read_text().replace(\"('messages', 'note\", \"('note\")",
            ),
        ),
        _SURFACE,
    ),
)

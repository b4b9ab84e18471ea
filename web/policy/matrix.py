"""Who may see what of a person: one table, which every endpoint and page is tested against."""

from collections.abc import Mapping
from typing import Literal

Viewer = Literal[
    "me",
    "giver",
    "loop-mate",
    "other, self-match",
    "other",
    "coordinator",
    "service",
    "ops",
    "coordinator elsewhere",
    "public",
    "member on the case",
    "other member",
    "chair",
    "auditor",
    "reviewer",
    "their mentor",
]
"""In what relation somebody who looks stands to the person. "giver": gave them kudos. "other,
self-match": of the same program, which lets people find each other. "coordinator", "service": of
the person's program. "member on the case": has a seat on a case of theirs; "other member": of the
committee, without one, as the "chair"; "reviewer": a draw has picked them to review work of the
person; they and the "auditor" are participants too, as "their mentor" is, who guides them."""

Field = Literal[
    "badges",
    "progress",
    "evidence",
    "givers",
    "note",
    "note exists",
    "invitations",
    "name",
    "email",
    "preferences",
    "shares",
    "note reads",
    "operations",
    "narrative",
    "case",
    "decision",
    "office",
    "dossier",
    "outcomes",
]
"""What there is of a person. "narrative": what testimonials say of them; "case": that they have
one, and how it stands; "decision": its outcome, signers and statements; "office": their part in
governance, and their conflicts; "dossier": months of their mentoring, which a panel reviews;
"outcomes": what became of their work as a learner."""

Right = Literal[
    "no",
    "yes",
    "summary",
    "own gifts",
    "counts",
    "of stages",
    "ids",
    "export",
    "with purpose",
    "if shown",
    "names out",
    "logged",
]
"""How much: "yes" all of it; the others a part of it, or under a condition. "of stages": what is
behind the lines of stages, which a coordinator helps with and a committee asks about. "names out":
nothing in it says whose it is, until they are asked for with a reason; "logged": each look is."""

VIEWERS: tuple[Viewer, ...] = Viewer.__args__  # type: ignore[attr-defined]
FIELDS: tuple[Field, ...] = Field.__args__  # type: ignore[attr-defined]

_ROWS: Mapping[Field, tuple[Right, ...]] = {
    #               me     giver        mate   other, self-match  other  coordinator     service
    #               ops    elsewhere    public
    "badges":      ("yes", "no",        "no",  "summary",         "no",  "yes",          "export",
                    "ids", "no",        "if shown"),
    "progress":    ("yes", "no",        "no",  "no",              "no",  "yes",          "export",
                    "ids", "no",        "no"),
    "evidence":    ("yes", "no",        "no",  "no",              "no",  "of stages",    "export",
                    "ids", "no",        "no"),
    "givers":      ("yes", "own gifts", "no",  "no",              "no",  "yes",          "export",
                    "ids", "no",        "no"),
    "note":        ("yes", "no",        "no",  "no",              "no",  "with purpose", "export",
                    "no",  "no",        "no"),
    "note exists": ("yes", "own gifts", "no",  "no",              "no",  "yes",          "export",
                    "counts", "no",     "no"),
    "invitations": ("yes", "no",        "no",  "no",              "no",  "counts",       "export",
                    "no",  "no",        "no"),
    "name":        ("yes", "yes",       "yes", "yes",             "no",  "yes",          "yes",
                    "no",  "no",        "if shown"),
    "email":       ("yes", "no",        "no",  "no",              "no",  "no",           "yes",
                    "no",  "no",        "no"),
    "preferences": ("yes", "no",        "no",  "no",              "no",  "no",           "export",
                    "no",  "no",        "no"),
    "shares":      ("yes", "no",        "no",  "no",              "no",  "counts",       "export",
                    "no",  "no",        "if shown"),
    "note reads":  ("counts", "no",     "no",  "no",              "no",  "yes",          "export",
                    "ids", "no",        "no"),
    "operations":  ("no",  "no",        "no",  "no",              "no",  "no",           "no",
                    "yes", "no",        "no"),
    "narrative":   ("yes", "no",        "no",  "no",              "no",  "yes",          "export",
                    "no",  "no",        "no"),
    "case":        ("yes", "no",        "no",  "no",              "no",  "yes",          "export",
                    "no",  "no",        "no"),
    "decision":    ("yes", "no",        "no",  "no",              "no",  "yes",          "export",
                    "no",  "no",        "no"),
    "office":      ("yes", "no",        "no",  "no",              "no",  "yes",          "export",
                    "no",  "no",        "no"),
    "dossier":     ("no",  "no",        "no",  "no",              "no",  "no",           "no",
                    "no",  "no",        "no"),
    "outcomes":    ("yes", "no",        "no",  "no",              "no",  "yes",          "no",
                    "no",  "no",        "no"),
}  # fmt: skip

_OF_COMMITTEE: Mapping[Field, tuple[Right, ...]] = {
    #             member on the case  other member  chair  auditor   reviewer     their mentor
    "progress":  ("names out",        "no",         "no",  "logged", "no",        "no"),
    "evidence":  ("names out",        "no",         "no",  "logged", "no",        "no"),
    "name":      ("names out",        "no",         "no",  "yes",    "no",        "yes"),
    "narrative": ("names out",        "no",         "no",  "logged", "no",        "no"),
    "case":      ("no",               "no",         "no",  "yes",    "no",        "no"),
    "decision":  ("names out",        "no",         "no",  "yes",    "no",        "no"),
    "office":    ("no",               "no",         "no",  "yes",    "no",        "no"),
    "dossier":   ("no",               "no",         "no",  "no",     "names out", "no"),
    "outcomes":  ("no",               "no",         "no",  "no",     "no",        "yes"),
}  # fmt: skip
"""Of other fields they see what any participant sees."""
_NOTHING: tuple[Right, ...] = ("no",) * 6

MATRIX: Mapping[Field, Mapping[Viewer, Right]] = {
    field: dict(zip(VIEWERS, (*rights, *_OF_COMMITTEE.get(field, _NOTHING)), strict=True))
    for field, rights in _ROWS.items()
}


def right(viewer: Viewer, field: Field) -> Right:
    """How much of a field somebody may see."""
    return MATRIX[field][viewer]

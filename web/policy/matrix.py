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
]
"""In what relation somebody who looks stands to the person. "giver": gave them kudos. "other,
self-match": of the same program, which lets people find each other. "coordinator", "service": of
the person's program."""

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
]

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
]
"""How much: "yes" all of it; the others a part of it, or under a condition. "of stages": what is
behind the lines of stages, which a coordinator helps with and a committee asks about."""

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
}  # fmt: skip

MATRIX: Mapping[Field, Mapping[Viewer, Right]] = {
    field: dict(zip(VIEWERS, rights, strict=True)) for field, rights in _ROWS.items()
}


def right(viewer: Viewer, field: Field) -> Right:
    """How much of a field somebody may see."""
    return MATRIX[field][viewer]

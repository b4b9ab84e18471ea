"""What is known of an address: whom it answers, and what it shows of a person to whom."""

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
    "reviewer",
    "auditor",
    "calibration reader",
]
"""Whom an address answers at all. "member": participant or coordinator of the program. "case
reader": coordinator or auditor; "at the desk": who decides cases, or audits; "voter": who decides;
"opener": coordinator or chair; "minutes reader": coordinator, or who has a desk; "reviewer": may be
asked for reviews; "calibration reader": reviewer, coordinator or auditor."""

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


def showing(*fields: Field) -> Fields:
    """These fields of a person."""
    return frozenset(fields)


PROGRAM = "/v1/programs/{program}"

"""Private notes in answers: to their recipient, and to a coordinator of the program."""

from typing import Literal

from pydantic import Field

from web.views.model import InstantText, View
from web.views.people import Person

NoteState = Literal["shown", "erased", "unreadable"]


class CoordinatorReads(View):
    """How often coordinators have read a note, and when last."""

    count: int
    last: InstantText | None


class NoteToMe(View):
    """A note with the kudos it came with. `kind`: the badge. `note` is null unless `state` is
    "shown"; "erased": the key it was sealed to is gone, "unreadable": it does not open."""

    kudos_id: str
    kind: str
    name: str
    artwork: str
    loop_id: str
    giver: Person = Field(serialization_alias="from")
    at: InstantText
    note: str | None
    state: NoteState
    coordinator_reads: CoordinatorReads
    reported: bool


class NotesToMe(View):
    """Notes, latest first; `next` is the `after` of the page behind."""

    items: list[NoteToMe]
    next: str | None


class NoteInProgram(View):
    """A note as coordinators see it. `reported`: the recipient has reported it, and nobody has
    settled that."""

    kudos_id: str
    kind: str
    name: str
    artwork: str
    giver: Person = Field(serialization_alias="from")
    recipient: Person = Field(serialization_alias="to")
    loop_id: str
    loop_name: str | None
    at: InstantText
    note: str | None
    state: NoteState
    reported: bool


class NotesInProgram(View):
    """Notes of a program, latest first."""

    items: list[NoteInProgram]
    next: str | None

"""The committee itself: who is on it, conflicts, minutes and samples."""

from typing import Literal

from web.views.committee.desk import OfficerRole
from web.views.model import InstantText, View
from web.views.people import Person
from web.views.progress import DayText

ConflictWhy = Literal["family", "employer", "declared"]


class OfficerShown(View):
    """Somebody with a part in governance. `term_until`: the last day of their term, `leave_until`:
    of their leave, null without one; they, the `employer` and how many seats they have open are
    null too where who asks may not know. `sits`: whether they decide today. `version`: what a
    change must name."""

    person: Person
    roles: list[OfficerRole]
    term_until: DayText | None
    leave_until: DayText | None
    employer: str | None
    sits: bool
    open_seats: int | None
    version: int


class ConflictShown(View):
    """Two people of whom one may not decide about the other. `mine`: it is one of who asks."""

    one: Person
    other: Person
    why: ConflictWhy
    declared_at: InstantText
    mine: bool


class CommitteeShown(View):
    """Everybody with a part in governance, by name: to who has one, and to coordinators. The
    conflicts that stand, latest first: all of them to coordinators and auditors, one's own to
    others. `members`: how many decide today,
    of at least `quorum`; `least`, `most`: how many the policy asks for; `approvers`: how many must
    sign. `may_edit`: who asks keeps the list. `me`: who asks, null without a part."""

    people: list[OfficerShown]
    conflicts: list[ConflictShown]
    members: int
    quorum: int
    least: int
    most: int
    approvers: int
    may_edit: bool
    me: OfficerShown | None


class MinutesLine(View):
    """Sealed minutes. `from_day`, `to_day`: the days they cover, both included; `digest`: SHA-256
    of their text."""

    number: int
    from_day: DayText
    to_day: DayText
    digest: str
    sealed_at: InstantText


class MinutesShown(View):
    """Minutes of a program, latest first; they name nobody. `may_seal`: who asks is a chair."""

    items: list[MinutesLine]
    may_seal: bool


class MinutesRead(MinutesLine):
    """Minutes with their text: `document`, one line each."""

    document: list[str]

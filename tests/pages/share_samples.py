"""Awards of made-up programs as they are shared: public pages and share sheets."""

from dataclasses import replace
from datetime import UTC, datetime

from credentials.achievement import Achievement, Issuer
from directory.programs import ProgramDescription, ProgramIssuer
from events.instants import Instant
from tests.pages.samples import ACHIEVEMENTS, KUDOS, PROGRAMS
from web.sharing.public import PublicAward, ShownAward
from web.sharing.sharing import Shared
from web.store.credentials import StoredCredential
from web.views import shares
from web.views.shares import ShareShown

HOST = "https://badges.example"
SHARE_ID = "7Qm3vXoTzYb2NcRdKfWh9L"
_AT = Instant("2026-04-29T17:00:00.000000Z")


def _program(name: str) -> ProgramDescription:
    title = PROGRAMS[name].name
    issuer = ProgramIssuer(title, "https://northfield.example", "1234567")
    known = ProgramDescription(name, title, described=True, timezone="Europe/Berlin")
    return replace(known, issuer=issuer if name == "northfield" else None)


def _award(program: str, badge: str, level: str | None, criterion: str, holder: str) -> ShownAward:
    known = _program(program)
    title, description = {**ACHIEVEMENTS, **KUDOS}[badge]
    name = f"{title}, {level}" if level else title
    issuer = Issuer(program, known.name, None)
    return ShownAward(
        program=known,
        achievement=Achievement(issuer, badge, level, name, description, criterion),
        title=title,
        category="kudos" if badge in KUDOS else "achievement",
        is_levelled=level is not None,
        awarded_at=_AT,
        holder=holder,
    )


_HELD = "Mentorloop Certified and Excellence, gold, in one mentoring loop"
AWARDS = {
    "northfield": _award(
        "northfield", "momentum", "gold", "Meetings attended: 15, in one mentoring loop", "Wen Zhao"
    ),
    "empty": _award("empty", "trust", None, "Given by a mentoring partner", "Kim Okafor"),
    "long": _award(
        "long",
        "mentorloop-champion",
        None,
        f"{_HELD}; {_HELD}; and {_HELD}",
        PROGRAMS["long"].badges.person.display_name,
    ),
}
"""Awards with the names of their holders: of an achievement, of kudos, and of what bursts."""


def shared(program: str, *, show_name: bool = True) -> ShareShown:
    """How the award of a program is shared."""
    shown = AWARDS[program]
    credential = StoredCredential(
        "0b1c1a52-9d3b-4d5c-8f43-5a3c6f8f2d10", SHARE_ID, "", 1, 94_567, datetime.now(UTC)
    )
    return shares.of(HOST, Shared(PublicAward(SHARE_ID, shown, credential), show_name))

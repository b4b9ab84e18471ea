"""What an e-mail says: its subject and its lines. Names come before nouns, nothing is exclaimed.

Names are other people's input. They are put on one line, without the characters that turn the
direction of what follows; a subject can then hold nothing but a subject.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from notifier.rules.preferences import Category

SHOWN = 20
"""How many awards an e-mail lists; it counts the others."""

LINE_OF_CASE = "Something about a case has moved. Its page says what."
"""All that an e-mail says of a case."""

_LONGEST_NAME = 60
_IN_SUBJECT = 2
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = ("Cc", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class PersonNamed:
    """What somebody is called: in full, and by those who know them."""

    full: str
    short: str


@dataclass(frozen=True, slots=True)
class AwardNews:
    """An award that an e-mail is about. `description`: what the badge is for, as the catalog has
    it. `giver` None: nobody is known to have given it. `noted`: there is a private note, which no
    e-mail quotes; `kudos_id`: what it is read under."""

    award_id: str
    category: Category
    badge: str
    level: str | None = None
    description: str | None = None
    giver: PersonNamed | None = None
    noted: bool = False
    kudos_id: str | None = None


@dataclass(frozen=True, slots=True)
class InvitationNews:
    """An invitation that an e-mail is about: to recognise these people of a loop."""

    invitation_id: str
    about: tuple[PersonNamed, ...]


@dataclass(frozen=True, slots=True)
class EndingNews:
    """An award that ends, which an e-mail reminds of. `last_day`: through which it is valid."""

    category: Category
    badge: str
    last_day: date


def last_day(valid_until: datetime, zone: ZoneInfo) -> date:
    """The last day on which something is valid, where somebody is."""
    return (valid_until - timedelta(microseconds=1)).astimezone(zone).date()


def subject_of_endings(endings: Sequence[EndingNews]) -> str:
    """ "Proficient Mentor is valid until 8 April 2028", "2 of your badges end soon"."""
    if len(endings) == 1:
        return line_of_ending(endings[0]).rstrip(".")
    return f"{len(endings)} of your badges end soon"


def line_of_ending(ending: EndingNews) -> str:
    """A sentence about an award that ends."""
    day = ending.last_day
    return f"{ending_name(ending)} is valid until {day.day} {day:%B} {day.year}."


def subject_of_cases(number: int) -> str:
    """ "A case has moved", "3 cases have moved"."""
    return "A case has moved" if number == 1 else f"{number} cases have moved"


def ending_name(ending: EndingNews) -> str:
    """The badge of an award that ends; a badge without a name is "a badge"."""
    return _isolated(one_line(ending.badge)) or "a badge"


def one_line(text: str) -> str:
    """A text without line ends, control characters and marks that turn its direction; shortened if
    it is very long."""
    clean = "".join(
        " " if unicodedata.category(char) in _BREAKS else char
        for char in text
        if char not in _TURNS and not "\ud800" <= char <= "\udfff"
    )
    words = " ".join(clean.split())
    return words if len(words) <= _LONGEST_NAME else words[: _LONGEST_NAME - 1].rstrip() + "…"


def subject_of_awards(awards: Sequence[AwardNews]) -> str:
    """The subject of an e-mail about awards, at least one: "Tomas gave you Trust", "Trust from
    Tomas, and Momentum gold", "Trust from Tomas, Momentum gold, and 4 more"."""
    if len(awards) == 1:
        return _sentence(awards[0])
    parts = [_noun(award) for award in awards[:_IN_SUBJECT]]
    rest = len(awards) - len(parts)
    last = f"{rest} more" if rest else parts.pop()
    return f"{', '.join(parts)}, and {last}"


def line_of_award(award: AwardNews) -> str:
    """A sentence about an award: "Tomas Herrera recognised you for sharing knowledge with impact,
    with a personal note."."""
    what = _for(award.description)
    if award.category != "kudos":
        return f"You earned {badge_name(award)}{what and f', {what}'}."
    note = ", with a personal note" if award.noted else ""
    if award.giver is None:
        return f"You were given {badge_name(award)}{note}."
    giver = _named(award.giver.full)
    if not what:
        return f"{giver} gave you {badge_name(award)}{note}."
    return f"{giver} recognised you {what}{note}."


def badge_name(award: AwardNews) -> str:
    """ "Momentum gold"; a badge without a name is "a badge"."""
    name = _isolated(one_line(award.badge)) or "a badge"
    return " ".join(filter(None, (name, _isolated(one_line(award.level or "")))))


def subject_of_invitations(invitations: Sequence[InvitationNews]) -> str:
    """ "Would you recognise Tomas for something?" """
    about = dict.fromkeys(person.short for each in invitations for person in each.about)
    return f"Would you recognise {_people(list(about))} for something?"


def line_of_invitation(invitation: InvitationNews) -> str:
    """A sentence about an invitation, with names in full. Never a rating."""
    people = _people([person.full for person in invitation.about])
    return f"You met with {people}. Is there something to recognise? Say it with kudos."


def _sentence(award: AwardNews) -> str:
    if award.category != "kudos":
        return f"You earned {badge_name(award)}"
    if award.giver is None:
        return f"You were given {badge_name(award)}"
    return f"{_named(award.giver.short)} gave you {badge_name(award)}"


def _noun(award: AwardNews) -> str:
    if award.category == "kudos" and award.giver is not None:
        return f"{badge_name(award)} from {_named(award.giver.short)}"
    return badge_name(award)


def _named(name: str) -> str:
    return _isolated(one_line(name)) or "Somebody"


def _isolated(name: str) -> str:
    """A name that is written from the right, so that the sentence around it is not."""
    if any(unicodedata.bidirectional(char) in ("R", "AL") for char in name):
        return f"\u2068{name}\u2069"
    return name


def _people(names: Sequence[str]) -> str:
    known = [_isolated(name) for name in map(one_line, names) if name]
    if len(known) <= 1:
        return known[0] if known else "somebody"
    if len(known) == 2:
        return f"{known[0]} and {known[1]}"
    return f"{known[0]}, {known[1]} and {len(known) - 2} more"


def _for(description: str | None) -> str:
    """ "for sharing knowledge with impact", of a description that says what somebody was doing."""
    words = (description or "").rstrip(". ").split()
    if not any(word.endswith("ing") for word in words[:2]):
        return ""
    return f"for {words[0][0].lower()}{' '.join(words)[1:]}"

"""What one e-mail says, before it is written as text and as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from notifier.channels.email.links import Links
from notifier.rules import wording
from notifier.rules.preferences import Category
from notifier.rules.wording import AwardNews, EndingNews, InvitationNews

_NAMES: dict[Category, str] = {
    "achievement": "achievements",
    "kudos": "kudos",
    "invitation": "invitations",
    "recognition": "cases",
}
_METALS = frozenset({"bronze", "silver", "gold"})
_KUDOS = frozenset({"trust", "networking", "expertise", "commitment", "creativity"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: `tint` names its colours; `mark` is one letter in them; `action` is the text of
    its link, if it has one."""

    title: str
    line: str
    tint: str = "plain"
    mark: str = ""
    action: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """All that an e-mail says. `category`: what its unsubscribe link ends; None of a test, which
    has no such link. `more`: how many entries are left out."""

    subject: str
    heading: str
    entries: tuple[Paragraph, ...]
    button: str
    button_link: str
    category: Category | None
    category_name: str = ""
    unsubscribe: str | None = None
    more: int = 0


def of_awards(awards: Sequence[AwardNews], links: Links) -> Letter:
    """About awards, at least one. Its unsubscribe link has the category of the first."""
    category = awards[0].category
    subject = wording.subject_of_awards(awards)
    return Letter(
        subject=subject,
        heading=subject,
        entries=tuple(_award(award, links) for award in awards[: wording.SHOWN]),
        button="Your badges",
        button_link=links.kudos,
        category=category,
        category_name=_NAMES[category],
        unsubscribe=links.unsubscribe(category),
        more=max(0, len(awards) - wording.SHOWN),
    )


def of_invitations(invitations: Sequence[InvitationNews], links: Links) -> Letter:
    """About invitations, at least one."""
    subject = wording.subject_of_invitations(invitations)
    return Letter(
        subject=subject,
        heading=subject,
        entries=tuple(_invitation(each, links) for each in invitations[: wording.SHOWN]),
        button="Your badges",
        button_link=links.kudos,
        category="invitation",
        category_name=_NAMES["invitation"],
        unsubscribe=links.unsubscribe("invitation"),
        more=max(0, len(invitations) - wording.SHOWN),
    )


def of_reminders(endings: Sequence[EndingNews], links: Links) -> Letter:
    """About awards that end, at least one, the first to end first."""
    category = endings[0].category
    subject = wording.subject_of_endings(endings)
    return Letter(
        subject=subject,
        heading=subject,
        entries=tuple(_ending(each) for each in endings[: wording.SHOWN]),
        button="Your badges",
        button_link=links.kudos,
        category=category,
        category_name=_NAMES[category],
        unsubscribe=links.unsubscribe(category),
        more=max(0, len(endings) - wording.SHOWN),
    )


def of_cases(case_ids: Sequence[str], links: Links) -> Letter:
    """About cases that have moved, at least one. It does not say how: what a case is about, and
    what was decided, stands on pages alone."""
    subject = wording.subject_of_cases(len(case_ids))
    return Letter(
        subject=subject,
        heading=subject,
        entries=tuple(
            Paragraph("A case", wording.LINE_OF_CASE, "plain", "§", "Open it", links.case(each))
            for each in case_ids[: wording.SHOWN]
        ),
        button="Your notifications",
        button_link=links.notifications,
        category="recognition",
        category_name=_NAMES["recognition"],
        unsubscribe=links.unsubscribe("recognition"),
        more=max(0, len(case_ids) - wording.SHOWN),
    )


def of_test(program_name: str, links: Links) -> Letter:
    """What somebody gets who asks whether e-mails reach them."""
    program = wording.one_line(program_name)
    return Letter(
        subject=f"A test from {program}",
        heading="E-mails reach you",
        entries=(
            Paragraph("Nothing to do", "You asked for this e-mail, to see whether it arrives."),
        ),
        button="Your settings",
        button_link=links.settings,
        category=None,
    )


def _award(award: AwardNews, links: Links) -> Paragraph:
    name = wording.badge_name(award)
    tint = _tint(award)
    line = wording.line_of_award(award)
    mark = name[:1].upper()
    if award.noted and award.kudos_id is not None:
        return Paragraph(name, line, tint, mark, "Read it", links.note(award.kudos_id))
    return Paragraph(name, line, tint, mark)


def _ending(ending: EndingNews) -> Paragraph:
    name = wording.ending_name(ending)
    line = f"{wording.line_of_ending(ending)} Ask your program how it is renewed."
    return Paragraph(name, line, "plain", name[:1].upper())


def _invitation(invitation: InvitationNews, links: Links) -> Paragraph:
    line = wording.line_of_invitation(invitation)
    link = links.give(invitation.invitation_id)
    return Paragraph("An invitation", line, "plain", "+", "Give kudos", link)


def _tint(award: AwardNews) -> str:
    level = (award.level or "").lower()
    if level in _METALS:
        return level
    badge = award.badge.lower()
    return badge if award.category == "kudos" and badge in _KUDOS else "plain"

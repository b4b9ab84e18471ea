"""One badge of one person: its levels, each with what it asks for, and the latest awards of it."""

from collections.abc import Sequence

from pydantic import Field

from directory import names
from engine.catalog.model import Catalog
from engine.projections import terms
from engine.projections.criterion_status import CriterionStatus
from engine.queries import badge, wording
from engine.queries.badge import LevelOfPerson
from engine.store.awards.standing import AwardOfBadge
from web.views import badges, people
from web.views.badges import LevelAwarded
from web.views.model import InstantText, View
from web.views.moment import Moment
from web.views.people import Person


class Amount(View):
    """How much there is of how much is needed."""

    have: float
    need: float


class Part(View):
    """A part of a criterion, in words, and whether it is met."""

    criterion: str
    met: bool
    progress: Amount
    parts: "list[Part]"


class LevelDetail(View):
    """A level (null for a badge without levels) with what it asks for, in words."""

    level: str | None
    criterion: str
    met: bool
    held: LevelAwarded | None
    progress: Amount
    parts: list[Part]


class RecentAward(View):
    """An award of the badge; `giver` and `kudos_id` of kudos only. `has_note`: whether a private
    note came with it, which me/notes has. `valid_until`: null if it does not end."""

    award_id: str
    loop_id: str | None
    level: str | None
    awarded_at: InstantText
    by_decision: bool
    giver: Person | None
    kudos_id: str | None
    has_note: bool
    valid_until: InstantText | None = None


class TermShown(View):
    """A time in which a badge of which awards end is held without a break; `ends` is null if that
    has no end, and is the first instant after it."""

    begins: InstantText
    ends: InstantText | None


class BadgeDetail(View):
    """A badge of somebody in a loop: the one asked for, else the one in which they hold the
    highest level; null if there is none, and for badges of the program. `recent` are the latest of
    the `total` awards that are held, and `terms` what they make together, if awards of it end."""

    badge: str
    name: str
    description: str
    category: str
    scope: str
    artwork: str
    repeatable: bool
    loop_id: str | None
    total: int
    levels: list[LevelDetail]
    recent: list[RecentAward]
    terms: list[TermShown] = Field(default_factory=list)


def read(
    moment: Moment, program: str, participant: str, name: str, loop: str | None
) -> BadgeDetail:
    """A badge of somebody.

    Raises:
        UnknownBadge, CatalogAltered
    """
    answer = badge.read(moment.engine, program, participant, name, loop)
    givers = {award.giver for award in answer.recent if award.giver is not None}
    known = names.people(moment.directory, program, givers)
    return BadgeDetail(
        badge=answer.badge.name,
        name=answer.badge.title,
        description=answer.badge.description,
        category=answer.badge.category,
        scope=answer.badge.scope,
        artwork=answer.badge.name,
        repeatable=answer.badge.repeatable is not None,
        loop_id=answer.loop,
        total=answer.total,
        levels=[_level(answer.catalog, level) for level in answer.levels],
        recent=[
            RecentAward(
                award_id=award.id,
                loop_id=award.loop,
                level=award.level,
                awarded_at=award.time,
                valid_until=award.valid_until,
                by_decision=award.decided,
                giver=None if award.giver is None else people.of(known[award.giver]),
                kudos_id=None if award.giver is None else award.occurrence,
                has_note=award.id in answer.noted,
            )
            for award in answer.recent
        ],
        terms=_terms(answer.recent),
    )


def _terms(awards: Sequence[AwardOfBadge]) -> list[TermShown]:
    if all(award.valid_until is None for award in awards):
        return []
    held = terms.merged((award.time, award.valid_until) for award in awards)
    return [TermShown(begins=term.begins, ends=term.ends) for term in held]


def _level(catalog: Catalog, level: LevelOfPerson) -> LevelDetail:
    status = level.status
    return LevelDetail(
        level=level.name or None,
        criterion=wording.plain(catalog, status.criterion),
        met=status.met,
        held=None if level.held is None else badges.held_level(level.held),
        progress=Amount(have=status.progress.have, need=status.progress.need),
        parts=[_part(catalog, part) for part in status.parts],
    )


def _part(catalog: Catalog, status: CriterionStatus) -> Part:
    return Part(
        criterion=wording.plain(catalog, status.criterion),
        met=status.met,
        progress=Amount(have=status.progress.have, need=status.progress.need),
        parts=[_part(catalog, part) for part in status.parts],
    )

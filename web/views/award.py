"""One award of one person, with what it rests on in words."""

from engine.projections.award import Award
from engine.queries import award
from engine.queries.award import AwardOfPerson
from engine.rules.criteria.criterion import EvidenceItem
from web.sharing import sharing
from web.views import shares
from web.views.fact_words import words_of
from web.views.model import InstantText, View
from web.views.moment import Moment
from web.views.shares import ShareShown


class AwardItself(View):
    """An award, as exports and messages name its fields. `valid_until`: null if it does not end."""

    award_id: str
    program_id: str
    loop_id: str | None
    recipient_id: str
    badge: str
    level: str | None
    occurrence: str
    awarded_at: InstantText
    valid_until: InstantText | None


class EvidenceInWords(View):
    """What an award rests on: what happened and when, without whose it was."""

    kind: str
    at: InstantText


class AwardDetail(View):
    """An award. `standing`: whether it is held; `revision`: odd for awarded, even for revoked.
    `share`: its public page, null while it is not shared."""

    award: AwardItself
    badge_name: str
    evidence: list[EvidenceInWords]
    revision: int
    standing: bool
    share: ShareShown | None


def read(moment: Moment, program: str, participant: str, award_id: str, host: str) -> AwardDetail:
    """An award of somebody. `host`: of public pages.

    Raises:
        UnknownAward, CatalogAltered
    """
    answer = award.read(moment.engine, program, participant, award_id)
    announced = answer.announced
    shared = sharing.shared_now(moment, announced)
    return AwardDetail(
        award=_itself(announced.award),
        badge_name=answer.badge.title,
        evidence=[_in_words(answer, item) for item in announced.award.evidence],
        revision=announced.revision,
        standing=announced.standing,
        share=None if shared is None else shares.of(host, shared),
    )


def _itself(item: Award) -> AwardItself:
    return AwardItself(
        award_id=item.id,
        program_id=item.program,
        loop_id=item.loop,
        recipient_id=item.recipient,
        badge=item.badge,
        level=item.level,
        occurrence=item.occurrence,
        awarded_at=item.time,
        valid_until=item.valid_until,
    )


def _in_words(answer: AwardOfPerson, item: EvidenceItem) -> EvidenceInWords:
    below = answer.below.get(item.id) if item.type == "award" else None
    if below is None:
        return EvidenceInWords(kind=words_of(item.type), at=item.time)
    title = answer.titles.get(below.award.badge, below.award.badge)
    level = f", {below.award.level}" if below.award.level else ""
    return EvidenceInWords(kind=f"{title}{level} was awarded", at=item.time)

"""My progress for the eye: where somebody stands in a sentence, the stages as steps, what is asked.

What matters now comes first: a renewal that is open or late, else the next stage.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from credentials.artwork.drawing import Artwork, draw
from web.rendering import cases, checklists, wording
from web.rendering.cases import CaseRow
from web.rendering.checklists import ChecklistCards
from web.rendering.texts import progress as texts
from web.views.committee.cases import CasesOfPerson, MatterOpen
from web.views.line_facts import FactsOfLine
from web.views.progress import Checklist, ProgressShown, StageShown


@dataclass(frozen=True, slots=True)
class StageStep:
    """A stage as a step: its drawing, how somebody stands to it in words, and whether it is the one
    they are at."""

    stage: StageShown
    art: Artwork
    words: str
    held: bool
    current: bool


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What a stage or its renewal asks for. `lead`: what there is to know first, "" for nothing.
    `later`: it is not the time for it yet. `facts`: the first that are behind each line, by its
    address. `apply`: it may be applied for now."""

    heading: str
    lead: str
    later: bool
    stage: StageShown
    cards: ChecklistCards
    facts: Mapping[str, FactsOfLine]
    apply: MatterOpen | None = None


@dataclass(frozen=True, slots=True)
class ProgressCards:
    """A page of somebody's progress. `nothing`: nothing at all is counted yet. `top`: the name of
    the highest stage, if they are there. `open_cases`, `ended_cases`: theirs; `waivers`: which
    exceptions they may ask for."""

    standing: str
    steps: tuple[StageStep, ...]
    asked: tuple[AskedOf, ...]
    nothing: bool
    top: str | None
    open_cases: tuple[CaseRow, ...] = ()
    ended_cases: tuple[CaseRow, ...] = ()
    waivers: tuple[MatterOpen, ...] = ()


Facts = Mapping[str, FactsOfLine]
_ENDED = ("final", "settled", "withdrawn")


def cards(
    view: ProgressShown,
    next_facts: Facts,
    renewal_facts: Facts,
    zone: str,
    *,
    own: bool,
    of_mine: CasesOfPerson | None = None,
) -> ProgressCards:
    """The page. `next_facts`, `renewal_facts`: the first facts behind each line of the checklists.
    `zone`: of who looks. `own`: whether it is theirs. `of_mine`: their cases, None where there is
    no committee or they are not theirs."""
    by_name = {stage.stage: stage for stage in view.stages}
    asked = []
    if view.next is not None:
        stage = by_name[view.next.stage]
        asked.append(_asked(texts.NEXT_STAGE, "", stage, view.next, next_facts))
    if view.renewal is not None:
        stage = by_name[view.renewal.stage]
        renewal = _asked(
            texts.RENEWAL,
            _about_renewal(stage, ask=own and of_mine is None),
            stage,
            view.renewal,
            renewal_facts,
        )
        asked.insert(0 if stage.renewal_open else len(asked), renewal)
    matters = [] if of_mine is None else of_mine.may_apply
    mine = [] if of_mine is None else cases.rows(of_mine.items)
    asked = [replace(each, apply=_may_apply(each, matters)) for each in asked]
    return ProgressCards(
        open_cases=tuple(row for row in mine if row.case.state not in _ENDED),
        ended_cases=tuple(row for row in mine if row.case.state in _ENDED),
        waivers=tuple(matter for matter in matters if matter.kind == "waiver"),
        standing=_standing(view, by_name),
        steps=tuple(_step(stage, view, zone) for stage in view.stages),
        asked=tuple(asked),
        nothing=not any(stage.terms for stage in view.stages)
        and view.next is not None
        and not any(line.facts or line.percent for line in view.next.lines),
        top=view.stages[-1].name if view.stages and view.stages[-1].in_good_standing else None,
    )


def _may_apply(asked: AskedOf, matters: Sequence[MatterOpen]) -> MatterOpen | None:
    kind = "renewal" if asked.cards.renewal else "first"
    badge = asked.stage.badge
    return next((one for one in matters if (one.matter.badge, one.kind) == (badge, kind)), None)


def _asked(
    heading: str, lead: str, stage: StageShown, checklist: Checklist, facts: Facts
) -> AskedOf:
    return AskedOf(
        heading=heading.format(stage=stage.name),
        lead=lead,
        later=checklist.renewal and not stage.renewal_open,
        stage=stage,
        cards=checklists.cards(checklist),
        facts=facts,
    )


def _standing(view: ProgressShown, by_name: Mapping[str, StageShown]) -> str:
    if view.current is not None:
        stage = by_name[view.current]
        if stage.last_day is None:
            return texts.HOLDS.format(stage=stage.name)
        return texts.HOLDS_UNTIL.format(stage=stage.name, day=wording.calendar_date(stage.last_day))
    ended = [stage for stage in view.stages if stage.last_day is not None]
    if not ended:
        return texts.HOLDS_NOTHING
    last_day = ended[-1].last_day or ""
    return texts.HAS_LAPSED.format(stage=ended[-1].name, day=wording.calendar_date(last_day))


def _step(stage: StageShown, view: ProgressShown, zone: str) -> StageStep:
    return StageStep(
        stage=stage,
        art=draw(stage.badge, "stage", stage.artwork, held=stage.in_good_standing),
        words=_words(stage, view, zone),
        held=stage.in_good_standing,
        current=stage.stage == view.current,
    )


def _words(stage: StageShown, view: ProgressShown, zone: str) -> str:
    runs = bool(stage.terms) and (stage.valid_until is None or stage.valid_until > view.as_of)
    if runs and stage.last_day is not None:
        return texts.IN_STANDING_UNTIL.format(day=wording.calendar_day(stage.last_day))
    if runs and stage.awarded_at is not None:
        return texts.IN_STANDING.format(day=wording.day(stage.awarded_at, zone))
    if stage.in_good_standing:
        return texts.BELOW
    if stage.last_day is not None:
        return texts.LAPSED.format(day=wording.calendar_day(stage.last_day))
    is_next = view.next is not None and view.next.stage == stage.stage
    return texts.NEXT if is_next else texts.NOT_HELD


def _about_renewal(stage: StageShown, *, ask: bool) -> str:
    assert stage.last_day is not None
    day = wording.calendar_date(stage.last_day)
    if not stage.renewal_open:
        opens = wording.calendar_date(stage.renewal_opens or stage.last_day)
        return texts.RENEWAL_OPENS.format(stage=stage.name, day=day, opens=opens)
    if stage.in_good_standing:
        text = texts.RENEWAL_OPEN if ask else texts.RENEWAL_OPEN_OF
    else:
        text = texts.RENEWAL_LATE if ask else texts.RENEWAL_LATE_OF
    return text.format(stage=stage.name, day=day)

"""A case for the eye: where it stands in a sentence, its steps so far and those to come.

What is asked of who looks comes first; every step has a day, past or due.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from governance.rules.states import APPEALABLE, WITH_PANEL
from web.rendering import checklists, wording
from web.rendering.checklists import ChecklistCards
from web.rendering.texts import case as texts
from web.views.committee.cases import CaseLine, CaseShown
from web.views.committee.desk import DeskLine

_OUTCOME_STATES = ("decided", "final", "settled")


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A step of a case. `day`: when it was, or is due, as people read it; "" where that is not
    known."""

    words: str
    day: str
    done: bool
    current: bool


@dataclass(frozen=True, slots=True)
class CaseCards:
    """A page of a case. `heading`, `sentence`: where it stands. `due`: until when, and `left`: how
    far away that is, "" where nothing is due."""

    title: str
    heading: str
    sentence: str
    due: str
    left: str
    steps: tuple[CaseStep, ...]
    lines: ChecklistCards | None
    lines_lead: str


def cards(case: CaseShown, zone: str, *, own: bool) -> CaseCards:
    """The page. `zone`: of who looks. `own`: whether the case is about them."""
    heading, sentence = _now(case, zone) if own else _now_of(case)
    lines = None if case.lines is None else checklists.cards(case.lines)
    due_words = _due(case, own=own)
    before = case.state in ("applied", "acknowledged") or case.state in WITH_PANEL
    frozen = case.as_of is not None and not before
    return CaseCards(
        title=title(case, own=own),
        heading=heading,
        sentence=sentence,
        due=due_words,
        left=left(case) if due_words else "",
        steps=tuple(_steps(case, zone, own=own)),
        lines=lines,
        lines_lead=texts.LINES_FROZEN.format(day=wording.day(case.as_of, zone))
        if frozen and case.as_of is not None
        else texts.LINES_NOW,
    )


def title(case: CaseLine, *, own: bool) -> str:
    """What a case is called."""
    titles = texts.TITLES if own else texts.TITLES_OF
    return titles[case.kind].format(matter=case.matter.name)


def _due(case: CaseShown, *, own: bool) -> str:
    """Until when the present step lasts; "" where that says nothing to who looks."""
    words = texts.DUE_OF_MINE if own else texts.DUE_OF
    if case.due_on is None or case.state not in words or (own and _is_over_for_them(case)):
        return ""
    return words[case.state].format(day=wording.calendar_date(case.due_on))


def _is_over_for_them(case: CaseLine) -> bool:
    """Whether whom it is about has nothing to wait for or to do any more: what cannot be appealed
    becomes final on a day that says nothing to them."""
    return case.state == "final" or (case.state == "decided" and "appeal" not in case.may)


def left(case: CaseLine | DeskLine) -> str:
    """How far away that is: "12 days left", "3 days late"."""
    days = case.days_left
    if case.due_on is None or days is None:
        return ""
    if days < 0:
        return wording.counted(-days, texts.OVERDUE)
    return wording.counted(days, texts.DAYS_LEFT) if days else texts.LAST_DAY


def outcome(case: CaseLine, last_day: str | None) -> tuple[str, str]:
    """A case that has an outcome, for whom it is about: a heading and a sentence."""
    assert case.outcome is not None
    heading, sentence = texts.OUTCOMES[case.outcome]
    if last_day is None and case.outcome in texts.OUTCOMES_WITHOUT_DAY:
        return heading, texts.OUTCOMES_WITHOUT_DAY[case.outcome]
    day = "" if last_day is None else wording.calendar_date(last_day)
    return heading, sentence.format(matter=case.matter.name, day=day)


def _now(case: CaseShown, zone: str) -> tuple[str, str]:
    open_lines = 0 if case.lines is None else case.lines.open
    match case.state:
        case "applied":
            return texts.NOW_APPLIED_OPEN if open_lines else texts.NOW_APPLIED
        case "acknowledged" if open_lines:
            heading, sentence = texts.NOW_WAITING
            return heading.format(lines=wording.counted(open_lines, texts.LINES_OPEN)), sentence
        case "acknowledged":
            return texts.NOW_READY
        case "drawn" | "reviewing":
            return texts.NOW_PANEL
        case "closed":
            return texts.NOW_CLOSED
        case "hearing":
            return texts.NOW_ANSWERED if case.answer is not None else texts.NOW_HEARING
        case "settling":
            heading, sentence = texts.NOW_SETTLING
            day = "" if case.desk_from is None else wording.day(case.desk_from, zone)
            return heading, sentence.format(day=day)
        case "on_desk" if case.below_quorum:
            return texts.NOW_SHORT
        case "on_desk":
            return texts.NOW_APPEALED if case.kind == "appeal" else texts.NOW_ON_DESK
        case "appealed":
            return texts.NOW_APPEALED
        case "withdrawn":
            return texts.NOW_WITHDRAWN
    decision = case.decision
    return outcome(case, None if decision is None else decision.last_day)


def _now_of(case: CaseShown) -> tuple[str, str]:
    if case.state in _OUTCOME_STATES and case.outcome is not None:
        return texts.OUTCOME_NAMES[case.outcome], texts.OF_NOW[case.state]
    if case.below_quorum:
        return texts.STATES[case.state], texts.SHORT_OF
    return texts.STATES[case.state], texts.OF_NOW[case.state]


def _steps(case: CaseShown, zone: str, *, own: bool) -> Iterable[CaseStep]:
    yield from _past(case, zone, own=own)
    for number, (words, day) in enumerate(_coming(case, zone, own=own)):
        yield CaseStep(words, day, done=False, current=number == 0)


def _past(case: CaseShown, zone: str, *, own: bool) -> Iterable[CaseStep]:
    frozen = False
    for event in case.timeline:
        words = texts.EVENTS.get(event.kind)
        if words is None:
            continue
        if event.kind == "case.opened":
            words = (texts.OPENED if own else texts.OPENED_OF)[case.kind]
        if event.kind == "pack.frozen":
            words = texts.FROZEN_AGAIN if frozen else words
            frozen = True
        yield CaseStep(words, wording.day(event.at, zone), done=True, current=False)


def _coming(case: CaseShown, zone: str, *, own: bool) -> Sequence[tuple[str, str]]:
    """The steps to come; the day of the first is the one that is due."""
    steps: tuple[str, ...] = ()
    match case.state:
        case "applied":
            steps = ("acknowledged", "frozen", "desk", "decided")
        case "acknowledged":
            steps = ("frozen", "desk", "decided")
        case "drawn" | "reviewing":
            steps = ("panel", "frozen_then", "desk", "decided")
        case "closed":
            steps = ("frozen_then", "desk", "decided")
        case "hearing":
            steps = ("answer", "frozen_then", "desk", "decided")
        case "settling":
            steps = ("desk", "decided")
        case "on_desk":
            steps = ("settled",) if case.kind == "appeal" else ("decided", "final_then")
        case "appealed":
            steps = ("settled",)
        case "decided":
            steps = ("final_then" if case.outcome in APPEALABLE else "final",)
    waits = own and case.state == "acknowledged"  # no day on which anything ends for them
    first = "" if case.due_on is None or waits else wording.calendar_day(case.due_on)
    if case.state == "settling" and case.desk_from is not None:
        first = wording.day(case.desk_from, zone)
    return [
        ((texts.COMING if own else texts.COMING_OF)[step], first if not number else "")
        for number, step in enumerate(steps)
    ]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list. `title`: what it is called by whom it is about; `due_of_mine`: until when
    something is asked or waited for there, for them, None for nothing. `left`: how far away its day
    is."""

    case: CaseLine
    title: str
    due_of_mine: str | None
    left: str


def rows(cases: Iterable[CaseLine]) -> list[CaseRow]:
    """Cases of a list, in its order."""
    return [
        CaseRow(
            case,
            title(case, own=True),
            None if _is_over_for_them(case) else case.due_on,
            left(case),
        )
        for case in cases
    ]

"""The committee's desk for the eye: what is asked of who looks, what is open, what follows.

Nothing here names whom a case is about, unless the view does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from governance.rules.states import Outcome
from web.rendering import cases, checklists, wording
from web.rendering.cases import CaseStep
from web.rendering.checklists import ChecklistCards
from web.rendering.texts import case as case_texts
from web.rendering.texts import desk as texts
from web.views.committee.desk import DeskCase, DeskLine

_GRANTS = ("granted", "renewed")


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A case of the queue. `asked`: what is asked of who looks, and `why_not`, why they do not
    decide; "" for nothing."""

    line: DeskLine
    title: str
    asked: str
    why_not: str
    signed: str
    left: str


@dataclass(frozen=True, slots=True)
class OutcomeChoice:
    """An outcome that can be signed, in words."""

    value: Outcome
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class SignatureForm:
    """What stands in the form. `fault`: what is wrong, by kind of refusal; "" for nothing."""

    outcome: str = ""
    statement: str = field(default="", repr=False)
    also: frozenset[str] | None = None
    retracts: frozenset[str] = frozenset()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class DeskCards:
    """A page of a case on the desk. `after`: what follows a signature. `missing`: why it cannot be
    granted, `gives_up`: what an early renewal costs; "" for nothing. `statement_hint`: which
    outcomes need reasons."""

    title: str
    row: DeskRow
    steps: tuple[CaseStep, ...]
    after: str
    lines: ChecklistCards | None
    choices: tuple[OutcomeChoice, ...]
    missing: str
    gives_up: str
    statement_hint: str


def row(line: DeskLine) -> DeskRow:
    """A case of the queue."""
    lacking = max(line.approvers - line.signed, 0)
    asked = texts.ASKED[line.seat].format(more=wording.counted(lacking, texts.MORE))
    reasons = [texts.CONFLICTS[kind] for kind in line.conflicts]
    return DeskRow(
        line=line,
        title=texts.CASE.format(matter=line.matter.name, kind=case_texts.KINDS[line.kind].lower()),
        asked=asked,
        why_not=texts.NOT_YOU.format(why=", ".join(reasons)) if reasons else "",
        signed=wording.counted(line.signed, texts.SIGNED, of=line.approvers),
        left=cases.left(line),
    )


def rows(lines: Iterable[DeskLine]) -> list[DeskRow]:
    """The cases of a queue, in its order."""
    return [row(line) for line in lines]


def cards(case: DeskCase) -> DeskCards:
    """The page of a case on the desk."""
    lines = None if case.pack is None else checklists.cards(case.pack.checklist)
    lacking = len(lines.open) if lines is not None else 0
    asked = case.kind in ("first", "renewal", "waiver")
    missing = ""
    if asked and lacking and not set(case.offered) & set(_GRANTS):
        missing = wording.counted(lacking, texts.NOT_OFFERED)
    first, last = texts.AFTER.get(case.kind, texts.AFTER["first"])
    return DeskCards(
        title=texts.TITLES[case.kind].format(matter=case.matter.name),
        row=row(case),
        steps=tuple(_steps(case, lines)),
        after=last if case.signed + 1 >= case.approvers else first,
        lines=lines,
        choices=tuple(_choice(case, outcome) for outcome in case.offered),
        missing=missing,
        gives_up=wording.counted(case.gives_up, texts.GIVES_UP) if case.gives_up else "",
        statement_hint=_statement_hint(case),
    )


def _steps(case: DeskCase, lines: ChecklistCards | None) -> Iterable[CaseStep]:
    opened = case.pack is not None
    yield CaseStep(texts.STEP_OPEN, "", done=opened, current=not opened)
    read = texts.STEP_READ_CLOSED
    if lines is not None and lines.of:
        read = texts.STEP_READ.format(lines=_how_open(len(lines.open), lines.of))
    yield CaseStep(read, "", done=case.mine is not None, current=opened and case.mine is None)
    signed = texts.STEP_SIGN.format(signed=row(case).signed)
    if case.mine is not None:
        signed = texts.STEP_SIGN_DONE.format(outcome=case_texts.OUTCOME_NAMES[case.mine].lower())
    yield CaseStep(signed, "", done=case.mine is not None, current=False)


def _how_open(lacking: int, of: int) -> str:
    if not lacking:
        return texts.ALL_MET.format(of=of)
    return wording.counted(lacking, texts.SOME_OPEN, of=of)


def _choice(case: DeskCase, outcome: Outcome) -> OutcomeChoice:
    wanted: Mapping[str, tuple[str, str]] = texts.WAIVERS if case.matter.waiver else {}
    name, words = wanted.get(outcome, texts.OUTCOMES[outcome])
    day = "" if case.new_last_day is None else wording.calendar_date(case.new_last_day)
    return OutcomeChoice(outcome, name, words.format(matter=case.matter.name, day=day))


def _statement_hint(case: DeskCase) -> str:
    needed = [outcome for outcome in case.offered if outcome in case.statement_for]
    if not needed:
        return texts.STATEMENT_OPTIONAL
    names = [texts.OUTCOMES[outcome][0].lower() for outcome in needed]
    return texts.STATEMENT_HINT.format(which=texts.OR.join(names))

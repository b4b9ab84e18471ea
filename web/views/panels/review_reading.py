"""Reads what somebody is asked to review, as they may see it: never whose work it is."""

from collections.abc import Mapping

from engine.catalog.policy import Rubric
from events.instants import from_datetime
from governance.panels import requests
from governance.panels.dossier import dossier_of
from governance.panels.requests import OpenRequest, ReviewRequest
from governance.rules.dossiers import Dossier, DossierLearner
from governance.store import panels
from web.views.committee.docket import Docket
from web.views.panels.reviews import (
    AssessmentRead,
    CheckpointRead,
    DossierMonth,
    DossierShown,
    LearnerRead,
    ReviewLine,
    ReviewShown,
    ReviewsShown,
    WorkOfKind,
)
from web.views.rubrics import RubricRow

_OPEN = ("asked", "given")


def listed(docket: Docket) -> ReviewsShown:
    """What who asks is or was asked to review."""
    every = requests.of_reviewer(docket.sitting, docket.program, _me(docket))
    rubrics = {rubric.key: rubric for rubric in docket.rules.policy.rubrics}
    lines = [line(docket, each, rubrics.get(each.rubric)) for each in every]
    return ReviewsShown(
        today=docket.today.isoformat(),
        open=[one for one in lines if one.state in _OPEN],
        over=[one for one in lines if one.state not in _OPEN],
    )


def one(docket: Docket, request_id: str) -> ReviewShown:
    """A request to who asks, with what there is to read.

    Raises:
        CaseRefused: unknown-case, key-erased
    """
    asked = requests.one(docket.sitting, docket.program, request_id, _me(docket))
    request = asked.request
    is_open = request.state in _OPEN
    return ReviewShown(
        **dict(line(docket, request, asked.rubric)),
        rows=_rows(asked.rubric),
        dossier=_dossier(docket, asked) if is_open else None,
        ratings=dict(asked.ratings) or None,
        narrative=asked.narrative or None,
        may_change=is_open and asked.rubric is not None,
    )


def line(docket: Docket, request: ReviewRequest, rubric: Rubric | None) -> ReviewLine:
    """A request in a list."""
    name, _, version = request.rubric.rpartition("/")
    due = request.due_on if request.state in _OPEN else None
    left = None if due is None else (due - docket.today).days
    return ReviewLine(
        request_id=request.request_id,
        rubric=name,
        version=int(version),
        of="" if rubric is None else rubric.of,
        state=request.state,
        asked_at=from_datetime(request.asked_at),
        due_on=None if due is None else due.isoformat(),
        days_left=left,
        overdue=left is not None and left < 0,
        readable=request.readable,
    )


def _me(docket: Docket) -> str:
    me = docket.standing.participant
    assert me is not None, "asked as a reviewer"
    return me


def _rows(rubric: Rubric | None) -> list[RubricRow]:
    rows = () if rubric is None else rubric.rows
    return [RubricRow(row=row, levels=[*levels]) for row, levels in rows]


def _dossier(docket: Docket, asked: OpenRequest) -> DossierShown:
    panel = panels.of(docket.sitting.tx, asked.panel_id)
    drawn_at = asked.request.asked_at if panel is None else panel.drawn_at
    return shown(dossier_of(docket.sitting, docket.program, asked.subject, drawn_at))


def shown(dossier: Dossier) -> DossierShown:
    """A dossier as an answer has it."""
    return DossierShown(
        months=[DossierMonth(month=month, meetings=number) for month, number in dossier.months],
        meetings=dossier.meetings,
        work=_work(dossier.work),
        learners=[_learner(learner) for learner in dossier.learners],
    )


def _learner(learner: DossierLearner) -> LearnerRead:
    return LearnerRead(
        number=learner.number,
        meetings=learner.meetings,
        work=_work(learner.work),
        checkpoints=[
            CheckpointRead(month=each.month, result=each.result, cause=each.cause)
            for each in learner.checkpoints
        ],
        assessments=[
            AssessmentRead.model_validate(
                {
                    "month": each.month,
                    "phase": each.phase,
                    "rows": dict(each.rows),
                    "total": each.total,
                }
            )
            for each in learner.assessments
        ],
    )


def _work(work: Mapping[str, int]) -> list[WorkOfKind]:
    return [WorkOfKind(kind=kind, number=number) for kind, number in work.items()]

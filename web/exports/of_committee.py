"""What an export has of the committee: one's cases, one's part in it, and what one wrote there."""

from collections.abc import Iterator

from events.instants import from_datetime, parse_instant
from governance.calibration import results
from governance.cases import texts
from governance.committee import Committee, Sitting
from governance.panels.own_reviews import reviews_by
from governance.rules.calibration.raters import two_digits
from governance.store import (
    calibrations,
    cases,
    conflicts,
    consents,
    fairness,
    log,
    people,
    warnings,
)
from governance.store.cases import Case
from governance.store.consents import Consent
from governance.store.log import LogEntry
from web.exports.document import (
    CaseExported,
    CaseStepExported,
    CommitteeExported,
    ConflictExported,
    ConsentExported,
    GroupDeclaredExported,
    OfficeExported,
    OwnCalibrationExported,
    OwnReviewExported,
    WarningAnswerExported,
    WrittenExported,
)

_OWN_STEPS = frozenset({
    "case.opened", "case.acknowledged", "case.withdrawn", "hearing.answered", "pack.frozen",
    "decision.published", "appeal.lodged", "appeal.settled", "panel.drawn", "panel.closed",
})  # fmt: skip


def read(committee: Committee | None, program: str, person: str) -> CommitteeExported:
    """All that governance has of somebody; nothing where there is no committee.

    Raises:
        DatabaseUnreachable
    """
    if committee is None:
        return CommitteeExported(
            office=None,
            conflicts=[],
            cases=[],
            written=[],
            declared_groups=[],
            own_reviews=[],
            own_calibrations=[],
            consents=[],
            warnings_answered=[],
        )
    with committee.sitting() as sitting:
        return CommitteeExported(
            office=_office(sitting, program, person),
            conflicts=[*_conflicts(sitting, program, person)],
            cases=[_case(sitting, case) for case in cases.of_subject(sitting.tx, program, person)],
            written=[*_written(sitting, program, person)],
            declared_groups=[
                GroupDeclaredExported(dimension=dimension, group=group)
                for dimension, group in fairness.declared(sitting.tx, program, person).items()
            ],
            own_reviews=[*_own_reviews(sitting, program, person)],
            own_calibrations=[*_own_calibrations(sitting, program, person)],
            consents=[_consent(each) for each in consents.of_learner(sitting.tx, program, person)],
            warnings_answered=[
                WarningAnswerExported(
                    learner_id=each.learner,
                    kind=each.kind,
                    answer=each.answer,
                    answered_at=from_datetime(each.answered_at),
                )
                for each in warnings.of_mentor(sitting.tx, program, person)
            ],
        )


def _own_calibrations(
    sitting: Sitting, program: str, person: str
) -> Iterator[OwnCalibrationExported]:
    asked = calibrations.of_rater(sitting.tx, program, person)
    own = results.own(sitting, program, asked)
    for each in asked:
        mine = own.get(each.calibration_id)
        bias = None if mine is None else mine.result.bias
        yield OwnCalibrationExported(
            calibration_id=each.calibration_id,
            asked_at=from_datetime(each.asked_at),
            rated=each.rated,
            took_part=each.took_part,
            finding=each.finding,
            bias=None if bias is None else two_digits(bias),
        )


def _consent(each: Consent) -> ConsentExported:
    return ConsentExported(
        purpose=each.subject.purpose,
        about=each.subject.about,
        mentor_id=each.mentor,
        title=each.subject.title,
        address=each.subject.address,
        asked_at=from_datetime(each.asked_at),
        given_at=None if each.given_at is None else from_datetime(each.given_at),
        withdrawn_at=None if each.withdrawn_at is None else from_datetime(each.withdrawn_at),
    )


def _office(sitting: Sitting, program: str, person: str) -> OfficeExported | None:
    officer = people.of(sitting.tx, program, person)
    if officer is None:
        return None
    return OfficeExported(
        roles=sorted(officer.roles),
        term_until=officer.term_until and officer.term_until.isoformat(),
        leave_until=officer.leave_until and officer.leave_until.isoformat(),
        employer=officer.employer,
    )


def _conflicts(sitting: Sitting, program: str, person: str) -> Iterator[ConflictExported]:
    for each in conflicts.of_person(sitting.tx, program, person):
        yield ConflictExported(
            with_id=each.other if each.one == person else each.one,
            why=each.why,
            declared_at=from_datetime(each.declared_at),
        )


def _case(sitting: Sitting, case: Case) -> CaseExported:
    entries = log.of_case(sitting.tx, case.case_id)
    return CaseExported(
        case_id=case.case_id,
        kind=case.kind,
        about=case.about,
        state=case.state,
        outcome=case.outcome,
        opened_at=from_datetime(case.opened_at),
        decided_at=None if case.decided_at is None else from_datetime(case.decided_at),
        decision_id=case.decision_id,
        steps=[
            CaseStepExported(
                kind=entry.kind,
                at=parse_instant(entry.at),
                text=texts.read(sitting, case, entry),
            )
            for entry in entries
            if entry.kind in _OWN_STEPS
        ],
        statements=[*_statements(sitting, case, entries)],
    )


def _statements(sitting: Sitting, case: Case, entries: list[LogEntry]) -> Iterator[str]:
    """The reasons for the outcome; what was written with votes for another is shown to nobody."""
    for entry in entries:
        of_outcome = entry.kind == "vote.signed" and entry.details["outcome"] == case.outcome
        text = texts.read(sitting, case, entry) if of_outcome else None
        if text is not None and entry.details["number"] == case.pack:
            yield text


def _written(sitting: Sitting, program: str, person: str) -> Iterator[WrittenExported]:
    """What somebody wrote in cases of others, first to last."""
    for entry in log.by_person(sitting.tx, program, person):
        case = None if entry.case_id is None else cases.of(sitting.tx, program, entry.case_id)
        if case is None or case.subject == person or entry.sealed is None:
            continue
        yield WrittenExported(
            case_id=case.case_id,
            kind=entry.kind,
            at=parse_instant(entry.at),
            outcome=entry.details.get("outcome"),
            text=texts.read(sitting, case, entry),
        )


def _own_reviews(sitting: Sitting, program: str, person: str) -> Iterator[OwnReviewExported]:
    """What somebody was asked to review, latest first."""
    for request, review in reviews_by(sitting, program, person):
        yield OwnReviewExported(
            rubric=request.rubric,
            state=request.state,
            asked_at=from_datetime(request.asked_at),
            ratings=None if review is None else dict(review.ratings),
            narrative=None if review is None else review.narrative,
        )

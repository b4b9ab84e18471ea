"""Reads calibrations for who asks: raters their own, coordinators and auditors who takes part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.catalog.policy import Rubric
from governance.calibration import alarms, holding, results
from governance.calibration.alarms import DriftAlarm
from governance.calibration.results import OwnResult
from governance.rules.calibration import raters as rules
from governance.rules.calibration.terms import CalibrationTerms
from governance.store import anchors, calibrations
from governance.store.calibrations import Calibration, Rater
from web.views.committee.docket import Docket, NamedPeople, instant
from web.views.panels.calibrations import (
    AlarmShown,
    CalibrationShown,
    CalibrationsShown,
    OwnCalibration,
    RaterAsked,
    RowAgreed,
    RowOff,
    RubricCalibrated,
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the calibrations of a program share, read once."""

    docket: Docket
    terms: CalibrationTerms
    asked: Mapping[str, Sequence[Rater]]
    mine: Mapping[str, OwnResult]
    named: NamedPeople | None


def of_program(docket: Docket) -> CalibrationsShown:
    """The calibrations of a program. Rubrics that nobody calibrates are left out where nobody may
    begin."""
    standing, tx = docket.standing, docket.sitting.tx
    every = calibrations.of_program(tx, docket.program)
    usable = anchors.usable(tx, docket.program)
    read = _read(docket, every)
    policy = docket.rules.policy
    alarmed = (
        alarms.alarms(
            docket.sitting, docket.program, policy, docket.rules.calendar, every,
            [rubric for rubric, number in usable.items() if number],
        )
        if standing.reads_all
        else []
    )  # fmt: skip
    shown = [_rubric(read, rubric, every, usable) for rubric in policy.rubrics]
    asks = policy.governance.get("calibration") is not None
    return CalibrationsShown(
        today=docket.today.isoformat(),
        limits=(str(read.terms.alpha_poor), str(read.terms.alpha_good)),
        reviews=standing.reviews,
        keeps=standing.coordinates,
        alarms=[_alarm(each) for each in alarmed],
        items=[each for each in shown if each.calibrations or (standing.coordinates and asks)],
    )


def _read(docket: Docket, every: Sequence[Calibration]) -> _Read:
    sitting, standing = docket.sitting, docket.standing
    ids = [each.calibration_id for each in every]
    asked: dict[str, list[Rater]] = {}
    for rater in calibrations.raters(sitting.tx, ids):
        asked.setdefault(rater.calibration_id, []).append(rater)
    own = [rater for of in asked.values() for rater in of if rater.rater == standing.participant]
    everybody = {rater.rater for of in asked.values() for rater in of}
    return _Read(
        docket,
        holding.terms_of(docket.rules.policy),
        asked,
        results.own(sitting, docket.program, own),
        docket.known(*everybody) if standing.reads_all else None,
    )


def _rubric(
    read: _Read, rubric: Rubric, every: Sequence[Calibration], usable: Mapping[str, int]
) -> RubricCalibrated:
    theirs = [each for each in every if each.rubric == rubric.key]
    coached = _coached(read, theirs)
    is_open = any(each.state != "held" for each in theirs)
    may = read.docket.standing.coordinates and not is_open
    enough = usable.get(rubric.key, 0) >= read.terms.anchors
    return RubricCalibrated(
        rubric=rubric.name,
        version=rubric.version,
        of=rubric.of,
        anchors=usable.get(rubric.key, 0),
        needed=read.terms.anchors,
        coached=coached,
        offers=[
            *(["everybody"] if may and enough else []),
            *(["coached"] if may and enough and coached else []),
        ],
        calibrations=[_shown(read, each) for each in theirs],
    )


def _coached(read: _Read, theirs: Sequence[Calibration]) -> int:
    """How many the last calibration that could say so has coached."""
    latest: dict[str, str] = {}
    for calibration in theirs:  # latest first
        for rater in read.asked.get(calibration.calibration_id, ()):
            if rater.finding in ("passed", "coached"):
                latest.setdefault(rater.rater, rater.finding)
    return sum(finding == "coached" for finding in latest.values())


def _shown(read: _Read, of: Calibration) -> CalibrationShown:
    me = read.docket.standing.participant
    asked = read.asked.get(of.calibration_id, ())
    name, _, version = of.rubric.partition("/")
    own = next((each.rated for each in asked if each.rater == me), None)
    if own is None and of.state == "open" and of.asks == "everybody":
        own = 0 if read.docket.standing.reviews else None
    mine = read.mine.get(of.calibration_id)
    took_part = sum(bool(each.took_part) for each in asked)
    begun = sum(each.rated > 0 for each in asked)
    return CalibrationShown(
        calibration_id=of.calibration_id,
        rubric=name,
        version=int(version),
        state=of.state,
        asks=of.asks,
        opened_at=instant(of.opened_at) or "",
        due_on=of.due_on.isoformat(),
        closed_at=instant(of.closed_at),
        anchors=len(of.anchors),
        asked=len(asked),
        raters=begun if of.result is None else of.result.raters,
        took_part=took_part if of.state == "held" else None,
        rated=own,
        rows=_rows(of, read.terms),
        mine=None if mine is None else _mine(mine),
        people=None if read.named is None else _people(read, read.named, of),
    )


def _rows(of: Calibration, terms: CalibrationTerms) -> list[RowAgreed]:
    if of.result is None:
        return []
    bands = of.result.banded(terms)
    return [
        RowAgreed(
            row=row.row,
            alpha=_text(row.alpha),
            low=_text(row.low),
            high=_text(row.high),
            band=bands[row.row],
            ratings=row.ratings,
        )
        for row in of.result.rows
    ]


def _mine(own: OwnResult) -> OwnCalibration:
    result = own.result
    return OwnCalibration(
        took_part=own.took_part,
        finding=own.finding,
        anchors=result.anchors,
        bias=None if result.bias is None else rules.two_digits(result.bias),
        exact=None if result.exact is None else round(result.exact * 100),
        rows=[
            RowOff(
                row=row.row,
                bias=rules.two_digits(row.mean),
                exact=row.exact,
                of=row.of,
            )
            for row in result.rows
            if row.of
        ],
    )


def _people(read: _Read, named: NamedPeople, of: Calibration) -> list[RaterAsked]:
    return [
        RaterAsked(
            person=named.person(each.rater),
            rated=each.rated,
            of=len(of.anchors),
            took_part=each.took_part,
            coached=None if each.finding is None else each.finding == "coached",
        )
        for each in read.asked.get(of.calibration_id, ())
    ]


def _alarm(alarm: DriftAlarm) -> AlarmShown:
    name, _, version = alarm.rubric.partition("/")
    return AlarmShown(
        kind=alarm.kind,
        rubric=name,
        version=int(version),
        row=alarm.row,
        before=_text(alarm.before),
        now=_text(alarm.now),
        quarter=alarm.quarter,
        wide=alarm.wide,
        of=alarm.of,
        since=alarm.since and alarm.since.isoformat(),
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)

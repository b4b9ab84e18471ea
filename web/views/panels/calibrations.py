"""Calibrations as pages and the API show them. Of ratings a rater sees their own alone; how far
raters agree names nobody."""

from typing import Literal

from governance.calibration.alarms import AlarmKind
from governance.rules.calibration.agreement import AgreementBand
from governance.rules.calibration.raters import RaterFinding
from web.views.model import InstantText, View
from web.views.people import Person
from web.views.progress import DayText
from web.views.rubrics import RubricRow

CalibrationStep = Literal["open", "closed", "held"]


class RowAgreed(View):
    """How far raters agree on a row: Krippendorff's alpha with its interval, as decimals of six
    digits, null where it is undefined. `band`: good, fair, poor, undefined, or too_few raters."""

    row: str
    alpha: str | None
    low: str | None
    high: str | None
    band: AgreementBand
    ratings: int


class RowOff(View):
    """How far one's own ratings of a row are from the anchors on average, with a sign and two
    digits, and how many of them are the anchor's own."""

    row: str
    bias: str
    exact: int
    of: int


class OwnCalibration(View):
    """What a calibration says of who asks. `bias`, `exact`: over all rows, null without a rating;
    `exact` in per cent; `finding`: whether they may review by it."""

    took_part: bool
    finding: RaterFinding
    anchors: int
    bias: str | None
    exact: int | None
    rows: list[RowOff]


class RaterAsked(View):
    """Somebody who is asked, as coordinators see them. `rated`: how many anchors, of `of`;
    `coached`: null until there is a result."""

    person: Person
    rated: int
    of: int
    took_part: bool | None
    coached: bool | None


class CalibrationShown(View):
    """A calibration. `asks`: everybody, or who is coached; `anchors`: how many it has; `rated`: of
    these by who asks, null if they are not asked. `raters`: how many rated anything; `took_part`:
    everything. `people`: for coordinators and auditors, else null."""

    calibration_id: str
    rubric: str
    version: int
    state: CalibrationStep
    asks: Literal["everybody", "coached"]
    opened_at: InstantText
    due_on: DayText
    closed_at: InstantText | None
    anchors: int
    asked: int
    raters: int
    took_part: int | None
    rated: int | None
    rows: list[RowAgreed]
    mine: OwnCalibration | None
    people: list[RaterAsked] | None


class AlarmShown(View):
    """An alarm about a rubric: what its kind needs of the others is there, the rest null."""

    kind: AlarmKind
    rubric: str
    version: int
    row: str | None
    before: str | None
    now: str | None
    quarter: str | None
    wide: int
    of: int
    since: DayText | None


class RubricCalibrated(View):
    """A rubric with its calibrations, latest first. `anchors`: how many are kept, of `needed`;
    `coached`: how many are, now. `offers`: what a coordinator may open."""

    rubric: str
    version: int
    of: str
    anchors: int
    needed: int
    coached: int
    offers: list[Literal["everybody", "coached"]]
    calibrations: list[CalibrationShown]


class CalibrationsShown(View):
    """The calibrations of a program. `limits`: from which alpha a row is fair, and good; `alarms`:
    for coordinators and auditors; `reviews`: whether who asks rates; `keeps`: whether they keep
    anchors."""

    today: DayText
    limits: tuple[str, str]
    reviews: bool
    keeps: bool
    alarms: list[AlarmShown]
    items: list[RubricCalibrated]


class AnchorStep(View):
    """An anchor among those that somebody rates."""

    number: int
    title: str
    rated: bool


class AnchorToRate(View):
    """An anchor to be rated, the one of `number`. `rows`: with their levels; `given`: what who asks
    gave, null before; `may_change`: until the calibration closes."""

    calibration_id: str
    rubric: str
    version: int
    due_on: DayText
    may_change: bool
    number: int
    title: str
    text: str
    rows: list[RubricRow]
    given: dict[str, int] | None
    steps: list[AnchorStep]


class AnchorKept(View):
    """An anchor as coordinators keep it. `title`, `text`, `ratings`: null once whose work it is was
    erased; `uses`: in how many calibrations it was."""

    anchor_id: str
    title: str | None
    text: str | None
    ratings: dict[str, int] | None
    whose: Person | None
    kept_at: InstantText
    retired: bool
    uses: int


class RubricAnchors(View):
    """A rubric with its anchors, earliest first; `usable`: how many a calibration may have."""

    rubric: str
    version: int
    of: str
    rows: list[RubricRow]
    needed: int
    usable: int
    anchors: list[AnchorKept]


class AnchorsShown(View):
    """The anchors of a program."""

    items: list[RubricAnchors]

"""Calibrations as views give them: to a rater, a coordinator, and to nobody yet."""

from tests.pages.samples import at, person
from web.views.panels.calibrations import (
    AlarmShown,
    AnchorKept,
    AnchorsShown,
    AnchorStep,
    AnchorToRate,
    CalibrationShown,
    CalibrationsShown,
    OwnCalibration,
    RaterAsked,
    RowAgreed,
    RowOff,
    RubricAnchors,
    RubricCalibrated,
)
from web.views.rubrics import RubricRow

_LEVELS = ["Not shown", "Tells", "Listens and answers", "Feedback that is specific and kind",
           "The learner learns to ask"]  # fmt: skip
ROWS = [
    RubricRow(row=row, levels=_LEVELS) for row in ("communication", "expectations", "inclusion")
]
WORK = (
    "The learner came with five ideas and a deadline. The mentor asked which of them somebody "
    "would miss if it did not exist.\n\nTwo were left after ten minutes. They wrote a first test "
    "for each: what would have to be true by Friday."
)
LONG = "x" * 60


def _row(row: str, alpha: str | None, low: str | None, high: str | None, band: str) -> RowAgreed:
    fields = {"row": row, "alpha": alpha, "low": low, "high": high, "band": band, "ratings": 40}
    return RowAgreed.model_validate(fields)


AGREED = [
    _row("communication", "0.912871", "0.810000", "0.966000", "good"),
    _row("expectations", "0.799999", "0.571000", "0.912000", "fair"),
    _row("understanding", "0.412000", "-0.310000", "0.701000", "poor"),
    _row("inclusion", None, None, None, "undefined"),
]
MINE = OwnCalibration(
    took_part=True, finding="passed", anchors=8, bias="+0.25", exact=62,
    rows=[
        RowOff(row="communication", bias="+0.63", exact=3, of=8),
        RowOff(row="expectations", bias="-0.13", exact=7, of=8),
    ],
)  # fmt: skip
COACHED = MINE.model_copy(update={"finding": "coached", "bias": "+0.81", "exact": 31})


def _calibration(number: int, **more: object) -> CalibrationShown:
    fields: dict[str, object] = {
        "calibration_id": f"c{number}", "rubric": "practice", "version": 1, "state": "held",
        "asks": "everybody", "opened_at": at("2026-08-03"), "due_on": "2026-08-24",
        "closed_at": at("2026-08-20"), "anchors": 8, "asked": 6, "raters": 5, "took_part": 5,
        "rated": None, "rows": AGREED, "mine": None, "people": None,
    }  # fmt: skip
    return CalibrationShown.model_validate(fields | more)


def _asked(done: bool) -> list[RaterAsked]:
    return [
        RaterAsked(
            person=person(name.lower(), name), rated=rated, of=8, took_part=done or None,
            coached=(name == "Sofia Marino") if done else None,
        )
        for name, rated in (("Imani Okonkwo", 8), ("Priya Raman", 3), ("Sofia Marino", 0))
    ]  # fmt: skip


_OPEN: dict[str, object] = {
    "state": "open",
    "closed_at": None,
    "took_part": None,
    "rows": [],
    "raters": 2,
}
_OTHER: dict[str, object] = {"rubric": "practical"}


def _rubric(*shown: CalibrationShown, **more: object) -> RubricCalibrated:
    fields: dict[str, object] = {
        "rubric": "practice", "version": 1, "of": "Six months of mentoring, from a dossier",
        "anchors": 9, "needed": 8, "coached": 1, "offers": [], "calibrations": list(shown),
    }  # fmt: skip
    return RubricCalibrated.model_validate(fields | more)


def _alarm(kind: str, **more: object) -> AlarmShown:
    fields: dict[str, object] = {
        "kind": kind, "rubric": "practice", "version": 1, "row": None, "before": None, "now": None,
        "quarter": None, "wide": 0, "of": 0, "since": None,
    }  # fmt: skip
    return AlarmShown.model_validate(fields | more)


ALARMS = [
    _alarm("unreliable", row="understanding"),
    _alarm("fell", row="understanding", before="0.731000", now="0.412000"),
    _alarm("spread", quarter="2026-Q3", wide=3, of=7),
    _alarm("due", since="2026-11-03"),
    _alarm("due", rubric="practical"),
]


def _shown(*items: RubricCalibrated, **more: object) -> CalibrationsShown:
    fields: dict[str, object] = {
        "today": "2026-09-01", "limits": ("0.667", "0.8"), "reviews": False, "keeps": False,
        "alarms": [], "items": list(items),
    }  # fmt: skip
    return CalibrationsShown.model_validate(fields | more)


RATER = _shown(
    _rubric(
        _calibration(2, **_OPEN, rated=3), _calibration(1, mine=MINE, rated=8),
    ),
    _rubric(_calibration(3, **_OTHER, mine=COACHED, rated=8), rubric="practical"),
    reviews=True,
)  # fmt: skip
COORDINATOR = _shown(
    _rubric(
        _calibration(1, people=_asked(True)), _calibration(0, people=_asked(True)),
        offers=["everybody", "coached"],
    ),
    _rubric(_calibration(4, **_OTHER, **_OPEN, people=_asked(False)), rubric="practical"),
    _rubric(rubric="portfolio", anchors=3, coached=0),
    keeps=True, alarms=ALARMS,
)  # fmt: skip
NOBODY = _shown(reviews=True)
ALL_LONG = _shown(
    _rubric(
        _calibration(2, **_OPEN, rated=8, rubric=LONG), rubric=LONG, of=LONG * 3,
    ),
    reviews=True, keeps=True,
)  # fmt: skip
LISTS = {"northfield": RATER, "empty": NOBODY, "long": ALL_LONG}


def to_rate(number: int, **more: object) -> AnchorToRate:
    """An anchor of a rater who has rated two."""
    fields: dict[str, object] = {
        "calibration_id": "c2", "rubric": "practice", "version": 1, "due_on": "2026-09-21",
        "may_change": True, "number": number, "title": "Five ideas and a deadline", "text": WORK,
        "rows": ROWS, "given": None if number > 2 else {row.row: number for row in ROWS},
        "steps": [
            AnchorStep(number=each, title=f"Anchor {each}", rated=each <= 2) for each in range(1, 9)
        ],
    }  # fmt: skip
    return AnchorToRate.model_validate(fields | more)


TO_RATE = {
    "1": to_rate(1),
    "3": to_rate(3),
    "4": to_rate(4, title=LONG * 2, text=LONG * 20),
    "5": to_rate(5, may_change=False, given={row.row: 3 for row in ROWS}),
}


def _kept(number: int, **more: object) -> AnchorKept:
    fields: dict[str, object] = {
        "anchor_id": f"a{number}", "title": "Five ideas and a deadline", "text": WORK,
        "ratings": {row.row: 3 for row in ROWS}, "whose": None, "kept_at": at("2026-07-01"),
        "retired": False, "uses": number,
    }  # fmt: skip
    return AnchorKept.model_validate(fields | more)


def _of_rubric(*anchors: AnchorKept, **more: object) -> RubricAnchors:
    fields: dict[str, object] = {
        "rubric": "practice", "version": 1, "of": "Six months of mentoring, from a dossier",
        "rows": ROWS, "needed": 8, "usable": 2, "anchors": list(anchors),
    }  # fmt: skip
    return RubricAnchors.model_validate(fields | more)


_GONE = {"title": None, "text": None, "ratings": None, "retired": True}
KEPT = {
    "northfield": AnchorsShown(
        items=[
            _of_rubric(
                _kept(0), _kept(1, whose=person("lena", "Lena Fischer")), _kept(2, retired=True),
                _kept(3, **_GONE),
            ),
            _of_rubric(rubric="practical", usable=0),
        ]
    ),
    "empty": AnchorsShown(items=[]),
    "long": AnchorsShown(items=[_of_rubric(_kept(1, title=LONG * 2), rubric=LONG)]),
}  # fmt: skip

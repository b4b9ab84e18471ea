"""Reviews that somebody is asked for, as views give them."""

from engine.catalog.loader import find
from governance.rules.dossiers import KINDS
from tests.pages.case_samples import IMANI, LONG, MASTER, OF_LONG, PROFICIENT, RUTH, SAM
from tests.pages.samples import at
from web.views.panels.panels import (
    DrawLine,
    PanelLine,
    PanelsShown,
    SeatOpened,
    SeatsOpened,
)
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

_ROWS = ("breadth", "coherence", "iteration", "mastery", "timeliness", "articulation")
_RUBRICS = {rubric.key: rubric for rubric in find("recognition").policy.rubrics}
_MONTHS = ("2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05")


def _line(request: str, state: str, rubric: str = "practice/1", **more: object) -> ReviewLine:
    return ReviewLine.model_validate(_fields(request, state, rubric) | more)


def _fields(request: str, state: str, rubric: str) -> dict[str, object]:
    known = _RUBRICS[rubric]
    due = state in ("asked", "given")
    return {
        "request_id": request, "rubric": known.name, "version": known.version, "of": known.of,
        "state": state, "asked_at": at("2026-05-04"), "due_on": "2026-05-14" if due else None,
        "days_left": 9 if due else None, "overdue": False,
        "readable": state not in ("declined", "lapsed"),
    }  # fmt: skip


def _assessed(month: str, phase: str, *ratings: int) -> AssessmentRead:
    return AssessmentRead.model_validate({
        "month": month, "phase": phase, "rows": dict(zip(_ROWS, ratings, strict=True)),
        "total": sum(ratings),
    })  # fmt: skip


def _work(*numbers: int) -> list[WorkOfKind]:
    return [
        WorkOfKind(kind=kind, number=number)
        for kind, number in zip(KINDS, numbers, strict=False)
        if number
    ]


DOSSIER = DossierShown(
    months=[
        DossierMonth(month=month, meetings=number)
        for month, number in zip(_MONTHS, (2, 3, 4, 4, 5, 3, 1), strict=True)
    ],
    meetings=22,
    work=_work(2, 9, 3, 1, 1),
    learners=[
        LearnerRead(
            number=1, meetings=13, work=_work(1, 6, 2, 1),
            checkpoints=[
                CheckpointRead(month="2026-01", result="on_time", cause="none"),
                CheckpointRead(month="2026-02", result="late", cause="mentor"),
                CheckpointRead(month="2026-03", result="on_time", cause="none"),
            ],
            assessments=[
                _assessed("2025-11", "baseline", 1, 1, 2, 1, 1, 2),
                _assessed("2026-02", "interim", 2, 1, 2, 2, 2, 2),
                _assessed("2026-04", "final", 2, 3, 3, 2, 2, 3),
            ],
        ),
        LearnerRead(number=2, meetings=9, work=_work(1, 3, 1, 0, 1), checkpoints=[
            CheckpointRead(month="2026-02", result="missed", cause="excused")], assessments=[]),
    ],
)  # fmt: skip
_NOTHING = DossierShown(
    months=[DossierMonth(month=month, meetings=0) for month in _MONTHS],
    meetings=0, work=[], learners=[],
)  # fmt: skip
_LEARNER = DOSSIER.learners[0]
_MANY = DossierShown(
    months=[DossierMonth(month=month, meetings=1_234) for month in _MONTHS],
    meetings=8_638,
    work=_work(*[1_000] * 6),
    learners=[_LEARNER.model_copy(update={"number": number}) for number in range(1, 13)],
)


def _review(
    request: str,
    state: str,
    rubric: str = "practice/1",
    dossier: DossierShown | None = DOSSIER,
    **more: object,
) -> ReviewShown:
    rows = [RubricRow(row=row, levels=[*levels]) for row, levels in _RUBRICS[rubric].rows]
    fields: dict[str, object] = {
        "rows": rows, "dossier": dossier, "ratings": None, "narrative": None,
        "may_change": state in ("asked", "given"),
    }  # fmt: skip
    return ReviewShown.model_validate(_fields(request, state, rubric) | fields | more)


_GIVEN = dict.fromkeys((row for row, _ in _RUBRICS["practice/1"].rows), 3)
_WORDS = "Feedback comes in rounds and is about the work. Hand the second round over earlier."

REVIEWS: dict[str, ReviewShown] = {
    "asked": _review("asked", "asked"),
    "late": _review("late", "asked", "practical/1", days_left=-1, overdue=True),
    "given": _review("given", "given", ratings=_GIVEN, narrative=_WORDS),
    "closed": _review("closed", "closed", dossier=None, ratings=_GIVEN, narrative=_WORDS),
    "declined": _review("declined", "declined", dossier=None),
    "lapsed": _review("lapsed", "lapsed", dossier=None),
    "nothing": _review("nothing", "asked", dossier=_NOTHING),
    "long": _review("long", "given", dossier=_MANY, ratings=_GIVEN, narrative="W" * 3_000),
}
"""By what is the matter with them."""

LISTS: dict[str, ReviewsShown] = {
    "northfield": ReviewsShown(
        today="2026-05-05",
        open=[
            _line("late", "asked", "practical/1", days_left=-1, overdue=True, due_on="2026-05-04"),
            _line("asked", "asked"),
            _line("given", "given"),
        ],
        over=[_line("closed", "closed"), _line("declined", "declined"), _line("lapsed", "lapsed")],
    ),
    "empty": ReviewsShown(today="2026-05-05", open=[], over=[]),
    "long": ReviewsShown(
        today="2026-05-05",
        open=[_line("long", "asked", of="W" * 300, days_left=-2_000, overdue=True)] * 5,
        over=[_line("closed", "closed")] * 12,
    ),
}


def _panel(name: str, state: str = "open", **more: object) -> PanelLine:
    fields: dict[str, object] = {
        "panel_id": name, "rubric": "practice", "version": 1, "case_id": "settling",
        "person": IMANI, "matter": MASTER, "opened_at": at("2026-04-20"),
        "drawn_at": at("2026-05-04"), "closed_at": at("2026-05-20") if state == "closed" else None,
        "state": state, "wanted": 3, "given": 1 if state == "open" else 3, "lacking": 0,
        "adjudicated": False, "spread_stays": False,
        "due_on": "2026-05-14" if state == "open" else None,
        "days_left": 9 if state == "open" else None, "overdue": False, "conflict_days": None,
        "outside": False,
    }  # fmt: skip
    return PanelLine.model_validate(fields | more)


_DRAW = DrawLine(
    draw_id="d", about="2026-W18", held_at=at("2026-05-04"), head="3f0a" * 16, beacons=[],
    seed="9f2c" * 16, cost=1_300_412, inputs="41ab" * 16,
)  # fmt: skip
PANELS: dict[str, PanelsShown] = {
    "northfield": PanelsShown(
        today="2026-05-05",
        open=[
            _panel("lacking", lacking=1, person=RUTH, matter=PROFICIENT, days_left=-1,
                   overdue=True, due_on="2026-05-04"),
            _panel("open"),
            _panel("fourth", rubric="practical", wanted=4, given=3, adjudicated=True,
                   conflict_days=365, outside=True),
        ],
        closed=[_panel("closed", "closed"), _panel("far", "closed", spread_stays=True, wanted=4,
                given=4, adjudicated=True), _panel("ended", "ended", given=0)],
        draws=[_DRAW, _DRAW.model_copy(update={"about": "2026-W17", "beacons": ["0a1b", "lotto"]})],
        reviewers=6, least=8,
    ),
    "empty": PanelsShown(
        today="2026-05-05", open=[], closed=[], draws=[], reviewers=0, least=8
    ),
    "long": PanelsShown(
        today="2026-05-05",
        open=[_panel("long", person=LONG, matter=OF_LONG, lacking=3, conflict_days=0)] * 7,
        closed=[_panel("long", "closed", person=LONG, matter=OF_LONG)] * 12, draws=[_DRAW] * 20,
        reviewers=1_200, least=8,
    ),
}  # fmt: skip
SEATS = SeatsOpened(
    panel_id="open",
    seats=[
        SeatOpened(reviewer=SAM, kind="outsider", state="given", ratings=_GIVEN, narrative=_WORDS),
        SeatOpened(reviewer=RUTH, kind="other", state="asked", ratings=None, narrative=None),
        SeatOpened(reviewer=None, kind="other", state="lapsed", ratings=None, narrative=None),
    ],
)

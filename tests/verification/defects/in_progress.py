"""Defects of what people see of their way through the stages."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

DEFECTS = (
    Defect(
        "panel-of-two-shown",
        "the means of a panel are shown however few reviews there are",
        ("P1",),
        (Edit("engine.queries.checklist:_panel", "len(reviews) < LEAST_SHOWN", "not reviews"),),
        DefectLevel.SURFACE,
    ),
    Defect(
        "mean-of-two-told",
        "the mean of a line is told however few reviews are in it",
        ("P2",),
        (Edit("web.views.lines:_tells_one", "panel.reviews < LEAST_SHOWN", "panel.reviews < 1"),),
        DefectLevel.SURFACE,
    ),
)

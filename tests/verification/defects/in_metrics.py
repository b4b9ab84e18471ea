"""Defects of what is counted, and of when an input is quiet."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_SURFACE = DefectLevel.SURFACE

DEFECTS = (
    Defect(
        "rolled-back-counted",
        "a batch is counted before it commits, so also when it is rolled back",
        ("Q1",),
        (
            Edit(
                "engine.handlers.retry.attempts:Attempts.until_done",
                "                    if then is not None:\n",
                "                    tally.committed(batches, done, 0.0, None)\n"
                "                    if then is not None:\n",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "gap-over-a-kill",
        "the gap over a moment in which records were not heard counts",
        ("Q2",),
        (
            Edit(
                "engine.store.inputs:write",
                "silence.joined(stored[name], windows[name], since)",
                "silence.joined(stored[name], windows[name])",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "weekend-is-silence",
        "Saturday and Sunday count as silence",
        ("Q3",),
        (
            Edit(
                "engine.intake.silence:_of_weekdays",
                "weeks * _WORKING_WEEK + min(rest, _WORKING_WEEK)",
                "weeks * _WEEK + rest",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "path-as-label",
        "requests are counted by their path, which names programs and people",
        ("Q4",),
        (
            Edit(
                "web.http.request_metrics:route_template",
                'str(getattr(scope.get("route"), "path", "none"))',
                'str(scope["path"])',
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "quiet-without-history",
        "an input that was just heard for the first time is quiet soon after",
        ("Q5",),
        (
            Edit(
                "engine.intake.silence:silence_ratio",
                "heard.last - heard.first < HISTORY",
                "heard.last < heard.first",
            ),
        ),
        _SURFACE,
    ),
)

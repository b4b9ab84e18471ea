"""Fairness reports of made-up mentors: a small program with an amber flag, and a large one with a
red one."""

import msgspec

from governance.rules.fairness.comparing import Thresholds
from governance.rules.fairness.funnel import reached
from governance.rules.fairness.making import FairnessPerson, ReportOf, StageLines, make
from web.views.outcomes.fairness import FairnessRead, FairnessShown
from web.views.outcomes.fairness_reading import DeclaredGroups

LINES = {"2": "learners guided", "8": "kept checkpoints", "9": "practical score"}
AT = Thresholds(5, 800_000, 0.05)
LONG_NAME = "looks-after-somebody-at-home-besides-a-job"


def _people(hours: str, number: int, *named: str, lines: str = "") -> list[FairnessPerson]:
    cohorts = ("autumn-24", "spring-25")
    return [
        FairnessPerson(
            reached(named),
            {"commitment": hours, "cohort": cohorts[n % 2], "region": "not-known",
             LONG_NAME: "yes" if n % 3 else "not-known"},
            frozenset(lines),
            (20 + n,) if "granted" in named else (),
        )
        for n in range(number)
    ]  # fmt: skip


_FEW = [
    *_people("under-5-hours", 3, "eligible", "applied", "granted"),
    *_people("under-5-hours", 2, "applied", "granted", lines="29"),
    *_people("under-5-hours", 1, lines="289"),
    *_people("5-to-10-hours", 5, "eligible", "applied", "granted"),
    *_people("over-10-hours", 1, "eligible", "applied", "granted"),
    *_people("over-10-hours", 1, "applied", "granted", lines="8"),
    *_people("not-known", 1, "applied", "declined", "granted", lines="89"),
]
_MANY = [
    *_people("under-5-hours", 12, "eligible", "applied", "granted"),
    *_people("under-5-hours", 38, "applied", "declined", lines="29"),
    *_people("5-to-10-hours", 45, "eligible", "applied", "granted", "rewarded"),
    *_people("5-to-10-hours", 15, "eligible", lines="8"),
    *_people("over-10-hours", 1180, "eligible", "applied", "granted", "due", "renewed"),
    *_people("over-10-hours", 240, "applied", "declined", "appealed", lines="2"),
    *_people("not-known", 9, "applied", lines="29"),
]


def _shown(
    people: list[FairnessPerson], dimensions: tuple[str, ...], *quarters: str
) -> FairnessShown:
    of = ReportOf("northfield", quarters[0], "2026-09-30T21:59:59.999999Z", dimensions, AT)
    report = make(of, people, StageLines("proficient-mentor", LINES))
    document = msgspec.to_builtins(report)
    document.pop("program")
    answers = [
        {"dimension": "commitment", "group": "under-5-hours", "step": "granted",
         "answer": "Practical hours at weekends from January on, and two more for each cohort.",
         "answered_at": "2026-10-20T17:00:00.000000Z"},
    ]  # fmt: skip
    read = FairnessRead.model_validate(
        document
        | {
            "published_at": "2026-10-01T00:00:05.000000Z",
            "digest": report.digest,
            "answers": answers,
        }
    )
    return FairnessShown(quarters=list(quarters), report=read)


REPORTS = {
    "northfield": _shown(_FEW, ("cohort", "commitment", "region"), "2026-Q3", "2026-Q2"),
    "long": _shown(
        _MANY, ("cohort", "commitment", "region", LONG_NAME),
        *(f"{year}-Q{n}" for year in (2026, 2025, 2024) for n in (4, 3, 2, 1)),
    ),
    "empty": FairnessShown(quarters=[], report=None),
}  # fmt: skip

GROUPS = {
    "northfield": DeclaredGroups(
        {"commitment": ("under-5-hours", "5-to-10-hours"), "region": ("africa", "europe")},
        {"commitment": "under-5-hours"},
    ),
    "long": DeclaredGroups({LONG_NAME: ("yes", "no")}, {}),
    "empty": DeclaredGroups({}, {}),
}

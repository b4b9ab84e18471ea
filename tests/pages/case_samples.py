"""Cases as views give them to whom they are about, and to coordinators."""

from typing import Any

from tests.pages.panel_samples import RESULTS
from tests.pages.progress_samples import checklist, master
from tests.pages.samples import PROGRAMS, at, person
from web.views.committee.cases import (
    CaseEvent,
    CaseLine,
    CaseShown,
    DeadlinesShown,
    DecisionShown,
    MatterOpen,
    MatterShown,
)

IMANI = person("imani", "Imani Diallo", "Imani")
RUTH = person("ruth", "Ruth Keller", "Ruth")
SAM = person("sam", "Sam Iyer", "Sam")
ADA = person("ada", "Ada Moreau", "Ada")
LONG = PROGRAMS["long"].badges.person
MASTER = MatterShown(about="master-mentor", name="Master Mentor", badge="master-mentor",
                     artwork="master-mentor", waiver=False)  # fmt: skip
PROFICIENT = MASTER.model_copy(
    update={"about": "proficient-mentor", "name": "Proficient Mentor", "badge": "proficient-mentor"}
)
WAIVER = MatterShown(about="waiver-presence", name="Presence of a part-time mentor", badge=None,
                     artwork=None, waiver=True)  # fmt: skip
OF_LONG = MASTER.model_copy(update={"name": "Donaudampfschifffahrtsgesellschaftskapitän " * 2})
STATEMENT = (
    "The portfolios of your learners grew more than the rules ask for, and reviewers describe how "
    "you hand the work back to them.\nTwo panels agree on that."
)


def decision(outcome: str = "granted", *, final: bool = False, **more: object) -> DecisionShown:
    grants = outcome in ("granted", "renewed")
    fields: dict[str, object] = {
        "decision_id": "d-1", "outcome": outcome, "at": at("2026-05-12"),
        "as_of": at("2026-05-05"), "pack": "9f2c" * 16, "policy": "41ab" * 16,
        "signers": [RUTH, SAM], "statements": [STATEMENT], "not_met": [],
        "last_day": "2028-05-12" if grants else None,
        "appeal_until": None if grants or final else "2026-06-11", "final": final,
    }  # fmt: skip
    return DecisionShown.model_validate(fields | more)


def line(state: str = "on_desk", kind: str = "first", **more: object) -> CaseLine:
    return CaseLine.model_validate(_fields(state, kind) | more)


def _fields(state: str, kind: str) -> dict[str, object]:
    return {
        "case_id": "0b1c1a52-9d3b-4d5c-8f43-5a3c6f8f2d10", "kind": kind, "state": state,
        "matter": MASTER, "person": IMANI, "opened_at": at("2026-05-03"),
        "state_since": at("2026-05-05"), "due_on": "2026-06-17", "days_left": 12,
        "overdue": False, "outcome": None, "below_quorum": False, "may": [],
    }  # fmt: skip


def event(kind: str, day: str, by: object = None, **more: object) -> CaseEvent:
    fields: dict[str, object] = {
        "kind": kind, "at": at(day), "by": by, "outcome": None, "pack": None, "lines_open": None,
        "reason": None,
    }  # fmt: skip
    return CaseEvent.model_validate(fields | more)


OPENED = event("case.opened", "2026-05-03", IMANI)
ACKNOWLEDGED = event("case.acknowledged", "2026-05-04", lines_open=0)
FROZEN = event("pack.frozen", "2026-05-05", pack=1)
DRAWN = event("panel.drawn", "2026-05-05")
AGAIN = event("pack.frozen", "2026-05-08", pack=2)
DECIDED = event("decision.published", "2026-05-12", outcome="granted")


def case(state: str = "on_desk", kind: str = "first", **more: object) -> CaseShown:
    fields: dict[str, object] = {
        "desk_from": at("2026-05-08"), "as_of": at("2026-05-05"), "pack": 1, "reason": None,
        "answer": None, "lines": checklist("master-mentor", master(ready=True)),
        "timeline": [OPENED, ACKNOWLEDGED, FROZEN], "decision": None, "about_decision": None,
        "panels": [], "appeal_case": None, "first_case": None,
    }  # fmt: skip
    return CaseShown.model_validate(_fields(state, kind) | fields | more)


_EARLY: dict[str, Any] = {"as_of": None, "pack": None, "desk_from": None}
_DECLINED = decision(
    "declined", not_met=["practice score: 3.2 over 6 reviews"],
    statements=["The practice panels are not there yet.", "A third panel would tell more."],
)  # fmt: skip

CASES: dict[str, CaseShown] = {
    "applied": case(
        "applied", timeline=[OPENED], **_EARLY, due_on="2026-05-08", days_left=3,
        lines=checklist("master-mentor", master()), may=["go_on", "withdraw"],
        reason="I have been abroad for a quarter; everything else is as usual.",
    ),
    "waiting": case(
        "acknowledged", timeline=[OPENED, ACKNOWLEDGED], **_EARLY,
        lines=checklist("master-mentor", master()), may=["go_on", "withdraw"],
    ),
    "settling": case("settling", panels=RESULTS, due_on=None, days_left=None, may=["withdraw"]),
    "desk": case(may=["withdraw"]),
    "late": case(due_on="2026-05-01", days_left=-4, overdue=True, may=["withdraw"]),
    "short": case(below_quorum=True, may=["withdraw"]),
    "granted": case(
        "decided", outcome="granted", due_on="2026-06-11", days_left=30, decision=decision(),
        timeline=[OPENED, ACKNOWLEDGED, FROZEN, AGAIN, DECIDED],
    ),
    "reviewing": case(
        "reviewing", timeline=[OPENED, ACKNOWLEDGED, DRAWN], **_EARLY, may=["withdraw"],
        lines=checklist("master-mentor", master()),
    ),
    "declined": case(
        "decided", outcome="declined", due_on="2026-06-11", days_left=30, decision=_DECLINED,
        timeline=[OPENED, ACKNOWLEDGED, FROZEN, DECIDED], may=["appeal"],
        lines=checklist("master-mentor", master()),
    ),
    "hearing": case(
        "hearing", "withdrawal", **_EARLY, lines=None, about_decision=decision(),
        timeline=[event("case.opened", "2026-06-01")], may=["answer"], due_on="2026-06-15",
        days_left=14,
        reason=("An assessment of 20 March 2026 was retracted on 31 May 2026. "
                "Without it, portfolio gain is 3.9 over 5 pairs, and 4 over 6 are needed."),
    ),
    "appeal": case(
        "on_desk", "appeal", lines=None, about_decision=_DECLINED, first_case="declined",
        reason="A reviewer is a former business partner.",
        timeline=[event("case.opened", "2026-05-20", IMANI)],
    ),
    "withdrawn": case(
        "withdrawn", timeline=[OPENED, event("case.withdrawn", "2026-05-04", IMANI)], **_EARLY,
        due_on=None, days_left=None, lines=None,
    ),
    "long": case(
        "decided", outcome="declined", matter=OF_LONG, person=LONG, may=["appeal"],
        decision=decision("declined", signers=[LONG] * 9, statements=["wort" * 900],
                          not_met=["donaudampfschifffahrtsgesellschaft" * 4]),
        reason="W" * 2_000, lines=checklist("master-mentor", master()),
        timeline=[OPENED, ACKNOWLEDGED, FROZEN, *[AGAIN] * 9, DECIDED],
    ),
}  # fmt: skip
"""By what is the matter with them."""

DEADLINES: dict[str, DeadlinesShown] = {
    "northfield": DeadlinesShown(
        today="2026-05-05",
        items=[
            line("on_desk", "appeal", case_id="late", due_on="2026-05-01", days_left=-4,
                 overdue=True),
            line("applied", case_id="applied", due_on="2026-05-08", days_left=3, person=ADA,
                 may=["acknowledge"]),
            line("on_desk", case_id="short", person=SAM, below_quorum=True, matter=PROFICIENT),
            line("hearing", "withdrawal", case_id="hearing", person=RUTH, days_left=0,
                 due_on="2026-05-05"),
            line("settling", "waiver", case_id="settling", due_on=None, days_left=None,
                 matter=WAIVER),
        ],
    ),
    "empty": DeadlinesShown(today="2026-05-05", items=[]),
    "long": DeadlinesShown(
        today="2026-05-05",
        items=[line("applied", case_id="long", matter=OF_LONG, person=LONG, may=["acknowledge"],
                    due_on="2020-01-01", days_left=-2_316, overdue=True)] * 12,
    ),
}  # fmt: skip

OPEN_FOR: dict[str, list[MatterOpen]] = {
    "northfield": [MatterOpen(matter=MASTER, kind="first", open=3)],
    "ready": [
        MatterOpen(matter=MASTER, kind="first", open=0),
        MatterOpen(matter=WAIVER, kind="waiver", open=0),
    ],
    "top": [MatterOpen(matter=MASTER, kind="renewal", open=2)],
    "empty": [],
    "long": [MatterOpen(matter=OF_LONG, kind="first", open=12)],
}
MINE: dict[str, list[CaseLine]] = {
    "northfield": [],
    "ready": [],
    "top": [line("applied", "renewal", case_id="applied", due_on="2026-05-08", days_left=3)],
    "empty": [],
    "long": [line(case_id="long", matter=OF_LONG)] * 2,
}
"""By sample of progress: one's own cases."""

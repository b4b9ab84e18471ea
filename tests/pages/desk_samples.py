"""The desk, the evidence and the committee as views give them to members."""

from tests.pages.case_samples import (
    ADA,
    IMANI,
    LONG,
    MASTER,
    OF_LONG,
    PROFICIENT,
    RUTH,
    SAM,
    STATEMENT,
    decision,
)
from tests.pages.panel_samples import RESULTS
from tests.pages.progress_samples import checklist, master
from tests.pages.samples import at, person
from web.views.committee.cases import MatterShown
from web.views.committee.desk import (
    DeskCase,
    DeskLine,
    EarlierDecision,
    EvidenceOfLine,
    PackShown,
    QueueShown,
    ReviewOffered,
    RubricDoubted,
    SampleLine,
    SignatureShown,
    TestimonialRead,
)
from web.views.committee.people import (
    CommitteeShown,
    ConflictShown,
    MinutesLine,
    MinutesRead,
    MinutesShown,
    OfficerShown,
)
from web.views.line_facts import PanelOfLine, RowMean

ROWS = ("communication", "expectations", "understanding", "inclusion", "independence", "growth")


def desk_line(seat: str = "open", kind: str = "first", **more: object) -> DeskLine:
    return DeskLine.model_validate(_fields(seat, kind) | more)


def _fields(seat: str, kind: str) -> dict[str, object]:
    return {
        "case_id": "read", "reference": "case 7c1f", "kind": kind, "state": "on_desk",
        "matter": MASTER, "due_on": "2026-06-17", "days_left": 12, "overdue": False,
        "below_quorum": False, "seat": seat, "conflicts": [], "signed": 0, "approvers": 2,
    }  # fmt: skip


def panel(day: str, score: str | None) -> PanelOfLine:
    rows = [RowMean(row=row, mean="2.67") for row in ROWS] if score else []
    return PanelOfLine(closed_at=at(day), reviews=3 if score else 2, score=score, rows=rows)


def earlier(matter: MatterShown) -> EarlierDecision:
    return EarlierDecision(decision_id="d-0", matter=matter, outcome="granted", at=at("2025-04-08"))


def pack(*, ready: bool = True, **more: object) -> PackShown:
    lines = master(ready=ready)
    fields: dict[str, object] = {
        "number": 1, "digest": "9f2c" * 16, "as_of": at("2026-05-05"),
        "frozen_at": at("2026-05-05"), "catalog": "23c3" * 16, "policy": "11e4" * 16,
        "checklist": checklist("master-mentor", lines),
        "evidence": {
            one.line: [EvidenceOfLine(kind="assessment", id="a-1")] * one.facts for one in lines
        },
        "panels": [panel("2025-03-10", "3.17"), panel("2026-03-10", "3.28")],
        "unreliable": [] if ready else [
            RubricDoubted(rubric="practice", version=1, rows=["understanding"])
        ],
        "testimonials": [
            TestimonialRead(testimonial_id="t-1", source="learner", state="shown", narrative=(
                "I came with a heap of half-finished things. We went through them one by one, and "
                "each time I left knowing what I would try next.")),
            TestimonialRead(testimonial_id="t-2", source="industry", state="erased",
                            narrative=None),
        ],
        "earlier": [earlier(PROFICIENT)],
        "recused": [ADA],
    }  # fmt: skip
    return PackShown.model_validate(fields | more)


def desk_case(seat: str = "opened", kind: str = "first", **more: object) -> DeskCase:
    fields: dict[str, object] = {
        "pack": pack(), "subject": None, "blind": True, "unblinded_because": None, "reason": None,
        "answer": None, "offered": ["granted", "declined"],
        "statement_for": ["declined"], "signatures": [], "mine": None,
        "fresh_until": at("2026-05-06"), "also": [], "reviews": [],
        "about_decision": None, "panels": [],
        "gives_up": None, "new_last_day": "2028-05-12",
    }  # fmt: skip
    return DeskCase.model_validate(_fields(seat, kind) | fields | more)


_DECLINED = decision("declined", not_met=["practice score: 3.2 over 6 reviews"], signers=[])
DESK: dict[str, DeskCase] = {
    "closed": desk_case("open", pack=None, offered=[], statement_for=[]),
    "read": desk_case(panels=RESULTS, reason="I have been abroad for a quarter."),
    "second": desk_case(signed=1, kind="renewal", offered=["renewed", "declined"], gives_up=61),
    "lacking": desk_case(pack=pack(ready=False, number=2), offered=["declined"]),
    "again": desk_case(fresh_until=None),
    "signed": desk_case("signed", signed=1, mine="granted",
                        signatures=[SignatureShown(member=RUTH, at=at("2026-05-10"),
                                                   outcome="granted")]),
    "named": desk_case(subject=IMANI, blind=False, unblinded_because="To weigh the waiver"),
    "recused": desk_case("recused", pack=None, conflicts=["loop", "employer"]),
    "withdrawal": desk_case(
        kind="withdrawal", offered=["stands", "retracted"], statement_for=["stands", "retracted"],
        pack=pack(ready=False), also=[earlier(MASTER)], about_decision=decision(),
        reason="An assessment of 20 March 2026 was retracted on 31 May 2026.",
        matter=PROFICIENT,
    ),
    "appeal": desk_case(
        kind="appeal", offered=["rejected", "upheld"], statement_for=["rejected", "upheld"],
        about_decision=_DECLINED, reason="A reviewer is a former business partner.",
        reviews=[ReviewOffered(review_id=f"r-{n}", panel=panel("2026-03-10", "2.83"))
                 for n in range(3)],
    ),
    "sample": desk_case("none", state="final", due_on=None,
                        days_left=None, signed=2),
    "long": desk_case(
        matter=OF_LONG, due_on="2020-01-01", days_left=-2_316, overdue=True, subject=LONG,
        blind=False, reason="W" * 2_000, signed=1,
        pack=pack(ready=False, recused=[LONG] * 9, panels=[panel("2026-03-10", None)],
                  testimonials=[TestimonialRead(testimonial_id="t", source="learner",
                                                state="shown", narrative="wort" * 900)],
                  earlier=[earlier(OF_LONG)] * 3),
    ),
}  # fmt: skip
"""By what is the matter with them."""

QUEUES: dict[str, QueueShown] = {
    "northfield": QueueShown(
        today="2026-05-05", roles=["member"], quorum=3, members=5, settling=2,
        mine=[
            desk_line(due_on="2026-05-01", days_left=-4, overdue=True, kind="appeal",
                      approvers=2, case_id="appeal"),
            desk_line("opened", signed=1, case_id="second", kind="renewal"),
            desk_line("signed", signed=1, case_id="signed", matter=PROFICIENT),
        ],
        others=[
            desk_line("none", case_id="closed"),
            desk_line("recused", case_id="recused", conflicts=["loop", "employer"]),
            desk_line("none", case_id="closed", below_quorum=True, kind="waiver"),
        ],
        samples=[
            SampleLine(case_id="sample", quarter="2026-Q1", matter=PROFICIENT, kind="first",
                       verdict=None),
            SampleLine(case_id="judged", quarter="2026-Q1", matter=MASTER, kind="first",
                       verdict="agrees"),
        ],
    ),
    "auditor": QueueShown(
        today="2026-05-05", roles=["auditor"], quorum=3, members=5, settling=0, mine=[],
        others=[desk_line("none"), desk_line("none", kind="withdrawal")], samples=[],
    ),
    "empty": QueueShown(today="2026-05-05", roles=["member"], quorum=3, members=5, settling=0,
                        mine=[], others=[], samples=[]),
    "long": QueueShown(
        today="2026-05-05", roles=["member", "chair"], quorum=3, members=2, settling=1,
        mine=[desk_line(matter=OF_LONG, case_id="long", overdue=True, days_left=-2_316,
                        due_on="2020-01-01")] * 7,
        others=[desk_line("recused", matter=OF_LONG, conflicts=["loop", "pairing", "employer",
                                                               "family", "declared"])] * 7,
        samples=[SampleLine(case_id="sample", quarter="2026-Q1", matter=OF_LONG, kind="first",
                            verdict=None)] * 9,
    ),
}  # fmt: skip


def officer(who: object, *roles: str, **more: object) -> OfficerShown:
    fields: dict[str, object] = {
        "person": who, "roles": roles or ("member",), "term_until": "2027-12-31",
        "leave_until": None, "employer": None, "version": 1, "open_seats": 1, "sits": True,
    }  # fmt: skip
    return OfficerShown.model_validate(fields | more)


def committee(people: list[OfficerShown], **more: object) -> CommitteeShown:
    fields: dict[str, object] = {
        "people": people, "conflicts": [], "members": 5, "quorum": 3, "least": 5, "most": 9,
        "approvers": 2, "may_edit": True, "me": None,
    }  # fmt: skip
    return CommitteeShown.model_validate(fields | more)


_PEOPLE = [
    officer(ADA, "member", "chair", employer="Northfield College", open_seats=3),
    officer(RUTH, employer="Tidewater Ltd", leave_until="2026-08-01", sits=False),
    officer(SAM),
    officer(person("noor", "Noor Haddad"), "bench", term_until=None, open_seats=0),
    officer(person("theo", "Theo Lindqvist"), "auditor", open_seats=0),
]
_CONFLICT = ConflictShown(
    one=SAM, other=IMANI, why="family", declared_at=at("2026-02-01"), mine=True
)
COMMITTEES: dict[str, CommitteeShown] = {
    "northfield": committee(_PEOPLE, conflicts=[_CONFLICT]),
    "member": committee(_PEOPLE, conflicts=[_CONFLICT], may_edit=False, me=_PEOPLE[2]),
    "empty": committee([], members=0),
    "long": committee(
        [officer(LONG, "member", "chair", "auditor", "reviewer", "bench",
                 employer="Institution of a very long name " * 4)] * 3,
        members=1,
        conflicts=[_CONFLICT.model_copy(update={"one": LONG, "other": LONG})] * 2,
    ),
}  # fmt: skip

_MINUTES = MinutesLine(number=2, from_day="2026-04-01", to_day="2026-04-30", digest="7be1" * 16,
                       sealed_at=at("2026-05-02"))  # fmt: skip
MINUTES: dict[str, MinutesShown] = {
    "northfield": MinutesShown(
        items=[_MINUTES, _MINUTES.model_copy(update={"number": 1, "from_day": "2026-03-01",
                                                     "to_day": "2026-03-31"})],
        may_seal=True,
    ),
    "empty": MinutesShown(items=[], may_seal=False),
    "long": MinutesShown(items=[_MINUTES] * 12, may_seal=True),
}  # fmt: skip
MINUTES_READ = MinutesRead(
    **_MINUTES.model_dump(),
    document=[
        "Minutes of the committee, 1 to 30 April 2026",
        "case 7c1f, first, master-mentor: granted by two signatures; one member recused.",
        "case 92ab, renewal, proficient-mentor: declined; practice score was not met.",
        STATEMENT,
        "W" * 300,
    ],
)

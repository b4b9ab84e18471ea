"""Progress through stages, as views give it: what the pages of stages are tried with."""

from tests.pages.samples import PROGRAMS, at, person
from web.views.line_facts import FactOfLine, FactsOfLine, PanelOfLine, RowMean
from web.views.people import Person
from web.views.progress import Checklist, LineShown, ProgressShown, StageShown, StageTerm
from web.views.rubrics import (
    LevelExample,
    RubricAgreed,
    RubricChange,
    RubricRow,
    RubricShown,
    RubricUse,
)

AS_OF = at("2026-05-05")
_TYPE = "mentoring.{}.v1"
LEE = person("lee", "Lee Brandt", "Lee")


def line(
    address: str,
    title: str,
    have: str | None = None,
    need: str | None = None,
    *,
    kind: str = "at_least",
    percent: int | None = None,
    met: bool | None = None,
    event: str = "meeting.completed",
    aggregate: str | None = "count",
    sample: tuple[int, int] | None = None,
    **more: object,
) -> LineShown:
    if percent is None:
        percent = 0 if not (have and need) else min(100, int(100 * float(have) / float(need)))
    enough = sample is None or sample[0] >= sample[1]
    fields: dict[str, object] = {
        "line": address,
        "kind": kind,
        "of": title.replace(" ", "_"),
        "title": title,
        "words": f"{title}: {need}",
        "met": (percent == 100 and enough) if met is None else met,
        "have": have,
        "need": need,
        "percent": percent,
        "withheld": False,
        "aggregate": aggregate,
        "event": _TYPE.format(event) if event else None,
        "by": None,
        "each": None,
        "sample": sample and sample[0],
        "sample_needed": sample and sample[1],
        "panels": None,
        "months": None,
        "values": [],
        "missing": [],
        "until": None,
        "last_day": None,
        "number": None,
        "facts": 0,
        "parts": [],
    }
    return LineShown.model_validate(fields | more)


def either(number: str, *parts: LineShown, kind: str = "any_of") -> LineShown:
    met = any(part.met for part in parts)
    return line(
        number,
        " or ".join(part.title for part in parts),
        kind=kind,
        aggregate=None,
        event="",
        met=met,
        percent=max(part.percent for part in parts),
        number=1,
        parts=[*parts],
    )


def badge_line(number: str, kind: str, name: str, *, met: bool, day: str | None) -> LineShown:
    return line(
        number, name, kind=kind, met=met, event="", aggregate=None, percent=100 * met,
        until=day and at(day), last_day=day, facts=int(met),
    )  # fmt: skip


def master(*, ready: bool = False) -> list[LineShown]:
    """The 25 lines of a stage at the top; three of them open unless all are met."""
    finals = [
        line(str(5 + n), f"final {row}", have, need, aggregate="mean", event="portfolio.assessed",
             sample=(7, 6), facts=7)
        for n, (row, have, need) in enumerate(
            (
                ("breadth", "3.14", "2.5"), ("coherence", "3", "2.75"),
                ("iteration", "2.86", "2.75"), ("mastery", "2.57", "2.5"),
                ("timeliness", "2.43", "2.25"),
                ("articulation", "2.71", "2.5"),
            )
        )
    ]  # fmt: skip
    return [
        badge_line("0", "in_standing", "Proficient Mentor", met=True, day="2028-04-08"),
        either(
            "1",
            line("1.0", "active quarters", "7", "6", aggregate="groups", by="quarter", each="2",
                 facts=18),
            line("1.1", "presence waivers", "0", "1", event="decision.recorded", months=36),
        ),
        line("2", "cohorts", "3", "2", aggregate="distinct", by="cohort_id",
             event="portfolio.assessed", facts=3),
        either(
            "3",
            line("3.0", "contexts", "3", "2", aggregate="distinct", by="context",
                 event="portfolio.assessed", facts=3),
            line("3.1", "advanced learners", "1", "2", aggregate="distinct", by="learner_id",
                 event="portfolio.assessed", facts=1),
        ),
        line("4", "portfolio gain", "4.29", "4", aggregate="gain", event="portfolio.assessed",
             sample=(7 if ready else 5, 6), facts=14 if ready else 10),
        *finals,
        line("11", "timely milestones", "0.976", "0.75", aggregate="share", sample=(42, 20),
             event="checkpoint.closed", facts=42),
        line("12", "kept checkpoints", "0.976", "0.9", aggregate="share", sample=(41, 20),
             event="checkpoint.closed", facts=41),
        line("13", "practice score", "3.22" if ready else "2.9", "3.2", aggregate="mean",
             event="review.submitted", sample=(6, 6), panels=2, facts=2),
        line("14", "practice panels", "2", "2", aggregate="distinct", by="panel_id",
             event="review.submitted", facts=2),
        line("15", "learner rating", "4.4", "3.8", aggregate="mean", event="survey.submitted",
             sample=(12, 6), facts=12),
        line("16", "learner voices", "6", "3", aggregate="distinct", by="author_id",
             event="testimonial.given", facts=6),
        either(
            "17",
            line("17.0", "industry voices", "1", "1", aggregate="distinct", by="author_id",
                 event="testimonial.given", facts=1),
            line("17.1", "learner voices", "6", "6", aggregate="distinct", by="author_id",
                 event="testimonial.given", facts=6),
        ),
        line("18", "contributions", "5", "4", event="contribution.made", facts=5),
        line("19", "contribution kinds", "2", "2", aggregate="distinct", by="kind",
             event="contribution.made", facts=2),
        line("20", "pairings", "1", "1", event="stewardship.recorded", facts=1),
        line("21", "calibrations", "2", "2", event="stewardship.recorded", facts=2),
        line("22", "credits", "30", "30", aggregate="sum", by="credits",
             event="training.completed", facts=9),
        line("23", "training kinds", "3" if ready else "2", "3", kind="includes_all",
             aggregate="distinct", by="kind", event="training.completed", facts=6,
             values=["clinic", "pedagogy", "rubric"], missing=[] if ready else ["rubric"]),
        line("24", "document kinds", "3", "3", kind="includes_all", aggregate="distinct", by="kind",
             event="deliverable.accepted", facts=9,
             values=["exemplar", "project_notes", "reflection"]),
    ]  # fmt: skip


def renewing(*, late: bool = False) -> list[LineShown]:
    return [
        line("0", "active quarters", "1" if late else "4", "3", aggregate="groups", by="quarter",
             each="2", months=36, facts=8),
        line("1", "portfolio gain", None if late else "3.1", "2.5", aggregate="gain",
             event="portfolio.assessed", sample=(0 if late else 4, 3), months=36,
             facts=0 if late else 8),
        line("2", "practice score", None, "2.5", aggregate="mean", event="review.submitted",
             sample=(2, 3), panels=1, withheld=True, months=36, facts=1),
        line("3", "credits", "4", "10", aggregate="sum", by="credits", event="training.completed",
             months=36, facts=2),
    ]  # fmt: skip


def apprentice() -> list[LineShown]:
    return [
        line("0", "courses", "0", "2", kind="includes_all", aggregate="distinct", by="course_id",
             event="training.completed", values=["mentor-ethics", "mentor-foundations"],
             missing=["mentor-ethics", "mentor-foundations"]),
        line("1", "mentor meetings", "0", "1"),
    ]  # fmt: skip


def checklist(stage: str, lines: list[LineShown], *, renewal: bool = False) -> Checklist:
    lacking = sum(not one.met for one in lines)
    return Checklist(stage=stage, renewal=renewal, met=not lacking, open=lacking, lines=lines)


def stage(
    name: str,
    title: str,
    role: str,
    *,
    held: bool = False,
    begins: str | None = None,
    last_day: str | None = None,
    by_rule: bool = False,
    renewal: tuple[str, bool] = ("", False),
) -> StageShown:
    ends = at(last_day) if last_day else None
    term = None if begins is None else StageTerm(begins=at(begins), ends=ends, last_day=last_day)
    return StageShown(
        stage=name, badge=name, name=title, description=f"{title} in a sentence", artwork=name,
        role=role, opens=["lead introductory loops", "review peers"], approvers=0 if by_rule else 2,
        deliverables=["two kinds of documents", "the practical hour"], checkpoints="quarterly",
        by_rule=by_rule, terms=[] if term is None else [term], in_good_standing=held,
        awarded_at=begins and at(begins), valid_until=ends, last_day=last_day,
        renewal_opens=renewal[0] or None, renewal_open=renewal[1], kept=False,
    )  # fmt: skip


def _progress(
    who: Person,
    stages: list[StageShown],
    following: Checklist | None,
    renewal: Checklist | None,
) -> ProgressShown:
    held = [each.stage for each in stages if each.in_good_standing]
    return ProgressShown(
        program_id="northfield", person=who, as_of=AS_OF, zone="Europe/Berlin", stages=stages,
        current=held[-1] if held else None, next=following, renewal=renewal,
    )  # fmt: skip


def _first(*, held: bool = True) -> StageShown:
    return stage("apprentice-mentor", "Apprentice Mentor", "introductory", held=held,
                 begins="2024-10-02" if held else None, by_rule=True)  # fmt: skip


_MASTER = stage("master-mentor", "Master Mentor", "advanced")
_NORTHFIELD = PROGRAMS["northfield"].badges.person
_LONG = PROGRAMS["long"].badges.person
_PROFICIENT = stage(
    "proficient-mentor",
    "Proficient Mentor",
    "independent",
    held=True,
    begins="2025-04-08",
    last_day="2028-04-08",
    renewal=("2028-01-10", False),
)
_LATE = stage("proficient-mentor", "Proficient Mentor of an institution with a long name",
              "independent", begins="2022-03-01", last_day="2025-03-01",
              renewal=("2024-12-01", True))  # fmt: skip

PROGRESS: dict[str, ProgressShown] = {
    "northfield": _progress(
        _NORTHFIELD, [_first(), _PROFICIENT, _MASTER],
        checklist("master-mentor", master()),
        checklist("proficient-mentor", renewing(), renewal=True),
    ),
    "ready": _progress(
        _NORTHFIELD, [_first(), _PROFICIENT, _MASTER],
        checklist("master-mentor", master(ready=True)), None,
    ),
    "top": _progress(
        _NORTHFIELD,
        [_first(), _PROFICIENT, stage("master-mentor", "Master Mentor", "advanced", held=True,
                                      begins="2024-06-08", last_day="2026-06-08",
                                      renewal=("2026-03-10", True))],
        None, checklist("master-mentor", renewing(), renewal=True),
    ),
    "empty": _progress(
        PROGRAMS["empty"].badges.person,
        [_first(held=False), stage("proficient-mentor", "Proficient Mentor", "independent"),
         _MASTER],
        checklist("apprentice-mentor", apprentice()), None,
    ),
    "long": _progress(
        _LONG, [_first(), _LATE, _MASTER],
        checklist("master-mentor", [
            *master(),
            line("25", "a line about " + "circumstances " * 12, "0.333333", "1", months=1200),
            line("26", "donaudampfschifffahrtsgesellschaft" * 3, "1", "12345678"),
        ]),
        checklist("proficient-mentor", renewing(late=True), renewal=True),
    ),
}  # fmt: skip
"""By sample: somebody on the way to the top, ready for it, at it, at the beginning, and late."""


def _facts(number: str, count: int, learner: Person) -> FactsOfLine:
    return FactsOfLine(
        stage="master-mentor", line=number, title="portfolio gain", words="portfolio gain: 4",
        as_of=AS_OF, total=14, panels=[], next="further",
        facts=[
            FactOfLine(id=f"a-{n}", kind="a portfolio was assessed", at=at(f"2025-0{n + 1}-20"),
                       details=["baseline" if n % 2 == 0 else "final", f"total {8 + n}"],
                       learner=learner)
            for n in range(count)
        ],
    )  # fmt: skip


def _panels() -> FactsOfLine:
    rows = ("communication", "expectations", "understanding", "inclusion", "independence", "growth")
    return FactsOfLine(
        stage="master-mentor", line="13", title="practice score", words="practice score: 3.2",
        as_of=AS_OF, total=2, facts=[], next=None,
        panels=[
            PanelOfLine(closed_at=at("2025-03-10"), reviews=3, score="2.89",
                        rows=[RowMean(row=row, mean="2.67") for row in rows]),
            PanelOfLine(closed_at=at("2026-03-10"), reviews=2, score=None, rows=[]),
        ],
    )  # fmt: skip


FACTS: dict[str, FactsOfLine] = {
    "northfield": _facts("4", 9, LEE),
    "panels": _panels(),
    "empty": _facts("4", 0, LEE).model_copy(update={"total": 0, "next": None}),
    "long": _facts("4", 9, _LONG),
}
FIRST = {
    **{each.line: _facts(each.line, min(5, each.facts), LEE)
       for one in (*master(), *renewing()) for each in (one, *one.parts) if each.facts},
    "13": _panels(),
}  # fmt: skip
"""What is shown of a line's facts on the page of the progress."""


def _rubric(name: str, rows: tuple[str, ...], *uses: RubricUse) -> RubricShown:
    levels = [
        "No thread",
        "A thread is claimed",
        "Pieces are ordered and introduced",
        "Each piece advances one story",
        "A reader could say what this person is for",
    ]
    return RubricShown(
        rubric=name, version=1, of="A learner's portfolio, as a whole",
        rated_by="independent assessors, two for a final; the third decides where they differ",
        result="the sum of the six rows (0 to 24)",
        rows=[RubricRow(row=row, levels=levels) for row in rows], used_by=[*uses],
    )  # fmt: skip


RUBRICS: dict[str, list[RubricShown]] = {
    "northfield": [
        _rubric(
            "portfolio", ("breadth", "coherence", "iteration"),
            RubricUse(stage="proficient-mentor", name="Proficient Mentor", renewal=False,
                      words="portfolio gain: 3 over 3"),
            RubricUse(stage="proficient-mentor", name="Proficient Mentor", renewal=True,
                      words="portfolio gain: 2.5 over 3 in the last 36 months"),
        ),
        _rubric("practice", ("communication", "expectations")).model_copy(
            update={
                "version": 2,
                "before": 1,
                "changes": [
                    RubricChange(row="", level=None, before="Half a year", after="Six months"),
                    RubricChange(row="growth", level=None, before=None, after="growth"),
                    RubricChange(row="communication", level=2, before="Hears", after="Listens"),
                ],
                "agreed_on": AS_OF,
                "agreement": [
                    RubricAgreed(row="communication", alpha=0.84, low=0.7, high=0.93, band="good"),
                    RubricAgreed(row="expectations", alpha=0.55, low=0.31, high=0.72, band="poor"),
                    RubricAgreed(row="growth", alpha=None, low=None, high=None, band="undefined"),
                ],
                "examples": [
                    LevelExample(row="communication", level=2, title="A first hour",
                                 text="The mentor listened, and answered what was asked."),
                ],
            }
        ),
        _rubric("practice", ("communication", "expectations")).model_copy(
            update={"in_force": False}
        ),
    ],
    "empty": [],
    "long": [_rubric("donaudampfschifffahrtsgesellschaft" * 2, ("communication" * 4,))],
}  # fmt: skip

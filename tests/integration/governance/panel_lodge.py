"""The lodge with panels: who reviews, what they give, and what came of it.

Its catalog is tests/support/lodge_with_panels.yaml. `imani` lacks nothing for `senior` but reviews.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from engine.catalog import loader
from governance.cases import opening
from governance.panels import drawing, requests, results, sealed
from governance.panels.drawing import HeldDraw
from governance.panels.requests import ReviewRequest
from governance.panels.results import PanelResult
from governance.process.daily_work import DailyWork
from governance.process.moving_on import MovingOn
from governance.rules.panels import flow
from governance.rules.panels.weeks import Week
from governance.store import panels, people
from governance.store.cases import Case
from governance.store.panels import Panel
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import SUBJECT, Lodge

CATALOG = loader.parse((Path(__file__).parents[2] / "support/lodge_with_panels.yaml").read_text())
REVIEWERS = ("gus", "hana", "ivo", "jun", "kai", "lea", "mo", "nia")
WEEK = Week(2026, 48)
ROWS = ("communication", "guidance")


@dataclass
class PanelLodge(Lodge):
    """What a test does with panels, a line each."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.reviewers(*REVIEWERS)

    def reviewers(self, *people: str, in_standing: bool = True) -> None:
        """Let people review; Seniors of a year ago."""
        for who in people:
            self.room.seat(who, "reviewer")
            if in_standing:
                self.accept(
                    self.event(
                        "decision.recorded", 365, participant_id=who, decision_id=f"d-{who}",
                        case="senior", outcome="granted", approver_ids=["x", "y"],
                        as_of=self.room.now.replace(year=2025, month=1).isoformat(),
                        pack="0" * 64, policy="0" * 64,
                    )
                )  # fmt: skip

    def without_stage(self, *people: str) -> None:
        """Take the stage of reviewers out."""
        for who in people:
            fact = {"fact_type": "mentoring.decision.recorded.v1", "fact_id": f"d-{who}"}
            self.accept(self.event("fact.retracted", 0, participant_id=who, **fact))

    def decide_too(self) -> None:
        """Let the reviewers be members of the committee."""
        with self.room.sitting() as sitting:
            for who in REVIEWERS:
                known = people.of(sitting.tx, PROGRAM, who)
                assert known is not None
                both = replace(known, roles=frozenset({"reviewer", "member"}))
                people.write(sitting.tx, both, "cora", self.room.now)

    def lacks_reviews(self, subject: str = SUBJECT) -> None:
        """Everything that `senior` asks for but reviews."""
        self.training(f"clinic-{subject}", 12, participant_id=subject)

    def apply_of(self, subject: str) -> Case:
        """An application of somebody else who lacks nothing but reviews."""
        self.lacks_reviews(subject)
        with self.room.sitting() as sitting:
            return opening.apply(sitting, PROGRAM, subject, "senior", "it is time")

    def waiting(self) -> Case:
        """A case that waits for the draw."""
        self.lacks_reviews()
        case = self.apply()
        assert case.state == "acknowledged", case.state
        return case

    def draw(self, week: Week = WEEK) -> HeldDraw | None:
        """Hold the draw of a week now."""
        with self.room.sitting() as sitting:
            return drawing.hold(sitting, PROGRAM, week, flow.solve)

    def drawn(self) -> tuple[Case, Panel]:
        """A case with its panel."""
        case = self.waiting()
        self.draw()
        return self.case(case.case_id), self.panel(case)

    def panel(self, case: Case) -> Panel:
        """The first panel of a case."""
        with self.room.sitting() as sitting:
            return panels.of_cases(sitting.tx, [case.case_id])[0]

    def seats(self, panel: Panel, *states: str) -> dict[str, str]:
        """The ids of requests by who has them; of these states, of all but those in reserve if
        none is named."""
        with self.room.sitting() as sitting:
            stored = panels.all_seats(sitting.tx, PROGRAM, sitting.now.replace(year=2020))
            return {
                each.reviewer or "": each.seat.request_id
                for each in sealed.opened(sitting, stored)
                if each.of.panel.panel_id == panel.panel_id
                and (each.seat.state in states or (not states and each.seat.state != "reserve"))
            }

    def give(
        self, who: str, request_id: str, *ratings: int, narrative: str = "Imani asks, and waits."
    ) -> ReviewRequest:
        """Give a review; all 3 unless ratings are named."""
        given = dict(zip(ROWS, ratings or (3, 3), strict=True))
        with self.room.sitting() as sitting:
            return requests.give(sitting, PROGRAM, request_id, who, given, narrative)

    def give_all(self, panel: Panel, *scores: int) -> list[str]:
        """Let everybody who is asked give a review; gives who did."""
        asked = self.seats(panel, "asked")
        for number, (who, request_id) in enumerate(sorted(asked.items())):
            score = scores[number] if scores else 3
            self.give(
                who, request_id, score, score, narrative=f"Text {number}: she asks, and waits."
            )
        return sorted(asked)

    def decline(self, who: str, request_id: str, why: requests.WhyDeclined = "no_time") -> None:
        with self.room.sitting() as sitting:
            requests.decline(sitting, PROGRAM, request_id, who, why)

    def days(self, number: float) -> None:
        """Let days pass, and the process run."""
        self.room.move(days=number)
        self.step()

    def step(self) -> int:
        """What a process does that has just started."""
        return MovingOn(self.room.committee, solve=flow.solve).step()

    def daily(self) -> int:
        """What a process does once a day."""
        return DailyWork(self.room.committee, flow.solve).step()

    def results(self, case: Case) -> list[PanelResult]:
        with self.room.sitting() as sitting:
            return results.results_of(sitting, self.case(case.case_id))

"""Who may review whom: reviewers in good standing, calibrated, at work, and in no conflict.

A coordinator lets somebody take part by giving them the part of a reviewer; whether they hold a
stage is asked of the engine. A panel that was widened takes reviewers without one too.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from directory import erased
from engine.queries import eligibility
from engine.queries.errors import UnknownProgram
from engine.store.awards import standing
from events.instants import from_datetime
from governance.calibration import standing as calibration
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.packs import relations
from governance.panels import sealed
from governance.panels.sealed import OpenedSeat
from governance.rules import deadlines
from governance.rules.panels.panel_rules import PanelRules
from governance.store import panels, people
from governance.store.cases import Case


@dataclass
class Pool:
    """The reviewers of a program at a moment, read once for a draw. `seats`: those of the last
    years, opened."""

    sitting: Sitting
    rules: CommitteeRules
    panel: PanelRules
    program: str
    today: date
    reviewers: frozenset[str]
    in_standing: frozenset[str]
    seats: list[OpenedSeat]
    _cohorts: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, sitting: Sitting, rules: CommitteeRules, panel: PanelRules, program: str) -> "Pool":
        """The pool of a program now."""
        today = deadlines.day_of(rules.calendar, sitting.now)
        reviewers = frozenset(
            each.participant
            for each in people.all_of(sitting.tx, program)
            if each.serves("reviewer", today)
            and not each.is_away(today)
            and not erased.is_erased(sitting.tx, program, each.participant)
        )
        since = sitting.now - timedelta(days=max(panel.remembered_days, 366))
        stored = panels.all_seats(sitting.tx, program, since)
        return cls(
            sitting,
            rules,
            panel,
            program,
            today,
            reviewers,
            _in_standing(sitting, rules, program),
            sealed.opened(sitting, stored),
        )

    def load(self) -> dict[str, int]:
        """How many reviews each has in the present quarter, those given and those asked for."""
        quarter = self.rules.calendar.number_of_day("quarter", self.today)
        load: dict[str, int] = {}
        for each in self.seats:
            asked_at = each.seat.asked_at
            if each.reviewer is None or not each.counts or asked_at is None:
                continue
            day = deadlines.day_of(self.rules.calendar, asked_at)
            if self.rules.calendar.number_of_day("quarter", day) == quarter:
                load[each.reviewer] = load.get(each.reviewer, 0) + 1
        return load

    def candidates(
        self,
        case: Case,
        rubric: str,
        *,
        outside: bool = False,
        conflict_days: int | None = None,
    ) -> dict[str, bool]:
        """Who may review a case under a rubric ("practice/1"), and whether they are outsiders: they
        share no cohort with its subject."""
        may = self.reviewers if outside else self.reviewers & self.in_standing
        may = may - {case.subject} - self._seen_before(case)
        may = calibration.fit_to_review(self.sitting, self.program, rubric, may)
        related = relations.conflicted(self.sitting, self.program, case.subject, may, conflict_days)
        free = sorted(may - related.keys())
        theirs = self._cohorts_of(case.subject)
        return {who: not theirs & self._cohorts_of(who) for who in free}

    def _seen_before(self, case: Case) -> set[str]:
        """Who has or had a seat of the case; who reviewed its subject, or was reviewed by them,
        lately enough."""
        seen: set[str] = set()
        for each in self.seats:
            who, subject = each.reviewer, each.of.subject
            if who is None:
                continue
            if each.of.panel.case_id == case.case_id:
                seen.add(who)
            if not each.counts:
                continue
            asked_at = each.seat.asked_at or each.of.panel.drawn_at
            if subject == case.subject and self._within(asked_at, self.panel.rest_days):
                seen.add(who)
            if who == case.subject and self._within(asked_at, self.panel.reviewed_days):
                seen.add(subject)
        return seen

    def _within(self, moment: datetime, days: int) -> bool:
        return self.sitting.now - moment <= timedelta(days=days)

    def _cohorts_of(self, person: str) -> frozenset[str]:
        """The cohorts in which a fact names somebody."""
        known = self._cohorts.get(person)
        if known is None:
            try:
                facts = eligibility.facts_of(self.sitting.engine, self.program, person)
                known = frozenset(
                    str(fact.data["cohort_id"]) for fact in facts if "cohort_id" in fact.data
                )
            except UnknownProgram:
                known = frozenset()
            self._cohorts[person] = known
        return known


def _in_standing(sitting: Sitting, rules: CommitteeRules, program: str) -> frozenset[str]:
    """Who is in good standing of a stage that the committee gives."""
    badges = [stage.badge for stage in rules.policy.stages if stage.given is not None]
    now = from_datetime(sitting.now)
    return frozenset(
        award.recipient
        for award in standing.of_badges(sitting.engine.tx, program, badges)
        if award.valid_until is None or award.valid_until > now
    )

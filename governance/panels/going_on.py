"""What happens to panels by itself: silent seats go to others, open ones are drawn again, and what
is complete closes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.panels import asking, closing, drawing, sealed
from governance.panels.drawing import PanelToFill
from governance.panels.pool import Pool
from governance.rules import deadlines
from governance.rules.panels import closing as rules_of_closing
from governance.rules.panels.closing import PanelNow
from governance.rules.panels.panel_rules import PanelRules
from governance.rules.panels.problem import Solver
from governance.store import panels
from governance.store.cases import Case
from governance.store.draws import DrawKind
from governance.store.panels import Panel, PanelSeat


@dataclass(frozen=True, slots=True)
class PanelStanding:
    """The seats of an open panel, as they are. `scores`: of the reviews given; `latest`: when the
    last of them came in."""

    seats: Sequence[PanelSeat]
    scores: Sequence[Fraction]
    latest: datetime | None

    @property
    def asked(self) -> int:
        """How many have not answered."""
        return sum(seat.state == "asked" for seat in self.seats)

    def lacking(self, wanted: int) -> int:
        """How many seats nobody has."""
        return max(0, wanted - self.asked - len(self.scores))


def step(sitting: Sitting, rules: CommitteeRules, case: Case, solve: Solver) -> Case:
    """Let the open panels of a locked case go on."""
    for panel in panels.of_cases(sitting.tx, [case.case_id]):
        if panel.state != "open":
            continue
        _lapse(sitting, rules, case, panel)
        fill_now(sitting, rules, case, panel, solve)
        case = _next(sitting, rules, case, panel, solve)
    return case


def wanted_of(panel: Panel) -> int:
    """How many reviews a panel waits for."""
    return panel.seats + panel.adjudicated


def standing_of(sitting: Sitting, case: Case, panel: Panel) -> PanelStanding:
    """How a panel stands."""
    key = sealed.key_of(sitting, case)
    seats = panels.seats_of(sitting.tx, [panel.panel_id])
    given = [
        (seat, review)
        for seat in seats
        if seat.state == "given" and (review := sealed.review_of(key, seat)) is not None
    ]
    scores = [rules_of_closing.score(review.ratings) for _, review in given]
    latest = max((seat.answered_at for seat, _ in given if seat.answered_at), default=None)
    return PanelStanding(seats, scores, latest)


def fill_now(
    sitting: Sitting, rules: CommitteeRules, case: Case, panel: Panel, solve: Solver
) -> bool:
    """Draw for the seats of a panel that nobody has; whether somebody was asked."""
    standing = standing_of(sitting, case, panel)
    lacking = standing.lacking(wanted_of(panel))
    panel_rules = PanelRules.of(rules.policy.governance)
    if not lacking or panel_rules is None:
        return False
    pool = Pool.of(sitting, rules, panel_rules, case.program)
    candidates = pool.candidates(
        case, f"{panel.rubric}/{panel.rubric_version}",
        outside=panel.outside, conflict_days=panel.conflict_days,
    )  # fmt: skip
    is_adjudicator = panel.adjudicated and lacking == 1 and len(standing.scores) >= panel.seats
    outsiders = 0 if is_adjudicator else min(lacking, _outsiders_lacking(panel, standing.seats))
    if not _anybody(pool, candidates, lacking, outsiders):
        return False
    kind: DrawKind = "adjudicator" if is_adjudicator else "panels"
    fill = PanelToFill(case, panel, lacking, outsiders, candidates)
    name = drawing.free_name(sitting, case.program, kind, panel.panel_id)
    held = drawing.draw(sitting, pool, kind, name, [fill], solve)
    asked = drawing.seat(sitting, rules, case, fill, held)
    drawing.note_open(sitting, case, held, [fill])
    return bool(asked)


def _anybody(pool: Pool, candidates: dict[str, bool], lacking: int, outsiders: int) -> bool:
    """Whether somebody could have one of the seats, so that no draw is held for nothing."""
    load = pool.load()
    free = {
        who: out for who, out in candidates.items() if load.get(who, 0) < pool.panel.cap_per_quarter
    }
    return any(free.values()) if outsiders >= lacking else bool(free)


def _outsiders_lacking(panel: Panel, seats: Sequence[PanelSeat]) -> int:
    """How many seats for outsiders nobody has. An alternate has the seat of whom they replace."""
    had = sum(seat.kind == "outsider" and sealed.is_in_use(seat) for seat in seats)
    left = sum(seat.kind == "outsider" and not sealed.is_in_use(seat) for seat in seats)
    came = sum(seat.kind == "alternate" and sealed.is_in_use(seat) for seat in seats)
    return max(0, panel.outsiders - had - min(left, came))


def _lapse(sitting: Sitting, rules: CommitteeRules, case: Case, panel: Panel) -> None:
    """Let the seats of who stayed silent go to the alternates, and if there are none stay open."""
    for seat in panels.seats_of(sitting.tx, [panel.panel_id]):
        if seat.state != "asked":
            continue
        if not deadlines.is_over(rules.calendar, seat.due_on, sitting.now) and seat.reviewer:
            continue
        panels.write_seat(sitting.tx, replace(seat, state="lapsed"))
        if asking.ask_alternate(sitting, rules, case, panel):
            asking.note_requested(sitting, case, panel, 1, "alternate")


def _next(sitting: Sitting, rules: CommitteeRules, case: Case, panel: Panel, solve: Solver) -> Case:
    standing = standing_of(sitting, case, panel)
    today = deadlines.day_of(rules.calendar, sitting.now)
    latest = standing.latest
    now = PanelNow(
        wanted=wanted_of(panel),
        asked=standing.asked,
        scores=standing.scores,
        adjudicated=panel.adjudicated or not _adjudicators(rules),
        late=rules.over(case, sitting.now),
        given_today=latest is not None and deadlines.day_of(rules.calendar, latest) == today,
    )
    match rules_of_closing.next_step(now, panel.spread):
        case "adjudicate":
            adjudicated = replace(panel, adjudicated=True)
            panels.write(sitting.tx, adjudicated)
            fill_now(sitting, rules, case, adjudicated, solve)
        case "close":
            return closing.close(sitting, rules, case, panel)
    return case


def _adjudicators(rules: CommitteeRules) -> int:
    known = PanelRules.of(rules.policy.governance)
    return 0 if known is None else known.adjudicators

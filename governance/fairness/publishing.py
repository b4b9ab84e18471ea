"""Makes the fairness report of a quarter that is over, and publishes it: once, for good.

It needs the libraries of statistics, so pages read what this has published, and not this.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from engine.queries.eligibility import Question
from engine.store.facts import of_person as ledger
from events.instants import Instant, from_datetime, to_datetime
from governance.cases import rules_in_force
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.fairness.gathering import HeardCase, gather
from governance.rules import deadlines
from governance.rules.fairness import report as reports
from governance.rules.fairness.comparing import Thresholds
from governance.rules.fairness.dimensions import dimensions
from governance.rules.fairness.making import ReportOf, make
from governance.rules.fairness.report import FairnessReport
from governance.rules.quarters import Quarter
from governance.rules.states import APPLICATIONS, KINDS, STATES
from governance.store import cases, fairness, log
from governance.store.cases import Case
from governance.store.fairness import PublishedReport

_LEAST = timedelta(microseconds=1)


def drafted(sitting: Sitting, program: str, quarter: Quarter) -> FairnessReport:
    """The report of a quarter as the facts are now; it is not stored.

    Raises:
        CaseRefused: not-allowed, as the policy asks for no report; too-late, as the quarter is not
            over.
        CatalogAltered, PolicyAltered, UnknownProgram
    """
    rules = rules_in_force.in_force(sitting, program)
    asked = rules.policy.governance.get("fairness")
    if asked is None:
        raise CaseRefused("not-allowed", "The policy of this program asks for no fairness report.")
    as_of = _last_instant(rules, quarter)
    if from_datetime(sitting.now) <= as_of:
        raise CaseRefused("too-late", f"{quarter} is not over yet.")
    question = Question(rules.catalog, rules.policy, as_of)
    names = dimensions(asked)
    sitting.engine.generation_of(program)
    tx = sitting.engine.tx
    gathered = gather(
        question,
        program,
        (ledger.of_program(tx, program), ledger.of_program(tx, program)),
        names,
        _heard(sitting, rules, program, quarter, to_datetime(as_of)),
        fairness.all_declared(sitting.tx, program),
    )
    of = ReportOf(program, str(quarter), as_of, names, Thresholds.of(asked))
    return make(of, gathered.people, gathered.lines)


def publish(sitting: Sitting, program: str, quarter: Quarter) -> PublishedReport:
    """The report of a quarter, published now unless it was before.

    Raises:
        CaseRefused, CatalogAltered, PolicyAltered, UnknownProgram: as `drafted`
    """
    known = fairness.of_quarter(sitting.tx, program, str(quarter))
    if known is not None:
        return known
    made = drafted(sitting, program, quarter)
    report = PublishedReport(program, made.quarter, made.document, made.digest, sitting.now)
    log.lock(sitting.tx)
    if not fairness.publish(sitting.tx, report):
        stored = fairness.of_quarter(sitting.tx, program, made.quarter)
        assert stored is not None, "somebody else has published it just now"
        return stored
    body = {
        "quarter": made.quarter,
        "digest": made.digest,
        "red": len(list(reports.flagged(made, "red"))),
        "amber": len(list(reports.flagged(made, "amber"))),
    }
    log.note(sitting.tx, program, None, "fairness.published", "governance", body, sitting.now)
    return report


def publish_due(sitting: Sitting, program: str) -> PublishedReport | None:
    """Publish the report of the last quarter that was over, if the policy asks for reports and
    anything of the program was accepted; None: nothing is published.

    Raises:
        CatalogAltered, PolicyAltered
    """
    rules = rules_in_force.in_force(sitting, program)
    if "fairness" not in rules.policy.governance or not sitting.engine.programs(program):
        return None
    quarter = Quarter.before(deadlines.day_of(rules.calendar, sitting.now))
    return publish(sitting, program, quarter)


def _last_instant(rules: CommitteeRules, quarter: Quarter) -> Instant:
    year, number = quarter
    following = date(year + 1, 1, 1) if number == 4 else date(year, number * 3 + 1, 1)
    return from_datetime(to_datetime(rules.calendar.first_instant(following)) - _LEAST)


def _heard(
    sitting: Sitting, rules: CommitteeRules, program: str, quarter: Quarter, until: datetime
) -> dict[str, HeardCase]:
    """What cases say that no fact does: who applied, who lost a stage or was declined one, who
    appealed, and how long it took."""
    stages = {name for name, matter in rules.matters().items() if matter.stage is not None}
    heard: dict[str, HeardCase] = {}
    for case in cases.page(sitting.tx, program, STATES, KINDS):
        if case.opened_at > until or case.about not in stages:
            continue
        theirs = heard.setdefault(case.subject, HeardCase())
        theirs.named.update(_steps(case, until))
        decided = case.decided_at
        if case.kind in APPLICATIONS and decided is not None and decided <= until:
            day = deadlines.day_of(rules.calendar, decided)
            if quarter.covers(day):
                since = deadlines.day_of(rules.calendar, case.opened_at)
                theirs.days.append((day - since).days)
    return heard


def _steps(case: Case, until: datetime) -> Sequence[str]:
    match case.kind:
        case "appeal":
            return ("applied", "declined", "appealed")
        case "withdrawal":
            is_over = case.decided_at is not None and case.decided_at <= until
            return ("applied", "declined") if is_over and case.outcome == "retracted" else ()
    # A renewal that opens by itself is no application of somebody: its term says that it is due.
    applied = ("applied",) if case.kind == "first" else ()
    is_decided = case.decided_at is not None and case.decided_at <= until
    return (*applied, "declined") if is_decided and case.outcome == "declined" else applied

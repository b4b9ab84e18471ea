"""A tenth of what was decided is judged once more, by two who had no part in it.

They read the pack without names and without what the committee decided, and say how they would
have. Agreement below 0.8 is noted in the log: a meeting on how to decide is called for.
"""

from dataclasses import dataclass
from fractions import Fraction

from governance import notices
from governance.cases import rules_in_force
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.packs import relations
from governance.rules import deadlines, sampling
from governance.rules.case_ref import case_ref
from governance.rules.quarters import Quarter
from governance.rules.sampling import Decided
from governance.rules.states import KINDS, STATES, Outcome
from governance.store import cases, log, people, samples, seats, signatures
from governance.store.cases import Case
from governance.store.samples import AuditSample

JUDGES = 2
LEAST_AGREEMENT = Fraction(4, 5)
_SHARE, _AT_LEAST = 0.1, 5
_AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class SampleResult:
    """How far a quarter's sample is. `agreement`: the share of verdicts that agree with the
    committee; None before the first."""

    assigned: int
    judged: int
    agreement: Fraction | None

    @property
    def is_low(self) -> bool:
        """Whether a meeting on how to decide is called for."""
        return self.agreement is not None and self.agreement < LEAST_AGREEMENT


def draw(sitting: Sitting, program: str, quarter: Quarter) -> list[AuditSample]:
    """Draw the sample of a quarter that is over, by the head of the log at that moment. Drawn
    already: it is the answer. A case that nobody is free to judge is left out.

    Raises:
        CatalogAltered, PolicyAltered
    """
    rules = rules_in_force.in_force(sitting, program)
    if quarter > Quarter.before(deadlines.day_of(rules.calendar, sitting.now)):
        return []
    drawn = samples.of_program(sitting.tx, program, str(quarter))
    if not drawn:
        log.lock(sitting.tx)  # two who draw at once: the second sees what the first drew
        drawn = samples.of_program(sitting.tx, program, str(quarter))
    return drawn or _draw(sitting, program, quarter, rules)


def _draw(
    sitting: Sitting, program: str, quarter: Quarter, rules: CommitteeRules
) -> list[AuditSample]:
    drawn: list[AuditSample] = []
    audit = rules.policy.governance.get("audit", {})
    decided = _decided_in(sitting, program, quarter)
    strata = [Decided(case.case_id, case.about, str(case.outcome)) for case in decided.values()]
    number = sampling.size(
        len(strata), audit.get("share", _SHARE), audit.get("at_least", _AT_LEAST)
    )
    seed = sampling.seed_of(log.head(sitting.tx).head, str(quarter))
    for case_id, _, _ in sampling.draw(seed, strata, number):
        case = decided[case_id]
        judges = sampling.judges(seed, case_id, _free_to_judge(sitting, case), JUDGES)
        drawn += [
            AuditSample(program, str(quarter), case_id, judge, sitting.now)
            for judge in sorted(judges)
        ]
    if not drawn:
        return []
    for sample in drawn:
        samples.add(sitting.tx, sample)
        notices.notify(sitting, decided[sample.case_id], "sample", [sample.judge])
    refs = sorted({case_ref(sample.case_id) for sample in drawn})
    body = {"quarter": str(quarter), "seed": seed, "decided": len(strata), "cases": refs}
    log.note(sitting.tx, program, None, "audit.sampled", _AUDIT, body, sitting.now)
    return drawn


def judge(sitting: Sitting, program: str, case_id: str, who: str, outcome: Outcome) -> SampleResult:
    """Somebody says how they would have decided. The same again is the same answer.

    Raises:
        CaseRefused: unknown-case, as they are not asked to judge it; pack-not-opened;
            already-signed, as they judged otherwise before.
    """
    sample = next(
        (one for one in samples.of_judge(sitting.tx, program, who) if one.case_id == case_id), None
    )
    case = cases.of(sitting.tx, program, case_id)
    if sample is None or case is None or case.pack is None:
        raise CaseRefused("unknown-case", "You are not asked to judge this case.")
    if not signatures.has_opened(sitting.tx, case_id, case.pack, who):
        raise CaseRefused("pack-not-opened", "Open the evidence before you judge.")
    verdict: samples.SampleVerdict = "agrees" if outcome == case.outcome else "disagrees"
    if not samples.judge(sitting.tx, sample, verdict, sitting.now):
        if sample.verdict != verdict:
            raise CaseRefused("already-signed", "You have judged this case otherwise.")
        return result(sitting, program, sample.quarter)
    so_far = result(sitting, program, sample.quarter)
    body = {
        "quarter": sample.quarter,
        "verdict": verdict,
        "judged": so_far.judged,
        "assigned": so_far.assigned,
        "agreement": None if so_far.agreement is None else f"{float(so_far.agreement):.3f}",
        "calibration": so_far.judged == so_far.assigned and so_far.is_low,
    }
    log.note(sitting.tx, program, case_id, "audit.judged", who, body, sitting.now)
    return so_far


def result(sitting: Sitting, program: str, quarter: str) -> SampleResult:
    """How far the sample of a quarter is."""
    drawn = samples.of_program(sitting.tx, program, quarter)
    verdicts = [sample.verdict for sample in drawn if sample.verdict is not None]
    agreement = Fraction(verdicts.count("agrees"), len(verdicts)) if verdicts else None
    return SampleResult(len(drawn), len(verdicts), agreement)


def _decided_in(sitting: Sitting, program: str, quarter: Quarter) -> dict[str, Case]:
    calendar = rules_in_force.in_force(sitting, program).calendar
    return {
        case.case_id: case
        for case in cases.page(sitting.tx, program, STATES, KINDS)
        if case.outcome is not None
        and case.decided_at is not None
        and case.pack is not None
        and quarter.covers(deadlines.day_of(calendar, case.decided_at))
    }


def _free_to_judge(sitting: Sitting, case: Case) -> set[str]:
    """Members and bench who had no part in a case and are not close to its subject."""
    today = deadlines.day_of(rules_in_force.in_force(sitting, case.program).calendar, sitting.now)
    free = {
        officer.participant
        for officer in people.all_of(sitting.tx, case.program)
        if any(officer.serves(role, today) for role in ("member", "chair", "bench"))
        and not officer.is_away(today)
    }
    free -= {each.member for each in signatures.of_case(sitting.tx, case.case_id)}
    free -= {each.member for each in seats.of_case(sitting.tx, case.case_id)}
    free -= {each.member for each in seats.recusals(sitting.tx, case.case_id)}
    free -= relations.conflicted(sitting, case.program, case.subject, free).keys()
    return free - {case.subject}

"""`badge-governance audit`: what the audits say, a line each."""

from collections.abc import Iterable, Iterator

from governance.audit.daily import AuditFinding, words
from governance.audit.sample import SampleResult
from governance.rules.breaches import Breach
from governance.rules.quarters import Quarter


def daily_lines(findings: Iterable[AuditFinding]) -> Iterator[str]:
    """A line for each decision that does not hold or cannot be asked, and how many there are."""
    every = list(findings)
    for finding in every:
        term = finding.term
        what = f"{term.decision_id}  {term.participant}  {term.badge}"
        if not finding.asked:
            yield f"{what}: nobody knows the policy that it was decided under"
        elif not finding.holds:
            yield f"{what}: {'; '.join(words(finding.fallen))}; {_case(finding)}"
    holding = sum(finding.asked and finding.holds for finding in every)
    yield f"{len(every)} decisions in force, of which {holding} hold"


def _case(finding: AuditFinding) -> str:
    if finding.case_id is None:
        return "people let it stand"
    return f"case {finding.case_id} {'opened' if finding.opened else 'is about it'}"


def quarterly_lines(
    quarter: Quarter, breaches: Iterable[Breach], sample: SampleResult
) -> Iterator[str]:
    """A line for each breach, and how far the sample of the quarter is."""
    every = list(breaches)
    for breach in every:
        yield f"{breach.kind}  {breach.case or '-'}: {breach.sentence}"
    yield f"{quarter}: {len(every)} breaches"
    agreement = "" if sample.agreement is None else f", agreement {float(sample.agreement):.2f}"
    low = "; a calibration is called for" if sample.is_low else ""
    yield f"sample: {sample.judged} of {sample.assigned} judged{agreement}{low}"

"""`badge-governance fairness`: which report is printed, and where it stands."""

from collections.abc import Iterator

from governance.cases import rules_in_force
from governance.commands import fairness_table
from governance.committee import Sitting
from governance.fairness import publishing
from governance.rules import deadlines
from governance.rules.fairness import report as reports
from governance.rules.quarters import Quarter
from governance.store import fairness


def lines(
    sitting: Sitting, program: str, quarter: Quarter | None, *, publish: bool
) -> Iterator[str]:
    """The report of a quarter, or of the last one that was over, and its digest if it is published.

    Raises:
        CaseRefused, CatalogAltered, PolicyAltered, UnknownProgram
    """
    if quarter is None:
        calendar = rules_in_force.in_force(sitting, program).calendar
        quarter = Quarter.before(deadlines.day_of(calendar, sitting.now))
    if publish:
        publishing.publish(sitting, program, quarter)
    published = fairness.of_quarter(sitting.tx, program, str(quarter))
    if published is None:
        yield from fairness_table.table(publishing.drafted(sitting, program, quarter))
        yield "not published"
        return
    yield from fairness_table.table(reports.read(published.document))
    yield f"published; SHA-256: {published.digest}"

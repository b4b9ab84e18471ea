"""The words of the overview."""

import pytest

from tests.pages.report_samples import REPORTS
from web.rendering import overview


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 0, "0 %"), (0, 9, "0 %"), (1, 1_000, "1 %"), (999, 1_000, "99 %"), (9, 9, "100 %"),
     (41, 53, "77 %")],
)  # fmt: skip
def test_a_share_is_nothing_or_all_only_where_it_is(part: int, whole: int, expected: str) -> None:
    assert overview.percent(part, whole) == expected


def test_the_kind_that_leads_is_named_unless_another_has_as_many() -> None:
    report = REPORTS["northfield"]
    most = overview.most_recognised(report)
    assert most is not None
    assert most.badge == "trust"
    assert overview.most_recognised(REPORTS["empty"]) is None
    kinds = [kind.model_copy(update={"total": 3}) for kind in report.kudos.by_kind]
    level = report.model_copy(update={"kudos": report.kudos.model_copy(update={"by_kind": kinds})})
    assert overview.most_recognised(level) is None


@pytest.mark.parametrize("program", REPORTS)
def test_every_chart_has_a_title_a_description_and_a_table(program: str) -> None:
    charts = overview.of_report(REPORTS[program])
    assert len({chart.key for chart in charts}) == len(charts)
    for chart in charts:
        assert chart.title
        assert chart.description
        assert all(len(row) == len(chart.heads) for row in chart.rows)
    kinds = charts[0]
    assert [row[1] for row in kinds.rows] == [
        f"{kind.total:,}" for kind in REPORTS[program].kudos.by_kind
    ]

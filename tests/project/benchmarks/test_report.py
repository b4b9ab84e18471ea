"""What `make bench` says of its runs."""

import xml.etree.ElementTree as ET

import pytest

from benchmarks import chart, report
from benchmarks.processor_time import PartTimes
from benchmarks.report import Rate

WORKER = "worker, 1 process"


def test_several_runs_give_the_least_the_median_and_the_most_of_each() -> None:
    """Given three runs of a limit and a worker, then each has a line, and the worker's median is
    compared with the limit's."""
    runs = [
        [Rate("bare insert", insert, "COPY"), Rate(WORKER, worker, "")]
        for insert, worker in ((90_000, 9_000), (200_000, 5_000), (100_000, 10_000))
    ]

    insert, worker = report.joined(runs)

    assert (insert.least, insert.median, insert.most) == (90_000, 100_000, 200_000)
    assert (worker.least, worker.median, worker.most) == (5_000, 9_000, 10_000)
    assert insert.worker == pytest.approx(0.09)
    assert worker.worker == 1


def test_without_a_worker_nothing_is_set_beside_it() -> None:
    (row,) = report.joined([[Rate("raw consume", 5.0, "")]])
    assert row.worker is None


def test_the_costs_of_several_runs_are_the_median_of_each_part(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Given three runs of a worker and a limit without costs, then the worker's parts have their
    medians, and only the worker has a column of costs, with what the others leave room for."""
    costs = [
        PartTimes(60.0, 20.0, 8.0, 2.0),
        PartTimes(70.0, 25.0, 9.0, 6.0),
        PartTimes(50.0, 30.0, 5.0, 4.0),
    ]
    runs = [[Rate("bare insert", 1.0, ""), Rate(WORKER, 12_000, "", cost)] for cost in costs]

    insert, worker = rows = report.joined(runs)
    report.show_costs(rows, 2)

    assert insert.costs is None
    assert worker.costs == PartTimes(60.0, 25.0, 8.0, 4.0)
    printed = capsys.readouterr().out
    assert "bare insert" not in printed
    assert all(text in printed for text in ("37.0", "54,054", "0.22"))


def test_runs_that_measured_other_things_are_not_mixed() -> None:
    with pytest.raises(ValueError, match="zip"):
        report.joined([[Rate("a", 1.0, "")], []])


def test_a_chart_has_a_bar_for_each_value_as_long_as_its_logarithm() -> None:
    """Given 10, 100 and 10,000, then the bars have lengths of 0, 1 and 3 parts of the scale."""
    drawn = chart.draw("Rates", [("a & b", 10.0), ("worker", 100.0), ("c", 10_000.0)])

    root = ET.fromstring(drawn)
    bars = [
        float(element.attrib["width"])
        for element in root.iter("{http://www.w3.org/2000/svg}rect")
        if element.attrib.get("height") == "20"
    ]
    assert bars == [1.0, pytest.approx(160, abs=0.1), pytest.approx(480, abs=0.1)]
    assert {"a & b", "10,000"} <= {element.text for element in root.iter()}

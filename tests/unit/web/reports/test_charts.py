"""Charts: bars are as long as what they stand for, and nothing is outside of its drawing."""

from hypothesis import given
from hypothesis import strategies as st

from web.rendering import charts
from web.rendering.charts import WIDTH, ChartBar, ChartDrawing, ChartPart

VALUES = st.lists(st.lists(st.integers(0, 10**6), min_size=1, max_size=5), min_size=1, max_size=24)


def _items(values: list[list[int]]) -> list[ChartBar]:
    return [
        ChartBar(str(n), tuple(ChartPart(str(m), f"p{m}", v) for m, v in enumerate(row)), "")
        for n, row in enumerate(values)
    ]


def _inside(drawing: ChartDrawing) -> bool:
    return all(
        rect.x >= 0
        and rect.y >= 0
        and rect.x + rect.width <= WIDTH + 1.1
        and rect.y + rect.height <= drawing.height + 1.1
        for rect in drawing.rects
    )


@given(VALUES)
def test_nothing_is_outside_of_the_drawing(values: list[list[int]]) -> None:
    assert _inside(charts.bars(_items(values)))
    assert _inside(charts.columns(_items(values)))


@given(VALUES)
def test_what_there_is_has_a_bar_and_what_there_is_not_has_none(values: list[list[int]]) -> None:
    there = sum(value > 0 for row in values for value in row)
    assert len(charts.columns(_items(values)).rects) == there
    bars = [rect for rect in charts.bars(_items(values)).rects if rect.paint != "rest"]
    assert len(bars) == there
    assert all(rect.width > 0 for rect in bars)


def test_twice_as_much_is_twice_as_long() -> None:
    drawing = charts.columns(_items([[100], [50]]))
    high, low = (rect.height + 1.5 for rect in drawing.rects)
    assert abs(high - 2 * low) < 0.3


@given(st.integers(0, 10**9))
def test_a_scale_is_round_and_reaches_the_highest(most: int) -> None:
    end, step = charts.scale(most)
    assert end >= most
    assert end % step == 0
    assert str(step).rstrip("0") in ("1", "2", "5")
    assert end // step <= 5

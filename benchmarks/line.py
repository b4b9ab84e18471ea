"""A straight line through measured points."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """y = intercept + slope * x."""

    slope: float
    intercept: float


def fitted(points: Sequence[tuple[float, float]]) -> Line:
    """The line with the least squares; level if there is but one x."""
    count = len(points)
    mean_x = sum(x for x, _ in points) / count
    mean_y = sum(y for _, y in points) / count
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    together = sum((x - mean_x) * (y - mean_y) for x, y in points)
    slope = together / spread if spread else 0.0
    return Line(slope, mean_y - slope * mean_x)

"""A number as people read it."""

import math


def number(value: float) -> str:
    """Whole ones without a point, others with at most six digits after it."""
    if math.isfinite(value) and value == int(value):
        return str(int(value))
    return f"{value:.6f}".rstrip("0").rstrip(".")

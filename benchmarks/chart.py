"""A bar chart on a logarithmic scale, as an SVG file that needs nothing else."""

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10

_NAME, _BARS, _VALUE = 170, 480, 90  # widths, in pixels
_LINE, _TOP = 28, 48  # heights


def draw(title: str, values: Sequence[tuple[str, float]]) -> str:
    """One bar for each name. Values must be above 0."""
    low = floor(log10(min(value for _, value in values)))
    high = max(low + 1, ceil(log10(max(value for _, value in values))))
    height = _TOP + _LINE * len(values) + 28

    def along(value: float) -> float:
        return _NAME + _BARS * (log10(value) - low) / (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_NAME + _BARS + _VALUE}" '
        f'height="{height}" font-family="sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="10" y="24" font-size="16">{escape(title)} (logarithmic)</text>',
    ]
    for power in range(low, high + 1):
        x, foot = along(10.0**power), height - 24
        parts.append(
            f'<line x1="{x:.1f}" y1="{_TOP - 8}" x2="{x:.1f}" y2="{foot}" stroke="#ccc"/>'
            f'<text x="{x:.1f}" y="{foot + 16}" text-anchor="middle">{10**power:,}</text>'
        )
    for number, (name, value) in enumerate(values):
        y, end = _TOP + _LINE * number, along(value)
        colour = "#c2410c" if name.startswith("worker") else "#64748b"
        parts.append(
            f'<text x="{_NAME - 8}" y="{y + 15}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="{_NAME}" y="{y}" width="{max(1.0, end - _NAME):.1f}" height="20" '
            f'fill="{colour}"/><text x="{end + 6:.1f}" y="{y + 15}">{value:,.0f}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"

"""Log-log charts of cost by library size, two in a row, as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

Points = Sequence[tuple[float, float]]

PANEL, HEIGHT = 300, 190  # of the plot area of a chart
PANEL_WIDTH, PANEL_HEIGHT = PANEL + 80, HEIGHT + 92  # distance between charts
LEFT, TOP = 60, 64
STYLE = """
svg { background: #ffffff; font: 12px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif }
.paper { fill: #ffffff } text { fill: #57606a } .title { fill: #1f2328; font-weight: 600; font-size: 13px }
.grid { stroke: #d0d7de; stroke-width: 1 } .axis { stroke: #8c959f; stroke-width: 1 }
.line { fill: none; stroke-width: 2 } .line0 { stroke: #0969da } .line1 { stroke: #bc4c00; stroke-dasharray: 6 4 }
.line2 { stroke: #8250df; stroke-dasharray: 2 4 }
.dot0 { fill: #0969da } .dot1 { fill: #bc4c00 } .dot2 { fill: #8250df }
@media (prefers-color-scheme: dark) {
  svg { background: #0d1117 } .paper { fill: #0d1117 } text { fill: #9198a1 } .title { fill: #f0f6fc }
  .grid { stroke: #2a313c } .axis { stroke: #656c76 }
  .line0 { stroke: #58a6ff } .line1 { stroke: #f0883e } .line2 { stroke: #bc8cff }
  .dot0 { fill: #58a6ff } .dot1 { fill: #f0883e } .dot2 { fill: #bc8cff }
}
"""


@dataclass(frozen=True, slots=True)
class Chart:
    """A title, and the points (passages, value) of each line; empty lines are omitted."""

    title: str
    lines: Mapping[str, Points]


def render_svg(charts: Sequence[Chart], note: str) -> str:
    """The charts, two in a row, with a legend above and a line of text below."""
    names = list(dict.fromkeys(name for chart in charts for name, points in chart.lines.items() if points))
    width = LEFT + PANEL_WIDTH + PANEL + 28
    height = TOP + PANEL_HEIGHT * ((len(charts) + 1) // 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' role="img">',
        f"<title>{escape(note)}</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{width}" height="{height}"/>',
    ]
    at = LEFT
    for number, name in enumerate(names):
        parts.append(f'<line class="line line{number % 3}" x1="{at}" y1="16" x2="{at + 28}" y2="16"/>')
        parts.append(f'<circle class="dot{number % 3}" cx="{at + 14}" cy="16" r="3.5"/>')
        parts.append(f'<text x="{at + 36}" y="20">{escape(name)}</text>')
        at += 60 + 7 * len(name)
    for number, chart in enumerate(charts):
        parts += _render_panel(chart, names, LEFT + PANEL_WIDTH * (number % 2), TOP + PANEL_HEIGHT * (number // 2))
    parts.append(f'<text x="{LEFT}" y="{height - 12}">{escape(note)}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _render_panel(chart: Chart, names: Sequence[str], left: float, top: float) -> list[str]:
    points = [(x, y) for line in chart.lines.values() for x, y in line if x > 0 and y > 0]
    parts = [f'<text class="title" x="{left}" y="{top - 12}">{escape(chart.title)}</text>']
    if not points:
        return [*parts, f'<text x="{left}" y="{top + HEIGHT / 2}">not measured</text>']
    horizontal, vertical = (_enclosing_decades([point[axis] for point in points]) for axis in (0, 1))

    def x(value: float) -> float:
        return left + PANEL * (math.log10(value) - horizontal[0]) / (horizontal[1] - horizontal[0])

    def y(value: float) -> float:
        return top + HEIGHT - HEIGHT * (math.log10(value) - vertical[0]) / (vertical[1] - vertical[0])

    for power in range(horizontal[0], horizontal[1] + 1):
        at = x(10.0**power)
        parts.append(f'<line class="grid" x1="{at:.1f}" y1="{top}" x2="{at:.1f}" y2="{top + HEIGHT}"/>')
        parts.append(f'<text x="{at:.1f}" y="{top + HEIGHT + 18}" text-anchor="middle">{_format_power(power)}</text>')
    for power in range(vertical[0], vertical[1] + 1):
        at = y(10.0**power)
        parts.append(f'<line class="grid" x1="{left}" y1="{at:.1f}" x2="{left + PANEL}" y2="{at:.1f}"/>')
        parts.append(f'<text x="{left - 8}" y="{at + 4:.1f}" text-anchor="end">{_format_power(power)}</text>')
    parts.append(f'<path class="axis" fill="none" d="M{left} {top}V{top + HEIGHT}H{left + PANEL}"/>')
    parts.append(f'<text x="{left + PANEL}" y="{top + HEIGHT + 36}" text-anchor="end">passages</text>')
    for number, name in enumerate(names):
        line = sorted((a, b) for a, b in chart.lines.get(name, ()) if a > 0 and b > 0)
        if line:
            path = "L".join(f"{x(a):.1f} {y(b):.1f}" for a, b in line)
            parts.append(f'<path class="line line{number % 3}" d="M{path}"/>')
        for a, b in line:
            tooltip = escape(f"{name}: {b:,.4g} at {a:,.0f} passages")
            dot = f'<circle class="dot{number % 3}" cx="{x(a):.1f}" cy="{y(b):.1f}" r="3.5">'
            parts.append(f"{dot}<title>{tooltip}</title></circle>")
    return parts


def _enclosing_decades(values: Sequence[float]) -> tuple[int, int]:
    """The exponents of the powers of ten around the values, at least one apart."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _format_power(power: int) -> str:
    """10 to this power as an axis label: 0.01, 1, 100, 10k, 1M."""
    if power < 0:
        return f"{10.0**power:.{-power}f}"
    letter = " kMGT"[power // 3].strip() if power >= 3 else ""
    return f"{10 ** (power % 3 if letter else power)}{letter}"

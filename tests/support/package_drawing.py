"""Draws the packages of the program and their imports as an SVG: `make drawing` writes docs/packages.svg.

All imports count, also those in functions and for types. A package is one floor above the highest package that it
imports. Arrows that follow from others are left out (transitive reduction).
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from html import escape

import grimp

ROOT = "assistant"
BOX_WIDTH, BOX_HEIGHT, GAP, FLOOR_HEIGHT, MARGIN = 118, 34, 22, 78, 24  # pixels
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1f2937;text-anchor:middle}"
    "rect{fill:#eef2ff;stroke:#6366f1}line{stroke:#9ca3af;marker-end:url(#head)}"
    ".page{fill:#fff;stroke:none}"
)

Imports = Mapping[str, Set[str]]


def read_imports() -> Imports:
    """Which package imports which, by their short names; a module at the top counts as a package."""
    graph = grimp.build_graph(ROOT, cache_dir=None)
    units = sorted(graph.find_children(ROOT) - {f"{ROOT}.__main__"})
    members = {unit: {unit} | graph.find_descendants(unit) for unit in units}
    unit_of = {module: unit for unit, modules in members.items() for module in modules}
    return {
        unit.rpartition(".")[2]: {
            unit_of[target].rpartition(".")[2]
            for module in members[unit]
            for target in graph.find_modules_directly_imported_by(module)
            if unit_of.get(target, unit) != unit
        }
        for unit in units
    }


def assign_floors(imports: Imports) -> dict[str, int]:
    """The floor of each package, from 0 at the bottom: one above the highest package that it imports.

    The imports must not contain a cycle.
    """
    floors: dict[str, int] = {}

    def floor_of(name: str) -> int:
        if name not in floors:
            floors[name] = max((floor_of(target) + 1 for target in imports[name]), default=0)
        return floors[name]

    for name in sorted(imports):
        floor_of(name)
    return floors


def reduce_transitively(imports: Imports) -> list[tuple[str, str]]:
    """The imports that do not follow from others, sorted."""

    def reachable(name: str) -> set[str]:
        return {name}.union(*(reachable(target) for target in imports[name]))

    return sorted(
        (name, target)
        for name, targets in imports.items()
        for target in targets
        if not any(target in reachable(other) for other in targets - {target})
    )


def draw_packages(imports: Imports) -> str:
    """The drawing as an SVG document."""
    floors = assign_floors(imports)
    top = max(floors.values())
    rows = [sorted(name for name in floors if floors[name] == floor) for floor in range(top, -1, -1)]
    width = 2 * MARGIN + max(len(row) for row in rows) * (BOX_WIDTH + GAP) - GAP
    height = 2 * MARGIN + top * FLOOR_HEIGHT + BOX_HEIGHT
    places: dict[str, tuple[float, float]] = {}  # centre of each box
    for number, row in enumerate(rows):
        left = (width - len(row) * (BOX_WIDTH + GAP) + GAP) / 2
        for column, name in enumerate(row):
            x = left + column * (BOX_WIDTH + GAP) + BOX_WIDTH / 2
            places[name] = x, MARGIN + number * FLOOR_HEIGHT + BOX_HEIGHT / 2
    lines = [
        f'<line x1="{places[name][0]:.0f}" y1="{places[name][1] + BOX_HEIGHT / 2:.0f}" '
        f'x2="{places[target][0]:.0f}" y2="{places[target][1] - BOX_HEIGHT / 2 - 5:.0f}"/>'
        for name, target in reduce_transitively(imports)
    ]
    boxes = [
        f'<rect x="{x - BOX_WIDTH / 2:.0f}" y="{y - BOX_HEIGHT / 2:.0f}" '
        f'width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6"/>'
        f'<text x="{x:.0f}" y="{y:.0f}" dy=".35em">{escape(name)}</text>'
        for name, (x, y) in places.items()
    ]
    head = (
        '<defs><marker id="head" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#9ca3af"/></marker></defs>'
    )
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
            f"<style>{STYLE}</style>{head}",
            f'<rect class="page" width="{width}" height="{height}"/>',
            *lines,
            *boxes,
            "</svg>\n",
        ]
    )


if __name__ == "__main__":
    import sys

    sys.stdout.write(draw_packages(read_imports()))

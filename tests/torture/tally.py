"""Counts and problems of a campaign."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Counts by name, in the order of their first use, and the problems found, which must remain empty."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add_count(self, name: str, number: int = 1) -> None:
        self.counts[name] = self.counts.get(name, 0) + number

    def merge(self, other: Tally) -> None:
        for name, number in other.counts.items():
            self.add_count(name, number)
        self.problems += other.problems

    def __str__(self) -> str:
        lines = [f"{number:>7,}  {name}" for name, number in self.counts.items()]
        return "\n".join(
            [*lines, f"{len(self.problems):>7,}  problems", *(f"  ! {problem}" for problem in self.problems[:50])]
        )

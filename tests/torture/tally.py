"""The counts of a campaign, and what it found wrong."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Counts by name, in the order in which they were first met; `wrong` must stay empty."""

    counts: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def count(self, name: str, number: int = 1) -> None:
        self.counts[name] = self.counts.get(name, 0) + number

    def add(self, other: Tally) -> None:
        for name, number in other.counts.items():
            self.count(name, number)
        self.wrong += other.wrong

    def __str__(self) -> str:
        lines = [f"{number:>7,}  {name}" for name, number in self.counts.items()]
        return "\n".join([*lines, f"{len(self.wrong):>7,}  wrong", *(f"  ! {one}" for one in self.wrong[:50])])

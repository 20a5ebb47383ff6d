"""A build report in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.records.build import BuildReport
from assistant.text.formatting import count_noun

if TYPE_CHECKING:
    pass


def summarize_build(report: BuildReport) -> str:
    """A build in one line: "18 articles (18 added), 33 passages, 33 embedded, in 1.9 s"."""
    changes = [
        f"{count} {what}"
        for count, what in (
            (report.added, "added"),
            (report.changed, "changed"),
            (report.removed, "removed"),
            (report.unchanged, "unchanged"),
        )
        if count
    ]
    embedded = f"{report.embedded:,} embedded" if report.embedded else "nothing embedded"
    kept = f" ({report.reused:,} embedded before)" if report.reused else ""
    skipped = f"; {report.skipped} skipped" if report.skipped else ""
    return (
        f"{count_noun(report.articles, 'article')} ({', '.join(changes)}){skipped}, "
        f"{count_noun(report.passages, 'passage')}, {embedded}{kept}, in {report.seconds:.1f} s"
    )

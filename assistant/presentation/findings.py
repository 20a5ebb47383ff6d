"""Findings of standing questions in words."""

from __future__ import annotations

from assistant.records.marks import StandingFinding
from assistant.text.sanitize import sanitize_line


def describe_finding(finding: StandingFinding) -> str:
    """A finding in one line: the question, the words with their speaker, the source. A terminal can show it."""
    cited = finding.citation
    return sanitize_line(f"{finding.wording}: {cited.words_with_days} ({cited.reference_line})")

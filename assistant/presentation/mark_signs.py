"""The marks of an article as signs and words, in lists, at its title, and for filtering; findings in one line."""

from __future__ import annotations

from assistant.records.marks import ArticleMarks, StandingFinding
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line

STAR, READ, NOTE = "★", "✓", "✎"


def describe_marks(marks: ArticleMarks | None) -> str:
    """Starred, read, with notes, and the tags: "★✎ #ferry #port works"; empty without marks."""
    if marks is None:
        return ""
    signs = [sign for sign, on in ((STAR, marks.is_starred), (READ, marks.is_read), (NOTE, bool(marks.notes))) if on]
    return " ".join(["".join(signs), *(f"#{tag}" for tag in marks.tags)]).strip()


def explain_marks(marks: ArticleMarks | None) -> str:
    """The same with words, where there is room: "★ starred · ✓ read · ✎ 2 notes · #ferry"; empty without marks."""
    if marks is None:
        return ""
    signs = [f"{STAR} starred"] if marks.is_starred else []
    signs += [f"{READ} read"] if marks.is_read else []
    signs += [f"{NOTE} {count_noun(marks.notes, 'note')}"] if marks.notes else []
    return " · ".join([*signs, *(f"#{tag}" for tag in marks.tags)])


def list_filter_words(marks: ArticleMarks | None) -> str:
    """The words by which a list is filtered: "#tag", "is:starred", "is:read" or "is:unread", "has:note"."""
    found = marks or ArticleMarks()
    words = ["is:read" if found.is_read else "is:unread"]
    words += ["is:starred"] if found.is_starred else []
    words += ["has:note"] if found.notes else []
    return " ".join([*words, *(f"#{tag}" for tag in found.tags)])


def describe_finding(finding: StandingFinding) -> str:
    """A finding of a standing question: the question, the words with their speaker, the source. Safe for a terminal."""
    cited = finding.citation
    return sanitize_line(f"{finding.wording}: {cited.words_with_days} ({cited.reference_line})")

"""What is new, and what the user has changed on an article."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records.marks import StandingFinding


@dataclass(frozen=True, slots=True)
class News:
    """What the last builds brought, in words, and the findings that the user has not seen yet."""

    text: str = ""
    findings: tuple[StandingFinding, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.findings)


@dataclass(frozen=True, slots=True)
class MarksChange:
    """The marks of an article as the user wants them. `note` is a new note, empty for none; it is on `span`.

    `removed_notes` are the numbers of notes to remove. `fields` are the fields of the article that they have changed,
    by name, each as text; empty for none.
    """

    is_starred: bool
    is_read: bool
    tags: tuple[str, ...]
    note: str = ""
    span: tuple[int, int] | None = None
    removed_notes: tuple[int, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()

"""Notes of Zotero: the words that somebody marked, with the document and the pages that the citations name."""

from __future__ import annotations

import pytest

from assistant.articles.readers.annotations import split_annotations
from tests.articles.test_notes import read_note


def cite(words: str, page: int, rest: str = "", who: str = "Torvald and Poe, 2025") -> str:
    """An annotation as a note of Zotero has it in Markdown."""
    return (
        f"“{words}” ([{who}, p. {page}](zotero://select/library/items/ABCD2345)) "
        f"([pdf](zotero://open-pdf/library/items/EFGH2345?page={page + 1}&annotation=IJKL2345)){rest}"
    )


SHUT, OPEN = "The weir is shut,” said Ivo Bark. “It \\[the mill\\] stands.", "It opens in *May*."


def test_note_of_zotero() -> None:
    """The marked words are the text, with their pages; author and year are those of the citations; no comments."""
    note = f"# Annotations  \n(12/1/2026, 12:18:58 PM)\n\n{cite(SHUT, 3, ' ask him again')}\n\n{cite(OPEN, 12)}\n"
    article, parsed = read_note(note)
    first = "The weir is shut,” said Ivo Bark. “It [the mill] stands."
    assert article.text == f"{first}\n\nIt opens in May."
    assert (article.title, article.author, article.published_at) == (
        *("Annotations on Torvald and Poe, 2025", "Torvald and Poe", "2025"),
    )
    assert [article.name_place(at, at + 5) for at in (0, len(first) + 2)] == ["p. 3", "p. 12"]
    assert (article.partial, article.get_origin("author")) == (
        *("only what somebody marked in it is there", "its citations"),
    )
    named, _ = read_note(note.replace("# Annotations  ", "# The weir of Tarn  "))
    assert named.title == "The weir of Tarn"
    filed, _ = read_note(f"---\nsource: The Weir Post\npublished: 2025-03-04\n---\n{note}")
    assert (filed.source, filed.published_at, filed.author) == ("The Weir Post", "2025-03-04", "Torvald and Poe")
    assert not parsed.reading_note


def test_citations_of_other_styles() -> None:
    """A document without an author is cited by its title; links to the file may stand first, or be left out."""
    titled = "“The Weir Is Shut,” 2025"
    article, _ = read_note(f"# Annotations\n\n{cite(SHUT, 3, who=titled)}")
    assert (article.title, article.author, article.published_at) == ("The Weir Is Shut", None, "2025")
    turned = (
        "“It is wet.” ([pdf](zotero://open-pdf/library/items/A?page=4)) ([Poe, 2025, p. 4](zotero://select/items/B))"
    )
    assert read_note(turned)[0].text == "It is wet."
    article, _ = read_note("# Annotations\n(1/2/2026)\n\n“It is wet.” (Poe, 2025, p. 4)\n\n“It is dry.” (Poe, 2025)\n")
    assert (article.text, article.author, article.name_place(0, 3)) == ("It is wet.\n\nIt is dry.", "Poe", "p. 4")


@pytest.mark.parametrize(
    "note",
    [
        f"# Annotations\n\n{cite(SHUT, 3)}\n\nI asked him about it.",
        f"# Annotations\n\n{cite(SHUT, 3)}\n\n{cite(OPEN, 3, who='Bark, 2024')}",
        "# The weir\n\n“It is wet.” (Poe, 2025, p. 4)",
        "# Annotations\n\nIt is wet (Poe, 2025, p. 4).",
    ],
)
def test_notes_with_other_text_stay(note: str) -> None:
    """What somebody wrote between citations is text, and documents that are cited together are not one."""
    assert split_annotations(note) is None
    article, _ = read_note(note)
    assert article.partial is None
    assert article.author is None

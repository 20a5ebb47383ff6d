"""One article kept in several formats is one story: PDF in two columns, web page, mail, Word document."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.embedding.embedder import Embedder
from assistant.embedding.model_files import ModelFiles
from assistant.indexing.stories import compute_stories
from assistant.store.library import SqliteLibrary
from tests.support.documents import Source, write_docx, write_eml, write_pdf
from tests.support.workspace import Workspace

SENTENCES = [
    f"The council sold the old mill on {place} to a builder named {name} for {number} thousand pounds in {month}."
    for place, name, number, month in [
        ("the hill", "Ada Poe", 320, "March"),
        ("the quay", "Jon Roe", 41, "April"),
        ("the bridge", "Maud Lind", 77, "May"),
        ("the green", "Tom Reed", 590, "June"),
        ("the lane", "Eva Holt", 23, "July"),
        ("the weir", "Ned Moss", 860, "August"),
    ]
]
BANNER = "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>"


@pytest.fixture
def workspace(tmp_path: Path, model: ModelFiles, embedder: Embedder) -> Workspace:
    return Workspace(tmp_path, model, embedder)


def test_formats_of_one_article_are_one_story(workspace: Workspace) -> None:
    """Each is shown as a copy of the others, and they count once."""
    source = Source("Old mill sold", tuple(" ".join(SENTENCES[at : at + 2]) for at in (0, 2, 4)))
    paragraphs = "".join(f"<p>{each}</p>" for each in source.paragraphs)
    page = f"<html><body>{BANNER}<article><h1>{source.title}</h1>{paragraphs}</article></body></html>"
    (workspace.articles / "a.pdf").write_bytes(write_pdf(source, columns=2))
    (workspace.articles / "b.html").write_text(page)
    (workspace.articles / "c.docx").write_bytes(write_docx(source))
    (workspace.articles / "d.eml").write_bytes(write_eml(source))
    (workspace.articles / "e.txt").write_text(
        "Another story. " + "The ferry was late on that day, as it always is. " * 9
    )
    workspace.build()
    with SqliteLibrary.open(workspace.index) as library:
        (story,) = library.event_groups()
        assert sorted(story) == ["a.pdf", "b.html", "c.docx", "d.eml"]
        assert len(library.duplicates("a.pdf")) == 3
        assert compute_stories(library.select_unchecked)

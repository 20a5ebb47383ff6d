"""Pictures as SVG: well-formed, with every number, and with nothing of an article as markup."""

from __future__ import annotations

from xml.etree import ElementTree

from assistant.engine import Assistant
from assistant.pictures.matrix import Matrix
from assistant.pictures.svg import draw_library, draw_matrices, draw_timeline
from assistant.records.library import ArticleRow


def list_texts(picture: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]


def test_picture_has_each_number_and_label() -> None:
    """A name cannot bring markup; a count of 0 is an empty place; a table without a count is left out."""
    name = 'A & B <script>x</script> "Co"'
    matrix = Matrix("Articles", (name, "Post"), ("2025-01", "2025-02"), ((12, 0), (1, 3)), "one is missing")
    empty = Matrix("Nothing", (), (), (), "")
    picture = draw_matrices([matrix, empty], "made here")
    assert "<script" not in picture
    texts = list_texts(picture)
    assert {name, "Post", "2025-01", "12", "1", "3", "one is missing", "made here"} <= set(texts)
    assert "0" not in texts
    assert "Nothing" not in texts


def test_picture_of_a_library(seeds: Assistant) -> None:
    """Outlets, months and people of the sample articles."""
    texts = list_texts(draw_library(seeds.catalog()))
    assert {"Harbour Post (fiction)", "2025-02", "2025-11", "Teresa Oakhurst", "Quoted in the same articles"} <= set(
        texts
    )
    assert any(text.startswith("18 articles in the library") for text in texts)


def test_timeline_goes_from_the_oldest_to_the_newest() -> None:
    """Each day stands once, beside its first article; a title cannot bring markup; what has no day is counted."""
    days = ("2025-03-02T10:00", "2025-01-05", None, "2025-03-02")
    rows = [ArticleRow(f"{n}", f"<b>Title {n}</b>", "Post", None, day, 9, 0) for n, day in enumerate(days)]
    texts = list_texts(draw_timeline("Timeline: tolls & piers", rows))
    assert texts[0] == "Timeline: tolls & piers"
    assert texts[1:6] == [
        "2025-01-05", "<b>Title 1</b> · Post", "2025-03-02", "<b>Title 0</b> · Post", "<b>Title 3</b> · Post",
    ]  # fmt: skip
    assert texts[6].startswith("3 articles · 1 more without a day")
    assert draw_timeline("Timeline: nothing", []).endswith("</svg>\n")

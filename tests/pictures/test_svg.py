"""Pictures as SVG: well-formed, with every number, and with nothing of an article as markup."""

from __future__ import annotations

from xml.etree import ElementTree

from assistant.engine import Assistant
from assistant.pictures.matrix import Matrix
from assistant.pictures.svg import draw_library, draw_matrices


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

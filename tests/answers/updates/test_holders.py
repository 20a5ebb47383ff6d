"""Who has an office according to a sentence."""

from __future__ import annotations

import pytest

from assistant.answers.updates.holders import read_asked_office, read_holders
from assistant.records.answer import Evidence
from tests.support.memory_library import make_article


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Ada Quill, the mayor of Tarn, spoke.", "Ada Quill"),
        ("Ada Quill is the new mayor of Tarn.", "Ada Quill"),
        ("Tarn's mayor, Ada Quill, spoke.", "Ada Quill"),
        ("The mayor of Tarn, Ada Quill, spoke.", "Ada Quill"),
        ("Ada Quill was elected mayor of Tarn.", "Ada Quill"),
        ("Ivo Lund, Tarn's mayor Ada Quill and others spoke.", "Ada Quill"),
        ("Ada Quill, the former mayor of Tarn, spoke.", None),
        ("The former Norland mayor of Tarn, Ada Quill, spoke.", None),
        ("Former Norland mayor of Tarn Ada Quill spoke.", None),
        ("Ada Quill met the mayor of Tarn.", None),
        ("Ada Quill, the mayor of Ellery, went home.", None),
    ],
)
def test_holder(text: str, holder: str | None) -> None:
    article = make_article("a", f"{text} Ada Quill went home, and so did Ivo Lund.", published_at="2025-03-04")
    office = read_asked_office("Who is the mayor of Tarn?")
    assert office is not None
    found = read_holders(office, Evidence(article, 0, len(text), 0.5))
    assert [each.holder for each in found] == ([holder] if holder else [])


def test_no_office() -> None:
    assert read_asked_office("Who was the mayor of Tarn?") is None

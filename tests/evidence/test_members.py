"""The members of a list, each named once."""

from __future__ import annotations

from assistant.evidence.members import gather_members
from assistant.records.answer import Evidence
from assistant.records.query import Query
from tests.support.memory_library import make_article


def find(text: str, score: float, speaker: str | None = None) -> Evidence:
    return Evidence(make_article(text, text), 0, len(text), score, speaker)


def ask(question: str, *evidence: Evidence, **traits: object) -> list[str]:
    """The texts of the sentences that are left, in order."""
    query = Query(question, "other", (), asks_for_several=True, **traits)  # type: ignore[arg-type]
    return [each.article.text for each in gather_members(query, evidence)]


COUNTRIES = "Which countries joined the ferry treaty?"


def test_sentence_with_several_members_comes_first() -> None:
    """The sentence that names most of the countries leads; one without a country, or with no new one, is left out."""
    one = find("The treaty was signed by the Danish minister Ada Quill.", 0.8)
    several = find("The treaty binds Norway, Sweden and Denmark.", 0.75)
    again = find("Officials in Sweden praised the treaty.", 0.7)
    none = find("The mayor of Tarn Head was not invited.", 0.78)
    assert ask(COUNTRIES, one, none, several, again, expects="place") == [several.article.text]


def test_members_over_several_articles() -> None:
    """Each person is one line, whatever form of the name a sentence has."""
    first = find("On Monday, Senator Ada Quill ended her campaign.", 0.8)
    second = find("Tom Reed ended his campaign.", 0.7)
    again = find("The race is over for Ada Quill.", 0.65)
    weak = find("Ivo Tarn is a candidate.", 0.3)
    assert ask("Which candidates ended their campaigns?", first, second, again, weak) == [
        first.article.text,
        second.article.text,
    ]


def test_reasons_are_kept() -> None:
    """Reasons have no names; nothing is left out."""
    first, second = find("Pay is too low.", 0.8), find("Shifts are too long, says Ada Quill.", 0.7)
    assert len(ask("What reasons do they give?", first, second, expects="reason")) == 2


def test_each_speaker_once() -> None:
    """Who spoke on something is answered by the best words of each speaker."""
    words = find("“The toll is wrong,” said Ada Quill.", 0.9, "Ada Quill")
    more = find("“I oppose the toll,” said Quill.", 0.8, "Quill")
    other = find("“A scandal,” said Tom Reed.", 0.7, "Tom Reed")
    query = Query("Who criticised the toll?", "who_said", ("toll",))
    assert gather_members(query, (words, more, other)) == (words, other)

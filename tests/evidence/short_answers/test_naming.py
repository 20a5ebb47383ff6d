"""The sentence that names what the best one does not."""

from __future__ import annotations

import pytest

from assistant.evidence.facts.features import build_candidates
from assistant.evidence.facts.question import read_question
from assistant.evidence.facts.sentences import list_sentences
from assistant.evidence.short_answers.naming import find_naming_span, find_number_beside
from tests.evidence.facts.requests import make_request
from tests.support.memory_library import MemoryLibrary, make_article


def find_name(question: str, title: str, text: str, best: str) -> tuple[str, str] | None:
    """The sentence that names what the sentence beginning with `best` does not, and the name."""
    library = MemoryLibrary([make_article("a", text, title=title)])
    request = make_request(question, library)
    read = read_question(request)
    candidates = build_candidates(read, list_sentences(request))
    chosen = next(each for each in candidates if each.sentence.text.startswith(best))
    found = find_naming_span(read, [chosen], request.snapshot.sentence_spans("a"))
    return found and (text[slice(*found[0])], text[slice(*found[1])])


CHEESE = "Shops want more Velda this year. Nobody saw it coming. Sales of the yellow cheese rose by half."


def test_a_thing_that_is_not_named_is_named_by_the_title_and_another_sentence() -> None:
    """ "Sales of the cheese rose" does not say which; the sentence with the name of the title does."""
    asked = "Which cheese product sells better?"
    assert find_name(asked, "Velda is back", CHEESE, "Sales") == ("Shops want more Velda this year.", "Velda")
    assert find_name(asked, "Cheese is back", CHEESE, "Sales") is None
    assert find_name("How many sales were there?", "Velda is back", CHEESE, "Sales") is None


def test_what_the_sentence_calls_by_its_kind_is_named_before() -> None:
    """ "The app" is the one of the sentences before; what is named already needs no other name."""
    text = "The town blocked Ferrytok on Monday. Ten ports will ban the app too. Nobody knows Tarnchat."
    asked = "Which app will ten ports ban?"
    assert find_name(asked, "Bans", text, "Ten") == ("The town blocked Ferrytok on Monday.", "Ferrytok")
    assert find_name("Which tax will ten ports ban?", "Bans", text, "Ten") is None
    assert find_name("Which app does nobody know?", "Bans", text, "Nobody") is None


@pytest.mark.parametrize(
    ("question", "text", "best", "number"),
    [
        ("How long is the crack in the quay?", "The quay has a crack. It is 40 metres long.", "The quay", "40"),
        ("How old was Lund when he died?", "Lund, aged 68, was ill. He wrote the law.", "He wrote", "68"),
        ("How many boats sank?", "The storm came. It sank nine boats.", "The storm", "nine"),
        ("How many boats sank?", "The storm came. It took nine hours.", "The storm", None),
        ("How long is the crack in the quay?", "The quay has a crack.\n\nBoats are 40 metres long.", "The quay", None),
        ("How long is the crack in the quay?", "A crack of 9 metres is in the quay. It is 40 years old.", "A", None),
        ("How long is the crack in the quay?", "The quay has a crack. It was found in 2019.", "The quay", None),
        ("Who saw the crack in the quay?", "The quay has a crack. It is 40 metres long.", "The quay", None),
    ],
)
def test_number_in_the_sentence_beside(question: str, text: str, best: str, number: str | None) -> None:
    """What the best sentence lacks stands after or before it, in its paragraph; where things are counted, it counts."""
    request = make_request(question, MemoryLibrary([make_article("a", text, title="Tarn news")]))
    read = read_question(request)
    candidates = build_candidates(read, list_sentences(request))
    chosen = next(each for each in candidates if each.sentence.text.startswith(best))
    found = find_number_beside(read, chosen, request.snapshot)
    assert (found and text[slice(*found[1])]) == number

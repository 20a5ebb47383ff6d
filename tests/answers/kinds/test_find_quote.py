"""Questions for the article that some words are from."""

from __future__ import annotations

from assistant.answers.kinds.find_quote import FIND_QUOTE
from assistant.evidence.selection import EvidenceRequest, Selection
from assistant.records.query import Query
from tests.support.bridge_news import make_library

SNAPSHOT = make_library().snapshot(meaning=0.6)


def find(query: Query) -> list[tuple[str, str]]:
    """Article and words of the evidence, best first, if all sentences are about as near to the question in meaning."""
    request = EvidenceRequest(query, SNAPSHOT, SNAPSHOT.passages, lambda texts: [0.6] * len(texts))
    selection = FIND_QUOTE.find_evidence(request)
    return [(each.article.id, each.article.text[each.start : each.end]) for each in selection.evidence]


def test_quoted_words_are_found_exactly() -> None:
    """Quoted words are searched as they are, though other sentences have the same words."""
    words = "ferry was late"
    ((article_id, found),) = find(Query(f"Where does “{words}” come from?", "find_quote", (), quoted=(words,)))
    assert article_id == "ferry"
    assert words in found
    assert find(Query("Where?", "find_quote", (), quoted=("late was the ferry",))) == []


def test_described_words_are_found_by_their_terms() -> None:
    """Without quotation marks the sentences with the words of the question are found."""
    query = Query("Which article says that the ferry was late?", "find_quote", ("ferry", "late"))
    assert find(query)[0] == ("ferry", "The police said the ferry was late.")


def test_refusal() -> None:
    """A refusal says that the words were not found."""
    query = Query("Where?", "find_quote", (), quoted=("late",))
    assert FIND_QUOTE.explain_refusal(query, Selection((), 0.0), SNAPSHOT) == [
        "No article found for this question contains these words."
    ]

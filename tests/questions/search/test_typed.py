"""What is a typed search, and what asks or says something."""

from __future__ import annotations

import pytest

from assistant.questions.search.typed import is_typed_search


@pytest.mark.parametrize(
    "typed",
    [
        "ferry AND strike",
        "ferry OR quay",
        "Trump OR Biden",
        "ferry NOT strike",
        "ferry AND NOT strike",
        "ferry AND",
        "NOT ferry",
        "harb*",
        "lindqvst~",
        "impeach* NOT Okrug",
        '"sea wall" NOT ferry',
        '"sea wal"*',
        "(ferry OR quay) AND wall",
        "NEAR(sea wall, 5)",
        "NEAR (sea wall)",
        "sea NEAR wall",
        "sea NEAR/3 wall",
        "title:ferry",
        'speaker:"Maud Lindqvist" berths',
        "Outlet:gazette berths",
        "berths from:2025-03-01 to:2025-03-31",
        "author:nobody",
        "tag:port",
        "will AND testament",
        '"who is it" AND ferry',
    ],
)
def test_typed_searches(typed: str) -> None:
    """Operators in capitals beside other words, fields, and the signs after a word."""
    assert is_typed_search(typed)


@pytest.mark.parametrize(
    "text",
    [
        "Who said the ferry is NOT safe",
        "What did Lindqvist say about the berths AND the quay?",
        "ferry AND strike?",
        "ferry and strike",
        "ferry",
        "FERRY AND STRIKE",
        "Which articles with tag:port?",
        "How many articles mention ferry AND quay",
        "list articles about ferry OR quay",
        "and outlet:gazette",
        "The verdict was NOT guilty",
        "Vaccines do NOT harm, says the ministry",
        "The lock isn’t open AND the quay is shut",
        "It rained. NOT so in Okrug",
        "It is *so* wet in Okrug",
        "*emphasis* here",
        "**bold** words",
        "the f** word",
        "see https://example.org/from:here and http://to:80/",
        "Source: the Gazette",
        "at 10:30 in Okrug",
        "R&D",
        "ANDREW and NORMA",
        "“We sail AND we fish,” she said",
        "to:/tmp",
        "Portland, OR weather",
        "about ~5 metres",
    ],
)
def test_questions_and_sentences(text: str) -> None:
    """A question, a sentence, a quotation, an address, and words in capitals alone are no search."""
    assert not is_typed_search(text)

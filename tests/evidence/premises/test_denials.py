"""What denies a claim of which a question asks whether it is so."""

from __future__ import annotations

import pytest

from assistant.evidence.premises.denials import find_denials
from assistant.questions.parser import parse_question
from assistant.records.article import Article
from assistant.text.sentences import sentence_spans

CLAIMED = (
    "Pilot Karl Venn claimed that Orrin Shipping had ignored the flood warning. The firm has rejected the allegation. "
    "Venn left the harbour in May. The firm will buy two tugs."
)
OTHERS = {
    "said": "Orrin Shipping spoke on Monday. Its director denied that the firm had ignored a warning of any kind.",
    "own": "“We have never ignored anybody,” the director of Orrin Shipping, Ada Quill, said.",
    "elsewhere": "The town of Norfield did not ignore the warning. Orrin Shipping has paid its harbour dues.",
    "topic": "Orrin Shipping moved its boats before the flood. It has ignored the noise limit.",
}


def list_denials(question: str, other: str) -> list[str]:
    articles = [Article(name, "The flood", text, name) for name, text in (("claim", CLAIMED), ("other", other))]
    read = [(article, list(sentence_spans(article.text))) for article in articles]
    first = read[0][1][0]
    return [
        each.article.text[slice(*each.span)]
        for each in find_denials(parse_question(question), (articles[0], first), read)
    ]


@pytest.mark.parametrize(
    ("other", "denials"), [("said", 2), ("own", 2), ("elsewhere", 1), ("topic", 1)], ids=lambda value: str(value)
)
def test_a_denial_follows_the_claim_or_denies_the_deed_of_its_subject(other: str, denials: int) -> None:
    found = list_denials("Did Orrin Shipping ignore the flood warning?", OTHERS[other])
    assert found[0] == "The firm has rejected the allegation."
    assert len(found) == denials


def test_what_only_shares_the_subject_denies_nothing() -> None:
    assert list_denials(
        "Did Karl Venn leave the harbour?", "Karl Venn has not spoken since. He denied an interview."
    ) == ["The firm has rejected the allegation."]

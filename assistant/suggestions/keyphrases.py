"""Extracts topics from sentences: names and nouns that a question can ask about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from assistant.speech.tagger import tag_sentence
from assistant.text.languages import ENGLISH
from assistant.text.quotation_marks import QUOTE_MASK

_PHRASE = re.compile(r"(?P<lead>[Do])(?P<words>[wXN]{1,3})(?![wNXO])")
_VAGUE_NOUNS = frozenset(
    """
    able amount bit case cases course day days deal decision end example fact facts group idea issue kind lack level
    line lot many matter moment month months need number numbers one ones others part people percent person place point
    point points problem question reason rest result same side sort such terms thing things time times two three way
    ways week weeks work world year years something nothing everything anything today tomorrow yesterday first second
    third last next new old good great big small high long own few more most much half chance chances night morning
    statement news conference interview report plan plans proposal proposals stuff question questions answer answers
    word words name names interest morning evening afternoon weekend phone house left right here there cause effect
    """.split()
)
_NON_TOPICS = frozenset({"white house", "new york times", "associated press", "washington post", "united states"})
"""Names of places of speech and of outlets: seldom what people speak about."""
_NON_NOUN_ENDING = re.compile(r"(?:ed|ing|ly|ous|ful|ive|able|ible|ical)$")


def extract_topics(sentences: Iterable[str]) -> Counter[str]:
    """Extract names and nouns as a question would use them ("the ferry terminal"), with their number of sentences."""
    counted: Counter[str] = Counter()
    definite: Counter[str] = Counter()
    for sentence in sentences:
        phrases = dict(_extract_from_sentence(sentence))
        counted.update(phrases.keys())
        definite.update(words for words, the in phrases.items() if the)
    return Counter(
        {
            f"the {words}" if _takes_article(words, definite[words], count) else words: count
            for words, count in counted.items()
        }
    )


def _takes_article(words: str, definite: int, count: int) -> bool:
    """Whether a topic has "the". A name needs more than one witness: of "the Brexit deal" it is none."""
    is_name = all(word[0].isupper() for word in words.split())
    return definite == count > 1 if is_name else 2 * definite > count


def _extract_from_sentence(sentence: str) -> Iterator[tuple[str, bool]]:
    """Yield each name or noun, and whether it takes an article."""
    tagged = tag_sentence(re.sub(rf"[“”\"{QUOTE_MASK}]", " ", sentence))
    for match in _PHRASE.finditer(tagged.tags):
        start, end = match.span("words")
        words = [word.text for word in tagged.tokens[start:end]]
        while words and (words[0].lower() in _VAGUE_NOUNS or (_NON_NOUN_ENDING.search(words[0]) and len(words) > 1)):
            words = words[1:]
        last = words[-1].lower() if words else ""
        if (
            len(last) < 4
            or last in _VAGUE_NOUNS
            or (_NON_NOUN_ENDING.search(last) and last.islower())
            or words[0][0].isdigit()
            or last in ENGLISH.people.demonyms  # "American", of "the American people"
        ):
            continue
        if " ".join(words).lower() in _NON_TOPICS:
            continue
        name, plural = words[-1][0].isupper(), last.endswith("s")
        lead = tagged.tokens[match.start()].text.lower()
        if lead == "the":
            yield " ".join(words), True
        elif name or (words[0].islower() and match["lead"] == "o" and (plural or len(words) > 1)):
            yield " ".join(words), False
        elif words[0].islower() and lead not in ("a", "an") and match["lead"] == "D":
            yield " ".join(words), not plural  # "its harbour" is "the harbour" in a question

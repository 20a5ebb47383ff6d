"""Where an article has the topic of a brief, and which of its sentences are on it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.records.article import Article, Span
from assistant.records.collection.search import Words
from assistant.store.search.forms import find_forms
from assistant.text.names import full_names, has_given_name, is_same_person, name_parts

LEAD_SENTENCES = 3
MENTION_REACH = 3  # sentences from a mention of the topic to what may still be on it
MENTIONED_EVERY = 4  # sentences, at the least, in an article that is full of a topic


@dataclass(frozen=True)
class Mentions:
    """The places of a phrase of the topic in the text of an article, and whether its title has the phrase too."""

    places: Sequence[Span]
    in_title: bool


def read_mentions(words: Words, article: Article, places: list[Span]) -> Mentions:
    """Where an article has a phrase of the topic; if that is a person, under the surname alone too."""
    in_title = bool(find_forms(words.phrase, article.title, is_prefix=words.is_prefix))
    surname = words.phrase.split()[-1]
    if not (places and is_name_of_person(words.phrase, article)) or _is_shared(surname, words.phrase, article):
        return Mentions(places, in_title)
    last = re.compile(rf"\b{re.escape(surname)}s?\b")
    alone = [match.span() for match in last.finditer(article.text)]
    places = sorted([*places, *(span for span in alone if not any(a <= span[0] < b for a, b in places))])
    return Mentions(places, in_title or last.search(article.title) is not None)


def is_name_of_person(phrase: str, article: Article) -> bool:
    """Whether a phrase begins with a given name, or its last word stands after "Mr" in an article."""
    first, *rest = phrase.split()
    if not rest or not (first[:1].isupper() and rest[-1][:1].isupper()):
        return False
    return has_given_name(phrase) or re.search(rf"\bM(?:r|s|rs)\.? {re.escape(rest[-1])}\b", article.text) is not None


def _is_shared(surname: str, name: str, article: Article) -> bool:
    """Whether an article names somebody else of this surname in full."""
    named = full_names(f"{article.title}. {article.text}")
    return any(name_parts(each)[-1:] == [surname] and not is_same_person(name, each) for each in named)


class Topic:
    """The places of a topic in an article, of each of its phrases, and which sentences they make one on the topic."""

    def __init__(self, mentions: Mapping[Words, Mentions], rarest: Words | None, spans: Sequence[Span]) -> None:
        self.spans = spans
        self.places = sorted(place for each in mentions.values() for place in each.places)
        self._mentions, self._rarest = mentions, rarest
        self._titled = {words for words, each in mentions.items() if each.in_title}
        self.in_title = self._has_enough(self._titled)
        # The first sentence of an article that is full of it tells of it, although in other words.
        self.is_full = len(mentions[rarest].places if rarest else ()) * MENTIONED_EVERY >= len(spans)

    def _has_enough(self, found: Collection[Words]) -> bool:
        """Whether some phrases tell the topic: the rarest of one or two, all but one of three to five."""
        phrases = len(self._mentions)
        return self._rarest is None or (self._rarest in found if phrases < 3 else len(found) >= phrases - phrases // 3)

    def find_phrases(self, start: int, end: int) -> set[Words]:
        """The phrases that occur in a span of the text."""
        return {words for words, each in self._mentions.items() if any(start <= a and b <= end for a, b in each.places)}

    def share_of(self, start: int, end: int) -> float:
        """How many of the phrases occur in a span of the text."""
        return len(self.find_phrases(start, end)) / max(1, len(self._mentions))

    def is_on_topic(self, place: int) -> bool:
        """Whether a sentence has the topic, itself or with the title if a mention is near; without a topic, always.

        An article may tell several things, of which its title names the topic as one.
        """
        if self._rarest is None or (place == 0 and self.is_full):
            return True
        found = self.find_phrases(*self.spans[place])
        if found and self._has_enough(found | self._titled):
            return True
        first = self.spans[max(0, place - MENTION_REACH)][0]
        last = self.spans[min(len(self.spans) - 1, place + MENTION_REACH)][1]
        return self.in_title and (place < LEAD_SENTENCES or bool(self.find_phrases(first, last)))

    def is_central(self) -> bool:
        """Whether an article is about the topic, and does not only mention it."""
        opening = self.spans[:LEAD_SENTENCES][-1][1] if self.spans else 0
        return self.in_title or self.is_full or self._has_enough(self.find_phrases(0, opening) | self._titled)

"""The statements of one speaker in the articles of a question, on its topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.collection.draft import SentenceReader
from assistant.collection.scope import Scope, link_names, suggest_names
from assistant.records.answer import Evidence
from assistant.records.article import Span
from assistant.records.collection.question import CollectionQuery
from assistant.store.protocol import StatementPlace
from assistant.text.formatting import count_noun, join_names

MAX_NAMES_SAID = 3
READ_AT_ONCE = 10  # articles, where a few statements are enough


@dataclass(frozen=True)
class FoundStatements:
    """The statements of a speaker, newest article first, in the order of their places. `who` names the speaker."""

    who: str
    places: tuple[StatementPlace, ...]
    scope: Scope
    remarks: tuple[str, ...] = ()

    @property
    def sentences(self) -> list[tuple[StatementPlace, ...]]:
        """The statements by the sentences that they are in."""
        return [
            tuple(group) for _, group in groupby(self.places, key=lambda each: (each.article_id, each.sentence_start))
        ]

    def narrow_to_topic(self, most: int | None = None) -> FoundStatements:
        """Those in whose sentences all phrases of the topic occur; at most so many, the newest."""
        kept: list[StatementPlace] = []
        ids = list(dict.fromkeys(place.article_id for place in self.places))
        at = 0
        while at < len(ids) and (most is None or len(kept) < most):
            some = frozenset(ids[at:] if most is None else ids[at : at + READ_AT_ONCE])
            mentions = [self.scope.library.find_mentions(words, some) for words in self.scope.words]
            kept += [
                place
                for place in self.places
                if place.article_id in some
                and _contains_all(place, [found.get(place.article_id, ()) for found in mentions])
            ]
            at += len(some)
        return replace(self, places=tuple(kept[:most]))

    def cite(self, shown: int) -> list[Evidence]:
        """The first sentences with their statements marked."""
        groups = self.sentences[:shown]
        reader = SentenceReader(self.scope.library, (group[0].article_id for group in groups))
        cited = []
        for group in groups:
            article = reader.articles.get(group[0].article_id)
            if article is not None:
                span = (min(group[0].start, group[0].sentence_start), max(each.end for each in group))
                span = (span[0], max(span[1], group[0].sentence_end))
                marks = tuple((each.start, each.end) for each in group)
                status, via = group[0].status, group[0].via
                cited.append(replace(reader.cite_span(article, span, group[0].speaker, marks), status=status, via=via))
        return cited


def _contains_all(place: StatementPlace, spans: Sequence[Sequence[Span]]) -> bool:
    """Whether the sentences of a statement contain a place of each phrase."""
    first, last = min(place.start, place.sentence_start), max(place.end, place.sentence_end)
    return all(any(first <= start and end <= last for start, end in phrase) for phrase in spans)


def find_statements(asked: CollectionQuery, scope: Scope) -> FoundStatements:
    """What the speaker of a question said in its articles; on a topic, what is said in sentences that mention it."""
    speaker = asked.speaker or ""
    names = link_names(speaker, scope.library)
    if not names:
        similar = suggest_names(speaker, scope.library)
        remarks = [f"No article quotes anybody called {speaker}."]
        remarks += [f"Did you mean {join_names(similar, 'or')}?"] if similar else []
        return FoundStatements(speaker, (), scope, tuple(remarks))
    who = names[0] if len(names) == 1 else max(names, key=scope.library.count_statements)
    remarks = []
    if len(names) > 1:
        more = f" and {len(names) - MAX_NAMES_SAID} more" if len(names) > MAX_NAMES_SAID else ""
        remarks.append(f"{speaker} was read as {', '.join(names[:MAX_NAMES_SAID])}{more}.")
    everything = FoundStatements(who, tuple(scope.library.place_statements(names, scope.article_ids)), scope)
    if not scope.words:
        return replace(everything, remarks=tuple(remarks))
    found = everything.narrow_to_topic()
    others = len(everything.places) - len(found.places)
    if others:
        remarks.append(
            f"{count_noun(others, 'further statement')} of {who} in these articles {'is' if others == 1 else 'are'} in"
            f" sentences without {scope.topic_words}."
        )
    return replace(found, remarks=tuple(remarks))

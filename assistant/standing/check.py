"""Asks the standing questions of new articles: findings are words of an article with their place, each told once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property

from assistant.answers.citations import build_citation
from assistant.errors import QuestionError
from assistant.marks.standing import StandingStore
from assistant.records.answer import Answer, Citation, Evidence
from assistant.records.article import Article
from assistant.records.library import ArticleRow
from assistant.records.marks import StandingFinding, StandingQuestion
from assistant.standing.wording import Wanted, read_asked, understand_wish
from assistant.store.protocol import Library, WordQuery
from assistant.text.names import is_same_person
from assistant.text.stemming import stem_words
from assistant.text.words import content_words, split_words

ASKED_TOGETHER = 20  # new articles that a question is asked of at a time, so that each has room in the answer
MIN_WORDS = 5  # of a sentence that is told, if the article has such a one: shorter ones are headings

Ask = Callable[[str, Collection[str] | None], Answer]
"""Asks a question of the articles with these ids, of all for None, with long answers."""


def add_question(wording: str, library: Library, standing: StandingStore, ask: Ask) -> StandingQuestion:
    """Keep a standing question. What the library says already is not told. Raises QuestionError, MarksError."""
    wanted = understand_wish(wording)
    known = {make_key(words) for words in _find_known(wanted, library, ask)}
    present = {row.sha256 for row in library.article_rows().values()}
    if standing.list_questions():
        check_questions(library, standing, ask)  # the other ones have not been asked of what is new now
    return standing.add(" ".join(wording.split()), wanted.asked, present, known)


def check_questions(library: Library, standing: StandingStore, ask: Ask) -> tuple[StandingFinding, ...]:
    """Ask every standing question of the articles that are new since the last check; returns the new findings.

    Nothing is noted if this fails, so that the next check asks again. Raises LibraryError, MarksError.
    """
    questions = standing.list_questions()
    if not questions:
        return ()
    rows = library.article_rows()
    unseen = standing.find_unseen(row.sha256 for row in rows.values())
    new = [article_id for article_id, row in rows.items() if row.sha256 in unseen]
    if not new:
        return ()
    found: list[tuple[int, str, Citation]] = []
    texts = _NewTexts(library, new)
    for question in questions:
        wanted = read_asked(question.asked, question.wording)
        citations = _find_by_words(wanted, new, library) if wanted.question is None else _ask(wanted, texts, ask)
        found += [(question.number, make_key(citation.quote), citation) for citation in citations]
    return tuple(standing.record(found, unseen))


def make_key(quote: str) -> str:
    """The same for all copies of some words, however they are typeset."""
    return " ".join(split_words(quote))


class _NewTexts:
    """The new articles, with what tells whether a question can be answered by one: read once for all questions."""

    def __init__(self, library: Library, new: list[str]) -> None:
        self.library = library
        self._new = new

    @cached_property
    def _speakers(self) -> dict[str, set[str | None]]:
        statements = self.library.load_statements(self._new)
        return {article_id: {each.speaker for each in found} for article_id, found in statements.items()}

    @cached_property
    def _stems(self) -> dict[str, set[str]]:
        articles = self.library.load_articles(self._new).values()
        return {article.id: stem_words(f"{article.title}\n{article.text}") for article in articles}

    def list_worth_asking(self, wanted: Wanted, names: Collection[str]) -> list[str]:
        """The ids of the new articles in which a speaker of `names` speaks, or else a word of the question occurs.

        No other article can answer, and asking costs a model: most new articles are on something else.
        """
        if names:
            return [each for each in self._new if not self._speakers.get(each, set()).isdisjoint(names)]
        words = [stem_words(word) for word in content_words(wanted.speaker or wanted.question or "")]
        return [each for each in self._new if not words or any(stem <= self._stems.get(each, set()) for stem in words)]


def _ask(wanted: Wanted, texts: _NewTexts, ask: Ask) -> Iterator[Citation]:
    """The words of new articles that answer. What is only near is not told.

    Where somebody is to say something, it must be words of that person: no body that has their name, and nothing that
    the article only tells of them.
    """
    names = _find_names(wanted.speaker, texts.library) if wanted.speaker else []
    new = texts.list_worth_asking(wanted, names)
    for first in range(0, len(new), ASKED_TOGETHER):
        group = new[first : first + ASKED_TOGETHER]
        try:
            answer = ask(wanted.question or "", group)
        except QuestionError:
            continue  # it depends on a name that the library does not have yet
        for citation in () if answer.abstained else answer.citations:
            is_theirs = wanted.speaker is None or (
                citation.status != "narrated" and (not names or citation.speaker in names)
            )
            if citation.article_id in group and is_theirs:
                yield citation


def _find_by_words(wanted: Wanted, new: list[str], library: Library) -> Iterator[Citation]:
    stems = [stem_words(word) for word in wanted.words]
    for article in library.load_articles(new).values():
        spans = _find_sentences(article, library.sentence_spans(article.id), stems)
        whole = [span for span in spans if len(split_words(article.text[slice(*span)])) >= MIN_WORDS]
        for start, end in (whole or spans)[:1]:
            yield build_citation(1, Evidence(article, start, end, 1.0))


def _find_sentences(article: Article, sentences: list[tuple[int, int]], stems: list[set[str]]) -> list[tuple[int, int]]:
    """The sentences that have all the words; those of the title count for the first sentence."""
    spans = []
    for number, (start, end) in enumerate(sentences):
        words = stem_words(article.text[start:end]) | (stem_words(article.title) if number == 0 else set())
        if all(stem <= words for stem in stems):
            spans.append((start, end))
    return spans


# -------------------------------------------------------------------------------- what is known already


def _find_known(wanted: Wanted, library: Library, ask: Ask) -> Iterator[str]:
    """The words of the library that would be told if they were new."""
    if wanted.question is None:
        ranked = library.rank_articles(WordQuery.all_of(wanted.words), 1.0)
        ids = {hit.article_id for hit in library.load_hits(ranked, WordQuery.all_of(wanted.words))}
        yield from (citation.quote for citation in _find_by_words(wanted, sorted(ids), library))
        return
    if wanted.speaker is not None:
        for statement in library.statements_by(_find_names(wanted.speaker, library)):
            yield statement.sentence
    try:
        answer = ask(wanted.question, None)
    except QuestionError:
        return
    yield from (citation.quote for citation in answer.citations)


def _find_names(speaker: str, library: Library) -> list[str]:
    """The speakers of the library that a name or surname may mean."""
    return [name for name, _, _ in library.speakers() if is_same_person(speaker, name)]


def hash_articles(rows: Mapping[str, ArticleRow]) -> dict[str, str]:
    """The SHA-256 of each article by its id."""
    return {article_id: row.sha256 for article_id, row in rows.items()}

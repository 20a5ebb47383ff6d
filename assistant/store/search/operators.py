"""Full-text search with operators: the articles that match, best first, with the places of the words."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.questions.search.parser import parse_search
from assistant.records.article import Span
from assistant.records.collection.search import ParsedSearch, SearchExpression, describe_expression, list_words
from assistant.records.library import SearchResult
from assistant.store.protocol import Library, WordQuery
from assistant.store.search.facets import list_facets
from assistant.store.search.indexed_forms import list_indexed_forms
from assistant.store.search.terms import FindTagged, resolve_search

TITLE_WEIGHT = 2.0  # of a word in the title, relative to one in the text


def read_search(typed: str) -> ParsedSearch:
    """The search that was typed; days such as "yesterday" are those of today."""
    return parse_search(typed, datetime.now(UTC).date())


def search_with_operators(
    library: Library, typed: str, parsed: ParsedSearch, limit: int, find_tagged: FindTagged | None = None
) -> SearchResult:
    """All articles that match, those whose words fit best first, then the newest. Of `limit` the words are read."""
    resolved = resolve_search(parsed.expression, library, find_tagged)
    ids = library.find_articles(resolved.expression)
    marked = mark_words(resolved.expression)
    ranked = _rank(library, ids, marked)
    return SearchResult(
        typed,
        "all",
        tuple(library.load_hits(ranked[:limit], marked)),
        len(ids),
        describe_expression(parsed.expression),
        (*parsed.remarks, *resolved.remarks),
        list_facets(library, ids),
    )


def _rank(library: Library, ids: list[str], marked: WordQuery) -> list[tuple[int, int]]:
    """The best passage of each article with the number of passages that match, or its first one and 0."""
    wanted = frozenset(ids)
    ranked = library.rank_articles(marked, TITLE_WEIGHT) if marked else []
    passages = library.passages([number for number, _ in ranked])
    kept = [(number, count) for number, count in ranked if passages[number].article_id in wanted]
    seen = {passages[number].article_id for number, _ in kept}
    others = [article_id for article_id in ids if article_id not in seen]
    firsts = library.first_passages(others)
    return [*kept, *((firsts[article_id], 0) for article_id in others if article_id in firsts)]


def mark_words(expression: SearchExpression) -> WordQuery:
    """The words of a search that can be marked in a text, in all forms; at most one of them is the beginning of one."""
    words = [each for each in list_words(expression) if not each.title_only]
    whole = [form for each in words if not each.is_prefix for form in list_indexed_forms(each.phrase)]
    beginnings = [each.phrase for each in words if each.is_prefix][:1]
    last = [form for phrase in beginnings for form in list_indexed_forms(phrase, is_prefix=True)]
    phrases = (*(form for form in dict.fromkeys((*whole, *last[:-1])) if form not in last[-1:]), *last[-1:])
    return WordQuery((phrases,), is_prefix=bool(last)) if phrases else WordQuery(())


def find_marked_places(library: Library, parsed: ParsedSearch, article_id: str) -> tuple[Span, ...]:
    """The places of the words of a search in the text of an article, in order."""
    marked = mark_words(parsed.expression)
    return tuple(library.find_word_spans(marked, article_id)) if marked else ()

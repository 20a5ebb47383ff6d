"""The words that tell articles from others, and "more like this"."""

from __future__ import annotations

from assistant.engine import Assistant
from assistant.store.search.likeness import find_similar, find_telling_words, find_titled


def test_telling_words(seeds: Assistant) -> None:
    """They are frequent in the articles and rare in the library; a word of every article is none."""
    with seeds.open_library() as library:
        flood = library.find_articles_containing(["storm tide"], 10)
        words = find_telling_words(library, flood)
        assert "tide" in words
        assert len(words) <= 20
        assert not {"said", "the", "was"} & set(words)


def test_similar_articles(seeds: Assistant) -> None:
    """Articles with many of the telling words, without the article and its copies; all of them are named."""
    with seeds.open_library() as library:
        named = find_titled(library, "storm tide")
        assert named is not None
        found, words = find_similar(library, named.id)
        assert found
        assert named.id not in found
        assert not set(found) & set(library.duplicate_ids(named.id))
        assert words
        assert find_titled(library, named.id) == find_titled(library, named.title.upper()) == named
        assert find_titled(library, "zeppelins over Norland") is None


def test_search_and_question(seeds: Assistant) -> None:
    """`like:` in a search and "articles like" in a question find the same articles, and say by which words."""
    catalog = seeds.catalog()
    title = next(row.title for row in catalog.articles() if "storm" in row.title.lower() or "sea" in row.title.lower())
    search = catalog.search(f'like:"{title}"')
    answer = seeds.ask(f"Give me articles like “{title}”")
    assert answer.collection is not None
    assert {hit.article_id for hit in search.hits} == {item.article_id for item in answer.collection.items}
    assert search.hits
    assert any("articles with most of" in each for each in search.remarks)
    nothing = catalog.search('like:"zeppelins over Norland"')
    assert nothing.total == 0
    assert nothing.remarks == ("no article is called “zeppelins over Norland”",)
    assert [facet.name for facet in catalog.facets("terminal")][-1] == "word"

"""Fusing vector search, BM25 and boosts."""

from __future__ import annotations

import pytest

from assistant.config.schema import RetrievalSettings
from assistant.records.query import Query
from assistant.retrieval.hybrid import RANK_CONSTANT, BoostGroup, collect_search_terms, retrieve
from assistant.store.protocol import PassageFilter
from tests.support.bridge_news import FERRY, make_library
from tests.support.memory_library import embed_words

QUERY = Query("boats at the bridge", "other", ("boats", "bridge"))
WORDS_ONLY = RetrievalSettings(lexical_weight=1.0, dense_weight=0.0)


def ranked(*boosts: BoostGroup, scope: PassageFilter | None = None) -> list[str]:
    hits = retrieve(QUERY, None, make_library(), WORDS_ONLY, scope, boosts)
    return [hit.passage.article_id for hit in hits]


def test_scores_are_fused_by_rank() -> None:
    """The score is the weighted sum of the reciprocal ranks of both searches."""
    settings = RetrievalSettings(lexical_weight=1.0, dense_weight=0.5)
    vector = embed_words("the ferry was late, the police said")
    hits = {hit.passage.article_id: hit for hit in retrieve(QUERY, vector, make_library(), settings)}
    assert hits["bridge"].score == pytest.approx(1 / (RANK_CONSTANT + 1) + 0.5 / (RANK_CONSTANT + 2), abs=0.01)
    assert hits["ferry"].score == pytest.approx(1 / (RANK_CONSTANT + 3) + 0.5 / (RANK_CONSTANT + 1))
    assert hits["ferry"].meaning == pytest.approx(float(embed_words(FERRY.text) @ vector))


def test_words_alone() -> None:
    """Without a vector the words decide, and no meaning is known."""
    hits = retrieve(QUERY, None, make_library(), WORDS_ONLY)
    assert [(hit.passage.article_id, hit.meaning) for hit in hits] == [("bridge", 0.0), ("copy", 0.0), ("ferry", 0.0)]


def test_limit() -> None:
    """At most `top_k` passages are returned."""
    settings = RetrievalSettings(lexical_weight=1.0, dense_weight=0.0, top_k=2)
    assert len(retrieve(QUERY, None, make_library(), settings)) == 2


def test_boost_moves_its_passages_up() -> None:
    """A group of fitting passages with enough weight comes first."""
    assert ranked()[0] == "bridge"
    assert ranked(BoostGroup(4.0, PassageFilter(source="The Valley")))[0] == "ferry"


def test_large_group_is_found_among_the_best() -> None:
    """A group with too many passages is not searched by itself, with the same result here."""
    assert ranked(BoostGroup(4.0, PassageFilter(source="The Valley"), max_listed=0))[0] == "ferry"


def test_scope_restricts_search_and_boosts() -> None:
    """Passages outside the scope are not returned, even if boosted."""
    scope = PassageFilter(article_ids=frozenset({"bridge", "copy"}))
    assert ranked(BoostGroup(4.0, PassageFilter(source="The Valley")), scope=scope) == ["bridge", "copy"]


def test_search_terms() -> None:
    """Content words, names of speakers and quotations of several words are searched for."""
    query = Query("?", "said", ("bridge",), ("Ada Quill",), quoted=("not reopen", "never"))
    assert collect_search_terms(query) == ["bridge", "ada", "quill", "not reopen"]

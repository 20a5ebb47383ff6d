"""Tests of the llama-index adapters within its own pipeline."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.readers import StringIterableReader
from llama_index.core.response_synthesizers import ResponseMode, get_response_synthesizer
from llama_index.core.schema import Document, MetadataMode, TextNode

from assistant.engine import Assistant
from assistant.integrations.llama_index import (
    ArticleRetriever,
    CitedQueryEngine,
    PassageNodeParser,
    articles_from_documents,
)
from assistant.records.article import Article
from tests.conftest import make_config

REPEATED = "The gate was shut at nine. The tide came in at ten. " * 60
LONG_TITLE = "A title that would fill the whole passage if it were let in " * 20


def parse_nodes(document: Document) -> list[TextNode]:
    nodes = IngestionPipeline(transformations=[PassageNodeParser()]).run(documents=[document])
    assert all(isinstance(node, TextNode) for node in nodes)
    return [node for node in nodes if isinstance(node, TextNode)]


def test_node_offsets_exact_in_repeated_text() -> None:
    """Nodes have exact offsets, also where the text repeats."""
    nodes = parse_nodes(Document(text=REPEATED, id_="gate"))
    assert len(nodes) > 2
    starts = [node.start_char_idx for node in nodes]
    assert starts == sorted(set(starts), key=lambda start: start or 0)
    for node in nodes:
        assert REPEATED[node.start_char_idx : node.end_char_idx] == node.text
    assert REPEATED.strip() == " ".join(node.text for node in nodes)


def test_node_ids_are_stable() -> None:
    """Node ids are the same in every run."""
    document = Document(text=REPEATED, id_="gate")
    first, second = parse_nodes(document), parse_nodes(document)
    assert [node.id_ for node in first] == [node.id_ for node in second]
    assert first[0].id_ == f"gate#0-{first[0].end_char_idx}"


def test_node_metadata_separate_from_text() -> None:
    """Metadata is attached to a node and not part of its text."""
    (node, *_) = parse_nodes(Document(text=REPEATED, metadata={"title": LONG_TITLE, "source": "The Ellery Courier"}))
    assert node.metadata["source"] == "The Ellery Courier"
    for mode in (MetadataMode.EMBED, MetadataMode.LLM):
        assert node.get_content(metadata_mode=mode) == node.text


def test_nodes_linked_to_neighbors() -> None:
    """Neighboring nodes are linked to each other."""
    nodes = parse_nodes(Document(text=REPEATED))
    assert nodes[0].next_node is not None
    assert nodes[0].next_node.node_id == nodes[1].node_id


def test_documents_become_articles(tmp_path: Path) -> None:
    """Documents of any reader become articles."""
    documents = StringIterableReader().load_data(["Ada Brandreth said the gate was shut.", "The tide came in."])
    documents.append(
        Document(
            text="Cosmo Pellew said the gate was open.",
            id_="pellew-1",
            metadata={"title": "Gate open", "publisher": "Harbour Post", "date": "2025-03-06", "url": "file:///etc"},
        )
    )
    assistant = Assistant(make_config(tmp_path / "none", tmp_path / "index"))
    report = assistant.build(articles=articles_from_documents(documents))
    assert report.added == 3
    article = assistant.article("pellew-1")
    assert article is not None
    assert (article.title, article.source, article.published_at, article.url) == (
        "Gate open",
        "Harbour Post",
        "2025-03-06",
        None,
    )


def test_random_document_id_not_new_article() -> None:
    """A random document id does not make an article new in every build."""
    made = [
        list(articles_from_documents([Document(text="The tide came in.", id_=str(uuid.uuid4()))])) for _ in range(2)
    ]
    assert made[0] == made[1] or [a.id for a in made[0] if isinstance(a, Article)] == [
        a.id for a in made[1] if isinstance(a, Article)
    ]


def test_retriever_in_stock_query_engine(seeds: Assistant) -> None:
    """The retriever works in a stock query engine."""
    retriever = ArticleRetriever(seeds)
    hits = retriever.retrieve("what did Ushakov say about Europe?")
    assert hits[0].score is not None
    assert hits == sorted(hits, key=lambda hit: -(hit.score or 0))
    for hit in hits:
        assert isinstance(hit.node, TextNode)
        article = seeds.article(hit.node.metadata["article_id"])
        assert article is not None
        assert article.text[hit.node.start_char_idx : hit.node.end_char_idx] == hit.node.text
    synthesizer = get_response_synthesizer(llm=MockLLM(), response_mode=ResponseMode.ACCUMULATE)
    engine = RetrieverQueryEngine(retriever=retriever, response_synthesizer=synthesizer)
    response = engine.query("what did Ushakov say about Europe?")
    assert [node.node_id for node in response.source_nodes] == [hit.node_id for hit in hits]


def test_query_engine_returns_citations(seeds: Assistant) -> None:
    """The query engine answers with the assistant's citations."""
    response = CitedQueryEngine(assistant=seeds).query("what did Ushakov say about Europe?")
    metadata = response.metadata
    assert metadata is not None
    assert not metadata["abstained"]
    cited = metadata["citations"]
    assert [node.text for node in response.source_nodes] == [one["quote"] for one in cited]
    assert "[1]" in str(response)


def test_query_engine_refuses(seeds: Assistant) -> None:
    """The query engine refuses when the assistant refuses."""
    response = CitedQueryEngine(assistant=seeds).query("What did the Pope say about Europe?")
    assert response.source_nodes == []
    assert response.metadata is not None
    assert response.metadata["abstained"]


@pytest.mark.parametrize("text", ["", "   \n "])
def test_document_without_text_skipped(text: str) -> None:
    """A document without text is named and left out."""
    (notice,) = articles_from_documents([Document(text=text, id_="empty-1")])
    assert "no text" in str(notice)

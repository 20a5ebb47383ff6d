"""Adapters for llama-index: our chunker, retriever and answers as its components, its documents as our articles.

No other module imports llama-index, and no module needed for an answer imports this one."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from llama_index.core.base.response.schema import Response
from llama_index.core.node_parser import NodeParser
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import (
    BaseNode,
    Document,
    MetadataMode,
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    TextNode,
)
from pydantic import Field, PrivateAttr

from assistant.articles.chunking import chunk_article
from assistant.articles.metadata import ParsedFile, select_fields
from assistant.config.schema import EmbeddingSettings, ReadingSettings
from assistant.embedding.embedder import Embedder, load_embedder
from assistant.embedding.model_files import locate_model
from assistant.engine import Assistant
from assistant.records.article import Article, Notice, Passage


def articles_from_documents(
    documents: Iterable[Document], settings: ReadingSettings | None = None
) -> Iterator[Article | Notice]:
    """Convert the documents of any llama-index reader to articles, for `Assistant.build(articles=…)`.

    The id of a document becomes the id of the article. A random id of llama-index would make every article new in
    every build, so the id then comes from the text.
    """
    limit = (settings or ReadingSettings()).max_article_characters
    for document in documents:
        metadata = document.metadata
        fields = select_fields(metadata)
        path = str(metadata.get("file_path") or metadata.get("file_name") or document.id_)
        yield from ParsedFile(document.text, fields).make_article(_make_stable_id(document), path, limit)


def _make_stable_id(document: Document) -> str:
    try:
        uuid.UUID(document.id_)
    except ValueError:
        return document.id_
    return f"sha256:{hashlib.sha256(document.text.encode('utf-8', 'replace')).hexdigest()[:32]}"


class PassageNodeParser(NodeParser):
    """Splits documents into whole sentences, packed up to the embedding model's limit in tokens, with exact offsets.

    Node ids are "<document id>#<start>-<end>". Metadata is attached to nodes but excluded from the text for models, so
    that it cannot displace passage text.
    """

    max_tokens: int = Field(default=256, ge=32, description="Longest passage in the model's tokens, title included.")
    model: str = Field(default="all-MiniLM-L6-v2", description="The embedding model whose tokens are counted.")
    _embedder: Embedder | None = PrivateAttr(default=None)

    @classmethod
    def class_name(cls) -> str:
        """The name under which llama-index stores it."""
        return "PassageNodeParser"

    def _load_embedder(self) -> Embedder:
        if self._embedder is None:
            settings = EmbeddingSettings(model=self.model)
            self._embedder = load_embedder(locate_model(settings), settings)
        return self._embedder

    def _parse_nodes(self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any) -> list[BaseNode]:
        embedder = self._load_embedder()
        limit = min(self.max_tokens, embedder.max_tokens) - embedder.special_tokens
        parsed: list[BaseNode] = []
        for node in nodes:
            text = node.get_content(metadata_mode=MetadataMode.NONE)
            article = Article(
                node.node_id,
                str(node.metadata.get("title") or ""),
                text,
                "",
                published_at=str(node.metadata.get("published_at") or "") or None,
            )
            cut = chunk_article(article, embedder.count_tokens, limit)
            parsed.extend(_make_passage_node(passage, text, node) for passage in cut.passages)
        return parsed

    def _postprocess_parsed_nodes(self, nodes: list[BaseNode], parent_doc_map: dict[str, Document]) -> list[BaseNode]:
        # llama-index searches for the text of each node and finds the wrong place where text repeats;
        # our nodes have exact offsets.
        places = [(node.start_char_idx, node.end_char_idx) for node in nodes if isinstance(node, TextNode)]
        nodes = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node, (start, end) in zip(nodes, places, strict=True):
            if isinstance(node, TextNode):
                node.start_char_idx, node.end_char_idx = start, end
            keys = list(node.metadata)
            node.excluded_embed_metadata_keys = keys
            node.excluded_llm_metadata_keys = keys
        return nodes


def _make_passage_node(passage: Passage, text: str, parent: BaseNode) -> TextNode:
    return TextNode(
        id_=passage.id,
        text=text[passage.start : passage.end],
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        relationships={NodeRelationship.SOURCE: parent.as_related_node_info()},
    )


def _make_article_node(article: Article, start: int, end: int) -> TextNode:
    named = {
        "article_id": article.id,
        "title": article.title,
        "source": article.source,
        "author": article.author,
        "published_at": article.published_at,
        "url": article.url,
        "article_sha256": article.sha256,
    }
    metadata = {key: value for key, value in named.items() if value is not None}
    return TextNode(
        id_=f"{article.id}#{start}-{end}",
        text=article.text[start:end],
        start_char_idx=start,
        end_char_idx=end,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=["article_id", "article_sha256"],
    )


class ArticleRetriever(BaseRetriever):
    """An index of this program as a llama-index retriever, with the same hybrid retrieval as `assistant ask`."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__()
        self._assistant = assistant

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [
            NodeWithScore(node=_make_article_node(hit.article, hit.passage.start, hit.passage.end), score=hit.score)
            for hit in self._assistant.search(query_bundle.query_str)
        ]


class CitedQueryEngine(CustomQueryEngine):
    """The answers of this program as a llama-index query engine.

    `response.source_nodes` are the citations in order, each with the cited words and their offsets.
    `response.metadata` is the complete answer in the published schema: its `outcome` is "answer", "near" or "nothing".
    Sentences that are only near to an answer are in `metadata["nearest"]`, never in the text or among the source nodes.
    """

    assistant: Any = Field(description="The Assistant that answers.")

    def custom_query(self, query_str: str) -> Response:
        """Answer one question. Raises what `Assistant.stream` raises."""
        answer = self.assistant.ask(query_str)
        nodes = []
        for cited in answer.citations:
            article = self.assistant.article(cited.article_id)
            if article is not None:
                nodes.append(NodeWithScore(node=_make_article_node(article, cited.start, cited.end), score=1.0))
        return Response(response=answer.answer, source_nodes=nodes, metadata=answer.to_dict())

"""The usual alternative: llama-index's own pipeline as documented, with the same model and FAISS.

Run by the suite: python -m tests.bench.stock build STORAGE ARTICLES.jsonl CHUNK [--made-up-vectors]
                  python -m tests.bench.stock (ask|memory) STORAGE QUESTION

The splitter's default is chunks of 1,024 GPT-2 tokens. MiniLM reads the first 256 of its own tokens and silently drops
the rest, so the default index covers only part of the text; chunks of 256 tokens are the fair comparison.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"

import faiss
from llama_index.core import Document, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.node_parser import SentenceSplitter
from llama_index.vector_stores.faiss import FaissVectorStore

from tests.bench.measuring import Measurements, folder_megabytes, peak_megabytes, print_result, resident_megabytes

CHUNK, OVERLAP = 1024, 200  # the splitter's defaults, in tokens
FITTING_CHUNK, FITTING_OVERLAP = 256, 20  # the longest chunks that the model reads completely, in tokens
DIMENSION = 384
TOP_K = 5


def load_minilm() -> Any:
    """The packaged MiniLM in llama-index's class for such models."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    from assistant.config.schema import EmbeddingSettings
    from assistant.embedding.model_files import locate_model

    return HuggingFaceEmbedding(model_name=str(locate_model(EmbeddingSettings()).folder))


def make_mock_embedding() -> Any:
    """A model without computation, to measure disk, memory and loading time of a large index."""
    from llama_index.core.embeddings import MockEmbedding

    return MockEmbedding(embed_dim=DIMENSION)


def load_documents(file: Path) -> list[Document]:
    """The articles as llama-index documents."""
    documents = []
    with file.open(encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            metadata = {key: article[key] for key in ("title", "source", "published_at") if article.get(key)}
            documents.append(Document(text=article["text"], metadata=metadata))
    return documents


def build_index(storage: Path, file: Path, chunk: int, embedder: Any) -> Measurements:
    """Split, embed and index the documents, and save the index."""
    splitter = (
        SentenceSplitter() if chunk == CHUNK else SentenceSplitter(chunk_size=chunk, chunk_overlap=FITTING_OVERLAP)
    )
    store = FaissVectorStore(faiss_index=faiss.IndexFlatL2(DIMENSION))
    index = VectorStoreIndex.from_documents(
        load_documents(file),
        storage_context=StorageContext.from_defaults(vector_store=store),
        embed_model=embedder,
        transformations=[splitter],
    )
    index.storage_context.persist(persist_dir=str(storage))
    return {"chunks": len(index.docstore.docs), "peak_mb": peak_megabytes(), "index_mb": folder_megabytes(storage)}


def retrieve_chunks(storage: Path, question: str) -> list[str]:
    """The nearest chunks to a question, from a saved index."""
    store = FaissVectorStore.from_persist_dir(str(storage))
    context = StorageContext.from_defaults(vector_store=store, persist_dir=str(storage))
    index: Any = load_index_from_storage(context, embed_model=load_minilm())
    nodes = index.as_retriever(similarity_top_k=TOP_K).retrieve(question)
    return [f"{node.score:.3f} {node.node.metadata.get('title')}: {node.text[:200]}" for node in nodes]


def main() -> None:
    part, storage, subject = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    if part == "build":
        embedder = make_mock_embedding() if "--made-up-vectors" in sys.argv else load_minilm()
        print_result(build_index(storage, Path(subject), int(sys.argv[4]), embedder))
        return
    lines = retrieve_chunks(storage, subject)
    if part == "ask":
        print("\n".join(lines))
    else:
        print_result({"answered_mb": resident_megabytes(), "answered_peak_mb": peak_megabytes()})


if __name__ == "__main__":
    main()

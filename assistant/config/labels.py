"""How the interface calls the settings. Their keys are what config.yaml has."""

from __future__ import annotations

from collections.abc import Mapping

MAX_WIDTH = 28  # characters of a label, which a column of the settings has room for

LABELS: Mapping[str, str] = {
    "articles": "Articles",
    "index": "Folder of the index",
    "store": "Storage",
    "index_access": "Who may read the index",
    "folders": "What a folder has in common",
    "reading.max_file_mb": "Largest file",
    "reading.max_article_characters": "Longest article",
    "reading.max_article_seconds": "Longest time for an article",
    "reading.readers": "Further readers",
    "embedding.model": "Embedding model",
    "embedding.backend": "Embedding: runtime",
    "embedding.precision": "Embedding: precision",
    "embedding.batch_size": "Embedding: batch",
    "passages.max_tokens": "Longest passage",
    "retrieval.top_k": "Passages for a question",
    "retrieval.candidates": "Passages of each ranking",
    "retrieval.dense_weight": "Weight of the meaning",
    "retrieval.lexical_weight": "Weight of the words",
    "ranking.model": "Ranking model",
    "answers.max_sentences": "Answers: words of somebody",
    "answers.max_facts": "Answers: other sentences",
    "answers.keep_share": "Answers: least score",
    "web.allow_hosts": "Web: hosts allowed",
    "web.delay_seconds": "Web: pause",
    "web.timeout_seconds": "Web: longest wait",
    "watch.update": "When files change",
    "watch.feed_minutes": "Minutes between feed checks",
    "watch.settle_seconds": "Wait after a change",
    "writer.model": "Language model",
    "writer.base_url": "Language model: server",
    "writer.api_key_env": "Language model: key",
    "writer.use": "Language model: when",
    "writer.offered_to": "Language model: for whom",
    "writer.mode": "Language model: what it does",
    "writer.unsupported": "Language model: unproved",
    "writer.nli": "Language model: second proof",
    "writer.temperature": "Language model: temperature",
    "writer.max_output_tokens": "Language model: output",
    "writer.context_tokens": "Language model: context",
    "writer.budget_tokens": "Language model: budget",
    "writer.max_sources": "Language model: sources",
    "writer.first_token_seconds": "Language model: first word",
    "writer.timeout_seconds": "Language model: whole time",
}
"""A label for each key."""

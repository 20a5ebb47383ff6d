"""Earlier texts of an article, and what changed from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.records.article import Article

VersionCause = Literal["file", "reading"]
"""Why a text was replaced: its file has changed, or the same file is read in another way by a newer program."""


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """A text that an article had until `replaced_at`, when a build found another one (ISO 8601, UTC).

    `sha256` is the hash of the text, as citations have it. The dates are those that the article gave then.
    """

    article_id: str
    sha256: str
    title: str
    published_at: str | None
    updated_at: str | None
    replaced_at: str
    cause: VersionCause
    text: str


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """An article as it was when it was cited. `change` says what became of the cited words since; None if nothing."""

    article: Article
    change: str | None = None


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A run of sentences that was replaced: the words before and after; one of them is empty if there were none."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ArticleRevision:
    """One change of an article: when it was found, why, the hashes and titles before and after, and the sentences.

    `is_silent`: the file changed, but neither a date of the article nor a word in it says so.
    """

    found_at: str
    cause: VersionCause
    before_sha256: str
    after_sha256: str
    before_title: str
    after_title: str
    changes: tuple[SentenceChange, ...]
    is_silent: bool

"""How an article changed: its revisions with the sentences that differ, and what became of words that were cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.presentation.differences import find_replaced, find_replacement
from assistant.records.answer import Citation
from assistant.records.article import Article, ArticleRevision, ArticleVersion, CitedArticle, SentenceChange, Span

MAX_QUOTED = 300  # characters of words in a message
_SAYS_SO = re.compile(
    r"\b(?:correct(?:ed|ion|ions|s)|update[ds]?|clarif(?:y|ied|ication)|amended|editor[’']?s?[’']? note"
    r"|(?:earlier|previous|original) version)\b",
    re.IGNORECASE,
)


def list_revisions(versions: Sequence[ArticleVersion], article: Article) -> list[ArticleRevision]:
    """The changes of an article, oldest first. `versions` are its earlier texts, oldest first."""
    revisions = []
    for at, version in enumerate(versions):
        after = versions[at + 1] if at + 1 < len(versions) else _as_version(article, version)
        if after.sha256 == version.sha256:
            continue  # a build that failed, after which the same text was read again
        changes = tuple(
            SentenceChange(version.text[slice(*old)].strip(), after.text[slice(*new)].strip())
            for old, new in find_replaced(version.text, after.text)
        )
        revisions.append(
            ArticleRevision(
                version.replaced_at,
                version.cause,
                version.sha256,
                after.sha256,
                version.title,
                after.title,
                changes,
                _is_silent(version, after, changes),
            )
        )
    return revisions


def explain_change(version: ArticleVersion, article: Article, span: Span) -> str:
    """What became of words that an earlier text had at a span: "these words were changed on …, from “…” to “…”"."""
    day = version.replaced_at[:10]
    if version.cause == "reading":
        return f"its file is unchanged, but read in another way since {day}, by a newer version of the program"
    words = version.text[slice(*span)]
    replaced = find_replacement(version.text, article.text, span)
    if replaced is None or " ".join(words.split()) in " ".join(replaced[1].split()):
        return f"the quotation is still there, after a change of the article on {day}"
    before, after = map(_shorten, replaced)
    if not after:
        return f"these words were taken out on {day}: “{before}”"
    return f"these words were changed on {day}, from “{before}” to “{after}”"


def find_cited(
    citation: Citation, article: Article | None, find_version: Callable[[str, str], ArticleVersion | None]
) -> CitedArticle | None:
    """What a citation cites, given the article as it is now; None if neither that nor an earlier text is it."""
    if article is None:
        return None
    if article.sha256 == citation.article_sha256:
        return CitedArticle(article)
    version = find_version(article.id, citation.article_sha256)
    if version is None:
        return None
    earlier = replace(
        article,
        text=version.text,
        sha256=version.sha256,
        title=version.title,
        published_at=version.published_at,
        updated_at=version.updated_at,
        places=(),
    )
    return CitedArticle(earlier, explain_change(version, article, (citation.start, citation.end)))


def _as_version(article: Article, before: ArticleVersion) -> ArticleVersion:
    return ArticleVersion(
        article.id,
        article.sha256,
        article.title,
        article.published_at,
        article.updated_at,
        before.replaced_at,
        "file",
        article.text,
    )


def _is_silent(before: ArticleVersion, after: ArticleVersion, changes: Sequence[SentenceChange]) -> bool:
    """Whether a file changed without a new date and without a word that says so in what was added."""
    has_new_date = (before.published_at, before.updated_at) != (after.published_at, after.updated_at)
    says_so = any(_SAYS_SO.search(change.after) and not _SAYS_SO.search(change.before) for change in changes)
    return before.cause == "file" and not has_new_date and not says_so


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_QUOTED else text[:MAX_QUOTED].rsplit(maxsplit=1)[0] + " …"

"""Finds the articles that a command names: by id, path or address, or by a unique part of an id or title."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from assistant.errors import QuestionError

if TYPE_CHECKING:
    from assistant.engine import Assistant
    from assistant.records.article import Article


def find_article(assistant: Assistant, name: str) -> Article:
    """The article with this id, else the only one with this part of an id, or with these words in its title.

    Raises QuestionError if no article or more than one matches.
    """
    from assistant.presentation.filtering import choose_article

    article = assistant.article(name)
    if article is None:
        article = assistant.article(choose_article(assistant.catalog().articles(), name).id)
    if article is None:  # a build has removed it in the meantime
        raise QuestionError(f"no article with the id {name!r}; `assistant articles list` shows all ids")
    return article


def find_articles(assistant: Assistant, names: Iterable[str]) -> list[Article]:
    """The articles that these names mean, each once: ids, addresses, files and folders, else as `find_article`."""
    found: dict[str, Article] = {}
    for name in names:
        try:
            chosen = assistant.catalog().find_articles([name])
        except QuestionError:
            chosen = [find_article(assistant, name)]
        found.update({article.id: article for article in chosen})
    return list(found.values())

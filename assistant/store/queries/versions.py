"""Queries on the earlier texts of articles."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.errors import LibraryDamaged
from assistant.records.article import ArticleVersion
from assistant.store.queries.base import SnapshotQueries, compute_text_sha256
from assistant.store.remedies import REPAIR_HINT

VERSION_COLUMNS = "id, sha256, title, published_at, updated_at, replaced_at, cause, text"
SELECT_VERSIONS = f"SELECT {VERSION_COLUMNS} FROM version"


class VersionQueries(SnapshotQueries):
    """What articles said before they changed."""

    def versions(self, article_id: str) -> list[ArticleVersion]:
        """The earlier texts of an article, oldest first. Raises LibraryDamaged if one is not what was read."""
        return list(self._build_versions(f"{SELECT_VERSIONS} WHERE id = ? ORDER BY number", (article_id,)))

    def version_with_text(self, article_id: str, sha256: str) -> ArticleVersion | None:
        """The latest of the earlier texts of an article that has this hash."""
        query = f"{SELECT_VERSIONS} WHERE id = ? AND sha256 = ? ORDER BY number DESC LIMIT 1"
        return next(self._build_versions(query, (article_id, sha256)), None)

    def changed_articles(self) -> list[tuple[str, int, str]]:
        """The articles with earlier texts: id, how many, when the last was replaced; the latest change first."""
        query = (
            "SELECT version.id AS id, count(*), max(replaced_at) AS replaced_at FROM version"
            " JOIN article ON article.id = version.id GROUP BY version.id ORDER BY 3 DESC, 1"
        )
        return list(self.select(query))

    def _build_versions(self, query: str, values: tuple[str, ...]) -> Iterator[ArticleVersion]:
        for row in self.select(query, values):
            version = ArticleVersion(*row)
            if compute_text_sha256(version.text) != version.sha256:
                raise LibraryDamaged(f"an earlier text of {version.article_id!r} is damaged; {REPAIR_HINT}")
            yield version

"""How an article changed, and what became of words that were cited."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from assistant.presentation.revisions import explain_change, find_cited, list_revisions
from assistant.records.article import Article, ArticleVersion, VersionCause
from tests.conftest import make_article
from tests.support.citations import make_citation

OLD = "The mill was sold. It cost 3 million."
NEW = "The mill was sold. It cost 4 million."


def make_version(text: str, cause: VersionCause = "file", day: str = "2019-03-05") -> ArticleVersion:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return ArticleVersion("a", sha256, "A title", "2019-03-04", None, f"{day}T10:00:00+00:00", cause, text)


def make_new(text: str = NEW) -> Article:
    return make_article(text, published_at="2019-03-04")


def test_words_that_changed_went_or_stayed() -> None:
    span = (OLD.index("It"), len(OLD))
    assert explain_change(make_version(OLD), make_new(), span) == (
        "these words were changed on 2019-03-05, from “It cost 3 million.” to “It cost 4 million.”"
    )
    assert "were taken out on 2019-03-05: “It cost 3 million.”" in explain_change(
        make_version(OLD), make_new("The mill was sold."), span
    )
    assert "still there" in explain_change(make_version(OLD), make_new(), (0, 18))
    assert "file is unchanged" in explain_change(make_version(OLD, "reading"), make_new(), span)


def test_silent_changes_are_told() -> None:
    """Only a new date, or a word in what was added, says that an article was changed."""
    (silent,) = list_revisions([make_version(OLD)], make_new())
    assert silent.is_silent
    assert [(change.before, change.after) for change in silent.changes] == [
        ("It cost 3 million.", "It cost 4 million.")
    ]
    (dated,) = list_revisions([make_version(OLD)], replace(make_new(), updated_at="2019-03-05"))
    (told,) = list_revisions([make_version(OLD)], make_new(f"{NEW} Correction: it cost 4 million, not 3."))
    (read,) = list_revisions([make_version(OLD, "reading")], make_new())
    assert [each.is_silent for each in (dated, told, read)] == [False, False, False]


def test_texts_in_turn() -> None:
    """Each text is compared with the next one; a text that follows itself is no change."""
    versions = [make_version(OLD), make_version(NEW, day="2019-03-06"), make_version(OLD), make_version(OLD)]
    revisions = list_revisions(versions, make_new())
    assert [revision.found_at[:10] for revision in revisions] == ["2019-03-05", "2019-03-06", "2019-03-05"]


def test_article_of_a_citation_is_the_text_that_was_cited() -> None:
    old = make_version(OLD)
    citation = replace(make_citation("It cost 3 million.", start=19), article_sha256=old.sha256)
    cited = find_cited(citation, make_new(), lambda _, sha256: old if sha256 == old.sha256 else None)
    assert cited is not None
    assert cited.article.text == OLD
    assert cited.change is not None
    assert "to “It cost 4 million.”" in cited.change
    assert find_cited(citation, make_new(), lambda *_: None) is None
    assert find_cited(citation, None, lambda *_: old) is None
    current = find_cited(citation, make_new(OLD), lambda *_: None)
    assert current is not None
    assert current.change is None

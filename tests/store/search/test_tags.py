"""Tags of files and of the user: both are found, wherever a tag can be named."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.collection.answering import draft_collection, read_collection_question
from assistant.engine import Assistant
from assistant.errors import LibraryDamaged, MarksError, NoSuchTag
from assistant.marks.articles import mark_target
from assistant.marks.database import FILE_NAME
from assistant.questions.parser import parse_question
from assistant.reader import ReaderAssistant
from assistant.records.collection.question import CollectionQuery
from assistant.store.codecs import decode_tags, encode_details
from assistant.store.search.terms import find_tagged_articles
from tests.conftest import make_article
from tests.support.tiny_library import build_tiny_library


@pytest.fixture
def tagged(tmp_path: Path) -> Assistant:
    """Of four articles, two have the tag Weir from their file, and two the tag weir from the user; one has both."""
    articles = [
        make_article("The weir was mended.", id="both", tags=("Weir", "river works")),
        make_article("The weir leaks again.", id="file", tags=("weir",)),
        make_article("The lock is shut.", id="user"),
        make_article("The ferry was late.", id="none", tags=("weirs",)),
    ]
    assistant = Assistant(build_tiny_library(tmp_path, articles))
    marked = [each for each in assistant.articles() if each.id in ("both", "user")]
    for article in marked:
        assistant.marks.articles.add_tags(mark_target(article), ["WEIR", "secret"])
    return assistant


def test_both_kinds_are_found(tagged: Assistant) -> None:
    """In any case, in searches, facets, counts and lists, in the words of a question too."""
    assert tagged.find_tagged("weir") == {"both", "file", "user"}
    assert tagged.find_tagged("River  Works") == {"both"}
    catalog = tagged.catalog()
    assert {hit.article_id for hit in catalog.search("tag:weir").hits} == {"both", "file", "user"}
    assert [hit.article_id for hit in catalog.search('lock tag:"weir"').hits] == ["user"]
    assert dict(catalog.facets("tag:weir")[0].groups) == {"(not named)": 3}
    for kind in ("count", "list"):
        answer = tagged.answer_collection(CollectionQuery(kind, "articles", search="tag:weir NOT leaks"), "x")
        assert answer.collection is not None
        assert {item.article_id for item in answer.collection.items} == {"both", "user"}
        assert answer.collection.search == "tag:weir AND NOT leaks"


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("How many articles with tag:weir are there?", {"both", "file", "user"}),
        ("how many articles are tagged #weir?", {"both", "file", "user"}),
        ("List all articles tagged “river works”", {"both"}),
        ("Which articles have the tag weir?", {"both", "file", "user"}),
        ("How many articles mention the lock with tag:weir?", {"user"}),
        ('How many articles mention "the weir" tag:“river works”?', {"both"}),
    ],
)
def test_tag_in_a_question(tagged: Assistant, question: str, ids: set[str]) -> None:
    """A field in the words of a question limits what is counted."""
    with tagged.open_library() as library:
        asked = read_collection_question(parse_question(question), library)
        assert asked is not None
        draft = draft_collection(asked, library, find_tagged=tagged.find_marked)
        assert draft is not None
        assert draft.result is not None
        assert {item.article_id for item in draft.result.items} == ids


def test_unknown_tag_names_those_there_are(tagged: Assistant, tmp_path: Path) -> None:
    """Of the user and of files; a search says it and finds nothing. A damaged file of marks is not passed over."""
    with pytest.raises(NoSuchTag, match=r"'x'; tags: secret, WEIR; tags that files give: river works, Weir, weirs"):
        tagged.find_tagged("x")
    result = tagged.catalog().search("tag:x")
    assert (result.total, "no article has the tag 'x'" in result.remarks[0]) == (0, True)
    with tagged.open_library() as library, pytest.raises(NoSuchTag, match="no longer in the library"):
        find_tagged_articles("old", library, lambda _: {"0" * 64})
    (tagged.config.kept / FILE_NAME).write_bytes(b"nothing" * 400)
    with pytest.raises(MarksError, match="damaged"):
        tagged.find_tagged("weir")


def test_reader_learns_no_tag_of_the_owner(tagged: Assistant) -> None:
    """The tags of files are part of the articles; those of the owner are not for readers, whatever they ask."""
    reader = ReaderAssistant(tagged)
    assert reader.catalog().find_tagged("weir") == {"both", "file"}
    assert {hit.article_id for hit in reader.catalog().search("tag:weir").hits} == {"both", "file"}
    assert reader.catalog().search("tag:secret").total == 0
    with pytest.raises(NoSuchTag, match="tag “secret”; tags that files give") as told:
        reader.catalog().find_tagged("secret")
    assert "WEIR" not in str(told.value)
    other = tagged.without_marks()
    answer = other.answer_collection(CollectionQuery("count", "articles", search="tag:secret"), "x")
    assert answer.collection is not None
    assert answer.collection.total == 0
    assert tagged.find_tagged("secret") == {"both", "user"}


def test_damaged_tags() -> None:
    """What no build writes is an error with its remedy."""
    assert decode_tags(encode_details(make_article("x", tags=("a", "b")))) == ("a", "b")
    for details in ('{"tags":1}', "[]", "{", None, '{"tags":[1]}'):
        with pytest.raises(LibraryDamaged, match="damaged"):
            decode_tags(details)

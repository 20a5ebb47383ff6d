"""What a reader who is not the owner may use of a library: answers and articles, and nothing about the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.answers.events import final_turn
from assistant.config.schema import EmbeddingSettings, FolderSettings, WriterSettings
from assistant.engine import Assistant
from assistant.errors import LibraryError, NotPermitted, QuestionError
from assistant.reader import UNAVAILABLE, ReaderAssistant, ReaderCatalog
from assistant.records.answer import AskEvent
from assistant.store.catalog import Catalog
from tests.conftest import SEEDS, make_config

QUESTION = "what did Ushakov say about Europe?"


@pytest.fixture
def reader(seeds: Assistant) -> ReaderAssistant:
    return ReaderAssistant(seeds)


def collect_everything(reader: ReaderAssistant) -> dict[str, Any]:
    """What each method gives, for a question and for browsing."""
    turn = final_turn(reader.stream(QUESTION))
    article_id = turn.answer.citations[0].article_id
    catalog = reader.catalog()
    return {
        "turn": turn,
        "follow_ups": list(reader.follow_ups([turn])),
        "suggestions": list(reader.suggestions()),
        "article": reader.article(article_id),
        "quote": reader.check_quote("Many Europeans dislike"),
        "holdings": reader.holdings(),
        "figures": reader.warm_up(),
        "config": reader.config,
        "articles": catalog.articles(),
        "speakers": catalog.speakers(),
        "speaker": catalog.speaker_page(catalog.speakers()[0].name),
        "page": catalog.article_page(article_id),
        "stories": catalog.stories(),
        "search": catalog.search("Europe"),
        "matches": catalog.find_matches(article_id, "Europe"),
        "statistics": catalog.statistics(),
        "tags": [catalog.given_tags()],
    }


def test_reader_reads_without_paths(reader: ReaderAssistant, seeds: Assistant) -> None:
    """Everything that a reader gets has content and names no folder of the owner."""
    everything = collect_everything(reader)
    assert [name for name, value in everything.items() if not value] == []
    assert "Europe" in everything["article"].text
    for name, value in everything.items():
        for folder in (SEEDS, seeds.config.index, Path.home()):
            assert str(folder) not in repr(value), name


def test_reader_changes_nothing(reader: ReaderAssistant, seeds: Assistant) -> None:
    """Builds, the state of the files, settings, marks, the dossier and standing questions are the owner's."""
    calls: list[Callable[[], object]] = [
        reader.build_events,
        reader.pending,
        lambda: reader.configure(seeds.config),
        lambda: reader.marks,
        lambda: reader.add_standing_question("tell me when Ushakov says something"),
        reader.open_library,
        lambda: reader.catalog().find_articles([str(SEEDS)]),
    ]
    for forbidden in calls:
        with pytest.raises(NotPermitted, match="owner"):
            forbidden()


def test_catalog_of_a_reader_inherits_nothing() -> None:
    """Whatever a catalog can do, and will be able to, is decided for readers too."""
    offered = {name for name in vars(Catalog) if not name.startswith("_")}
    assert offered <= vars(ReaderCatalog).keys()


def test_settings_tell_nothing_of_the_machine(tmp_path: Path) -> None:
    """No folder of articles or of a model, and no server or key of a language model that readers may not use."""
    config = make_config(SEEDS, tmp_path / "index").model_copy(
        update={
            "folders": (FolderSettings(path=tmp_path, source="Post"),),
            "embedding": EmbeddingSettings(model=str(tmp_path / "own-model")),
            "writer": WriterSettings(model="big", base_url="http://10.0.0.7:80/v1", api_key_env="OWN_KEY"),
        }
    )
    shown = ReaderAssistant(Assistant(config)).config
    for secret in (str(tmp_path), str(SEEDS), "10.0.0.7", "OWN_KEY", "big"):
        assert secret not in repr(shown)
    assert shown.embedding.model == "own-model"
    offered = config.model_copy(update={"writer": config.writer.model_copy(update={"offered_to": "everyone"})})
    assert ReaderAssistant(Assistant(offered)).config.writer.model == "big"


@pytest.mark.parametrize(("offered_to", "asked"), [("owner", False), ("everyone", None)])
def test_language_model_only_if_offered(
    seeds: Assistant, monkeypatch: pytest.MonkeyPatch, offered_to: str, asked: bool | None
) -> None:
    """A reader's question asks the model of the owner's settings only if it is offered to everyone."""
    given: list[bool | None] = []

    def stream(_self: Assistant, _question: str, *, writer: bool | None = None, **_: object) -> Iterator[AskEvent]:
        given.append(writer)
        return iter(())

    writer = WriterSettings(model="big", use="always", offered_to=offered_to)
    assistant = Assistant(seeds.config.model_copy(update={"writer": writer}))
    monkeypatch.setattr(Assistant, "stream", stream)
    assert list(ReaderAssistant(assistant).stream(QUESTION)) == []
    assert given == [asked]


def test_reasons_go_to_the_owner(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A reader learns that the library cannot be used; why, with the path, stands on the owner's terminal."""
    reader = ReaderAssistant(Assistant(make_config(SEEDS, tmp_path / "\x1bnothing")))
    catalog = reader.catalog()
    calls: list[Callable[[], object]] = [
        lambda: list(reader.stream(QUESTION)),
        lambda: list(reader.suggestions()),
        lambda: list(reader.follow_ups([])),
        lambda: reader.article("x"),
        lambda: reader.check_quote("some words of somebody"),
        reader.holdings,
        reader.warm_up,
        catalog.articles,
        catalog.speakers,
        catalog.stories,
        catalog.statistics,
        catalog.given_tags,
        lambda: catalog.find_tagged("x"),
        lambda: catalog.facets("x"),
        lambda: catalog.article_page("x"),
        lambda: catalog.speaker_page("x"),
        lambda: catalog.search("x"),
        lambda: catalog.find_matches("x", "x"),
    ]
    for call in calls:
        with pytest.raises(LibraryError) as failed:
            call()
        assert str(failed.value) == UNAVAILABLE
    told = capfd.readouterr().err
    assert told.count(str(tmp_path)) == len(calls)
    assert "\x1b" not in told


def test_errors_of_questions_are_the_readers_own(reader: ReaderAssistant) -> None:
    """What is wrong with a question is said to whoever asked it."""
    with pytest.raises(QuestionError, match="question"):
        list(reader.stream("  "))

"""The public API: what a notebook calls."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import assistant as public
from assistant.engine import Assistant
from assistant.errors import AssistantError, ConfigError, LibraryMismatch, LibraryMissing, QuestionError
from assistant.records.build import BuildEvent, BuildReport
from assistant.settings_lookup import resolve_settings
from tests.conftest import SEEDS, make_article

QUAY = "“The quay is too short,” said Maud Lindqvist. “It will be longer,” said Idris Valcourt."
USHAKOV = "What did Ushakov say about Europe?"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of articles without settings, in the current folder."""
    monkeypatch.delenv("ASSISTANT_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    articles = tmp_path / "news"
    articles.mkdir()
    (articles / "quay.md").write_text(f"---\ntitle: The quay\npublished_at: 2025-03-04\n---\n{QUAY}", encoding="utf-8")
    return articles


def test_public_names_exist() -> None:
    """Each public name is importable and listed."""
    assert len(public.__all__) > 10
    for name in public.__all__:
        assert getattr(public, name) is not None
        assert name in dir(public)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = public.nothing


def test_open_builds_nothing(folder: Path) -> None:
    """A folder of articles uses the default index, and opening it creates no file."""
    library = Assistant.open("news")
    assert (library.config.articles, library.config.index) == ((folder,), folder.parent / "index")
    assert sorted(path.name for path in folder.parent.iterdir()) == ["news"]
    with pytest.raises(LibraryMissing, match="no index here yet"):
        library.ask("Who spoke about the quay?")


def test_open_folder_with_settings(folder: Path) -> None:
    """A folder with a config.yaml has its articles and its index, and so has the file itself."""
    file = folder.parent / "config.yaml"
    file.write_text("articles: news\nindex: built\n", encoding="utf-8")
    for source in (folder.parent, file, str(file)):
        settings = Assistant.open(source).config
        assert (settings.articles, settings.index) == ((folder,), folder.parent / "built")
    assert Assistant.open(file, index="other").config.index == folder.parent / "other"
    assert Assistant.open(Assistant.open(file).config).config == Assistant.open(file).config


def test_settings_of_settings_are_themselves(seeds: Assistant) -> None:
    """Settings are taken as they are, with another index if one is named."""
    assert resolve_settings(seeds.config) is seeds.config
    assert resolve_settings(seeds.config, "/elsewhere").index == Path("/elsewhere")


def test_open_unknown_folder(tmp_path: Path) -> None:
    """A path that does not exist is reported."""
    with pytest.raises(ConfigError, match="missing: no such file or folder; give a folder of articles"):
        Assistant.open(tmp_path / "missing")


def test_open_index_of_other_articles(folder: Path) -> None:
    """An index that was built from one folder is not used for another."""
    assert Assistant.open(folder).build().added == 1
    other = folder.parent / "other"
    other.mkdir()
    with pytest.raises(LibraryMismatch, match=r"built from other articles .*news.*name another folder for the index"):
        Assistant.open(other)
    assert Assistant.open(folder).ask("What did Lindqvist say about the quay?").citations
    assert Assistant.open(other, index="other-index").config.index == folder.parent / "other-index"


def test_build_reports_and_calls_back(folder: Path) -> None:
    """build does its work when called, and passes on every event but the report."""
    events: list[BuildEvent] = []
    report = Assistant.open(folder).build(on_event=events.append, articles=[make_article("It rained.", id="rain")])
    assert (report.articles, report.added) == (2, 2)
    assert events
    assert not any(isinstance(event, BuildReport) for event in events)


def test_ask_with_history_of_answers(seeds: Assistant) -> None:
    """Earlier answers are a history as turns are."""
    first = seeds.ask(USHAKOV)
    assert seeds.ask("And about Ukraine?", history=[first]).standalone_question == "What did Ushakov say about Ukraine?"


def test_ask_as_of_day(seeds: Assistant) -> None:
    """No citation is newer than the day."""
    answer = seeds.ask(USHAKOV, as_of=date(2025, 10, 26))
    assert answer.citations
    assert max(str(cited.published_at) for cited in answer.citations) <= "2025-10-26"


def test_statements_by_speaker_and_subject(folder: Path) -> None:
    """Statements are chosen by part of a name and by inflected words, and carry their words."""
    library = Assistant.open(folder)
    library.build()
    (statement,) = library.statements(speaker="lindqvist", about="quays")
    assert (statement.speaker, statement.words) == ("Maud Lindqvist", "“The quay is too short,”")
    assert (statement.title, statement.published_at) == ("The quay", "2025-03-04")
    assert [each.speaker for each in library.statements()] == ["Maud Lindqvist", "Idris Valcourt"]
    assert list(library.statements(about="harbour")) == []
    with pytest.raises(QuestionError, match="no speaker named 'Smith'"):
        next(library.statements(speaker="Smith"))


def test_articles_newest_first(seeds: Assistant) -> None:
    """articles yields every article with its text, newest first."""
    articles = list(seeds.articles())
    assert len(articles) == len([file for file in SEEDS.glob("*.md") if file.name != "README.md"])
    assert articles[0].published_at == max(str(article.published_at) for article in articles)


def test_verify_answer_and_saved_answer(seeds: Assistant) -> None:
    """An answer and its dictionary are verified alike; an altered quote is a fault."""
    answer = seeds.ask(USHAKOV)
    checks = seeds.verify(answer)
    assert len(checks) == len(answer.citations) > 0
    assert {check.fault for check in checks} == {None}
    saved = answer.to_dict()
    assert seeds.verify(saved) == checks
    saved["citations"][0]["quote"] = saved["citations"][0]["quote"][::-1]
    assert seeds.verify(saved)[0].fault is not None


def test_export_formats(seeds: Assistant) -> None:
    """An answer is exported by the name of the format; another name is an error that lists the formats."""
    answer = seeds.ask(USHAKOV)
    assert seeds.export(answer).startswith(f"# {USHAKOV}")
    assert "\n@article{" in seeds.export(answer, "bibtex")
    with pytest.raises(AssistantError, match="unknown format 'pdf'; choose one of: markdown, html, json"):
        seeds.export(answer, "pdf")

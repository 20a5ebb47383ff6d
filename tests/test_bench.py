"""The pieces of the benchmark do what they say, on a few articles; how fast anything is, no test asks."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.embedder import Embedder
from assistant.embedding.loader import Loaded
from assistant.embedding.model_files import ModelFiles
from assistant.engine import Assistant
from assistant.records.build import BuildReport
from tests.bench import newsroom
from tests.bench.__main__ import options
from tests.bench.measuring import Failed, middle, peak, resident, run
from tests.bench.ours import Timed
from tests.bench.places import Place, Size, sizes
from tests.bench.plot import Chart, svg
from tests.bench.questions import LONG, made
from tests.bench.report import RATES, ROWS, Measured, Table, charts, told
from tests.bench.texts import renamed, wanted, write
from tests.conftest import built, configured

TEXT = "The Pope met Kofi Annan at the UN in Paris. In the end, the paris of Ängland won 3-1."


# -------------------------------------------------------------------------------------------------- texts


def test_names_change_and_nothing_else_does() -> None:
    assert renamed(TEXT, 0) == TEXT
    assert renamed(TEXT, 1) == "The Qpqf met Lpgj Boobo at the UN in Paris. In the end, the paris of Ängland won 3-1."


def test_every_copy_has_names_of_its_own() -> None:
    assert len({renamed("Kofi Annan", copy) for copy in range(300)}) == 300


@given(st.text(max_size=200), st.integers(1, 1000))
def test_a_renamed_text_is_as_long_and_has_its_small_words_where_they_were(text: str, copy: int) -> None:
    changed = renamed(text, copy)
    assert len(changed) == len(text)
    for word in re.finditer(r"\b[a-z]+\b", text):
        assert changed[word.start() : word.end()] == word[0]


def test_made_up_articles_are_as_long_as_news_and_no_two_alike() -> None:
    articles = list(newsroom.articles(40))
    assert articles == list(newsroom.articles(40))
    assert len({article["title"] for article in articles}) == 40
    assert all(150 <= len(article["text"].split()) <= 960 for article in articles)
    assert not any("{" in article["text"] or "{" in article["title"] for article in articles)


def test_given_articles_are_repeated_until_there_are_enough(tmp_path: Path) -> None:
    file = tmp_path / "given.jsonl"
    file.write_text('{"id": "a", "title": "Rome", "text": "Anna came."}\n{"id": "b", "text": "", "url": null}\n')
    assert [article["text"] for article in wanted(3, [file])] == ["Anna came.", "Boob came.", "Cppc came."]
    assert len({article["id"] for article in wanted(3, [file])}) == 3


# ------------------------------------------------------------------------------------------- a small library


@pytest.fixture(scope="module")
def timed(embedder: Embedder) -> Timed:
    return Timed(embedder)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, model: ModelFiles, timed: Timed) -> tuple[Assistant, BuildReport]:
    folder = tmp_path_factory.mktemp("bench") / "articles"
    write(12, (), folder)
    embedder = cast(Embedder, timed)
    assistant = Assistant(configured(folder, folder.parent / "index"), Loaded(EmbeddingSettings(), model, embedder))
    return assistant, built(assistant)


def test_a_build_is_timed_from_within(library: tuple[Assistant, BuildReport], timed: Timed) -> None:
    _, report = library
    assert report.articles == 12
    assert timed.embedded == report.embedded
    assert timed.first
    assert 0 < timed.running() <= report.seconds


def test_questions_are_made_of_what_the_library_holds(library: tuple[Assistant, BuildReport]) -> None:
    assistant, _ = library
    with assistant.library() as opened:
        questions = made(opened, each=4, worst=2)
        assert questions == made(opened, each=4, worst=2)
    ordinary = "\n".join(questions["ordinary"])
    for kind in ("what did ", "who said “", "what happened with "):
        assert ordinary.count(kind) == 4
    assert len(questions["frequent"]) == 2
    assert [len(question.split()) for question in questions["long"]] == [LONG, LONG]
    for asked in questions.values():
        assert list(assistant.ask(asked[0]))


def test_time_in_which_two_ran_at_once_counts_once(embedder: Embedder) -> None:
    timed = Timed(embedder)
    timed.spans = [(0.0, 2.0), (1.0, 3.0), (1.5, 1.6), (5.0, 6.0)]
    assert timed.running() == 4.0


# ------------------------------------------------------------------------------------------------ measuring


def test_a_process_is_measured_and_its_failure_told() -> None:
    ended = run([sys.executable, "-c", "print('done')"])
    assert ended.output == "done\n"
    assert 0 <= ended.leaving < ended.seconds
    with pytest.raises(Failed, match="ValueError: no such thing"):
        run([sys.executable, "-c", "raise ValueError('no such thing')"])
    with pytest.raises(Failed, match="SIGKILL"):
        run([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"])


def test_memory_is_told_in_megabytes() -> None:
    assert 10 < resident() <= peak() + 1 < 100_000


def test_the_middle_is_the_median_and_the_95th_of_few_the_last() -> None:
    assert middle([3, 1, 2]) == 2
    assert middle([1, 2, 3, 4], 0.95) == 4
    assert middle(range(101), 0.95) == 95


# ------------------------------------------------------------------------------------------------ reporting


def some() -> list[Measured]:
    small = Measured(Size(1000), {"articles": 1000, "passages": 3000, "build.seconds": 50.0})
    small.figures |= {"build.articles_per_s": 20, "stock256.per_s": 5, "warm.p50_ms": 30, "warm.p95_ms": 60}
    large = Measured(Size(20_000), {"articles": 20_000, "passages": 60_000, "build.seconds": 1250.0})
    large.figures |= {"build.articles_per_s": 16, "warm.p95_ms": 200}
    return [small, large, Measured(Size(passages=10**6), {"warm.p95_ms": 900}, {"stock": "too large"})]


def test_sizes_are_read_and_the_multiplied_ones_come_last() -> None:
    assert [size.name for size in sizes("million, 20000,1000")] == [
        "1,000 articles",
        "20,000 articles",
        "1,000,000 passages",
    ]
    assert Place.of(Path("w"), Size(passages=500), Size(20)).lines == Path("w/20-articles/articles.jsonl")
    with pytest.raises(ValueError, match="above 0"):
        sizes("0")


def test_the_table_has_a_cell_for_every_size_and_ratios_that_are_right() -> None:
    table = Table(some())
    lines = [line for line in table.markdown().splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} == {5}
    assert "| this program ÷ that | 4.00× | 3.20× * | – |" in lines
    assert "| nothing changed |" not in table.markdown()
    assert "too large" in table.terminal()
    assert all("\\" not in line for line in table.terminal().splitlines())


def test_figures_are_told_as_precisely_as_they_are_known() -> None:
    assert [told(value, "s") for value in (0.0431, 0.5, 12.34, 1204.2)] == ["0.043 s", "0.50 s", "12.3 s", "1,204 s"]
    assert told(0.87, "%") == "87 %"
    assert told(3.4, "×") == "3.40×"


def test_rows_of_rates_exist() -> None:
    shown = {name for rows in ROWS.values() for row in rows for name in (row.figure, row.over)}
    assert shown >= RATES


def test_the_picture_is_xml_and_every_point_lies_within_it() -> None:
    tree = ElementTree.fromstring(svg(charts(some()), "some <machine> & its cores"))
    width, height = float(tree.attrib["width"]), float(tree.attrib["height"])
    circles = list(tree.iter("{http://www.w3.org/2000/svg}circle"))
    assert len(circles) > 5
    assert all(0 < float(c.attrib["cx"]) < width and 0 < float(c.attrib["cy"]) < height for c in circles)


def test_a_picture_of_nothing_says_so() -> None:
    assert "not measured" in svg([Chart("memory", {"ours": []})], "")


def test_a_part_that_is_not_there_is_wrong_usage() -> None:
    with pytest.raises(SystemExit):
        options(["--only", "bild"])
    assert options(["--only", "cold, warm"]).only == ["cold", "warm"]

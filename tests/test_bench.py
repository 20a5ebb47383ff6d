"""Tests of the parts of the benchmark on a few articles. No test checks a speed."""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.collection.table import read_list
from assistant.config.schema import EmbeddingSettings, WriterSettings
from assistant.embedding.embedder import Embedder
from assistant.embedding.loader import PreloadedModelLoader
from assistant.embedding.model_files import ModelFiles
from assistant.engine import Assistant
from assistant.exports.rows import make_row
from assistant.records.build import BuildReport
from assistant.store.library import SqliteLibrary
from assistant.writing.client import Message, WriterClient
from tests.bench import newsroom
from tests.bench.__main__ import parse_options
from tests.bench.measuring import MeasurementError, peak_megabytes, percentile, resident_megabytes, run_process
from tests.bench.multiply import multiply_library
from tests.bench.ours import TimedEmbedder
from tests.bench.pages import Comparison, compare
from tests.bench.places import LibraryPaths, LibrarySize, parse_sizes
from tests.bench.plot import Chart, render_svg
from tests.bench.questions import LONG_QUESTION_WORDS, make_questions
from tests.bench.report import ROWS, SIZE_INDEPENDENT_FIGURES, ResultTable, SizeResult, format_figure, make_charts
from tests.bench.scaling import LANCE, SQLITE, render_table
from tests.bench.scaling import make_charts as make_scaling_charts
from tests.bench.stores import list_differences
from tests.bench.table import write_list
from tests.bench.texts import make_articles, rename_names, write_articles
from tests.conftest import make_config, run_build
from tests.support.kept_outputs import KeptOutputs, keep_outputs
from tests.support.model_server import Script, run_model_server
from tests.support.tiny_library import build_tiny_library

PAGE = "<html><body><article><h1>Weir</h1>{}</article></body></html>"
TEXT = "The Pope met Kofi Annan at the UN in Paris. In the end, the paris of Ängland won 3-1."


# -------------------------------------------------------------------------------------------------- texts


def test_rename_changes_only_names() -> None:
    """Renaming a text changes the names and nothing else."""
    assert rename_names(TEXT, 0) == TEXT
    assert (
        rename_names(TEXT, 1) == "The Qpqf met Lpgj Boobo at the UN in Paris. In the end, the paris of Ängland won 3-1."
    )


def test_rename_differs_per_copy() -> None:
    """Every copy of a text gets different names."""
    assert len({rename_names("Kofi Annan", copy) for copy in range(300)}) == 300


@given(st.text(max_size=200), st.integers(1, 1000))
def test_rename_keeps_length_and_small_words(text: str, copy: int) -> None:
    """A renamed text keeps its length and the positions of its function words."""
    changed = rename_names(text, copy)
    assert len(changed) == len(text)
    for word in re.finditer(r"\b[a-z]+\b", text):
        assert changed[word.start() : word.end()] == word[0]


def test_generated_articles_length_and_variety() -> None:
    """Generated articles are as long as news articles and no two are alike."""
    articles = list(newsroom.generate_articles(40))
    assert articles == list(newsroom.generate_articles(40))
    assert len({article["title"] for article in articles}) == 40
    assert all(150 <= len(article["text"].split()) <= 960 for article in articles)
    assert not any("{" in article["text"] or "{" in article["title"] for article in articles)


def test_given_articles_repeated_to_count(tmp_path: Path) -> None:
    """Given articles are repeated until there are enough."""
    file = tmp_path / "given.jsonl"
    file.write_text('{"id": "a", "title": "Rome", "text": "Anna came."}\n{"id": "b", "text": "", "url": null}\n')
    assert [article["text"] for article in make_articles(3, [file])] == ["Anna came.", "Boob came.", "Cppc came."]
    assert len({article["id"] for article in make_articles(3, [file])}) == 3


# ------------------------------------------------------------------------------------------- a small library


@pytest.fixture(scope="module")
def timed(embedder: Embedder) -> TimedEmbedder:
    return TimedEmbedder(embedder)


@pytest.fixture(scope="module")
def library(
    tmp_path_factory: pytest.TempPathFactory, model: ModelFiles, timed: TimedEmbedder
) -> tuple[Assistant, BuildReport]:
    folder = tmp_path_factory.mktemp("bench") / "articles"
    write_articles(12, (), folder)
    embedder = cast(Embedder, timed)
    assistant = Assistant(
        make_config(folder, folder.parent / "index"), PreloadedModelLoader(EmbeddingSettings(), model, embedder)
    )
    return assistant, run_build(assistant)


@pytest.mark.campaign
def test_build_timed_in_process(library: tuple[Assistant, BuildReport], timed: TimedEmbedder) -> None:
    """A build is timed from inside the process."""
    _, report = library
    assert report.articles == 12
    assert timed.embedded == report.embedded
    assert timed.first_texts
    assert 0 < timed.running_seconds() <= report.seconds


def test_questions_made_from_library(library: tuple[Assistant, BuildReport]) -> None:
    """Benchmark questions are made from the contents of the library."""
    assistant, _ = library
    with SqliteLibrary.open(assistant.config.index) as opened:
        questions = make_questions(opened, per_kind=4, hard_per_kind=2)
        assert questions == make_questions(opened, per_kind=4, hard_per_kind=2)
    ordinary = "\n".join(questions["ordinary"])
    for kind in ("what did ", "who said “", "what happened with "):
        assert ordinary.count(kind) == 4
    assert len(questions["frequent"]) == 2
    assert [len(question.split()) for question in questions["long"]] == [LONG_QUESTION_WORDS, LONG_QUESTION_WORDS]
    for kind_questions in questions.values():
        assert list(assistant.stream(kind_questions[0]))


def test_timer_counts_overlap_once(embedder: Embedder) -> None:
    """Time in which two calls overlap is counted once."""
    timed = TimedEmbedder(embedder)
    timed.spans = [(0.0, 2.0), (1.0, 3.0), (1.5, 1.6), (5.0, 6.0)]
    assert timed.running_seconds() == 4.0


# ------------------------------------------------------------------------------------------------ measuring


def test_process_measured_or_failure_reported() -> None:
    """A process is measured, and its failure is reported."""
    ended = run_process([sys.executable, "-c", "print('done')"])
    assert ended.output == "done\n"
    assert 0 <= ended.exit_seconds < ended.seconds
    with pytest.raises(MeasurementError, match="ValueError: no such thing"):
        run_process([sys.executable, "-c", "raise ValueError('no such thing')"])
    with pytest.raises(MeasurementError, match="SIGKILL"):
        run_process([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"])


def test_memory_in_megabytes() -> None:
    """Memory is reported in megabytes."""
    assert 10 < resident_megabytes() <= peak_megabytes() + 1 < 100_000


def test_percentiles_of_few_values() -> None:
    """The middle is the median; the 95th percentile of few values is the largest."""
    assert percentile([3, 1, 2]) == 2
    assert percentile([1, 2, 3, 4], 0.95) == 4
    assert percentile(range(101), 0.95) == 95


# ------------------------------------------------------------------------------------------------ reporting


def make_results() -> list[SizeResult]:
    small = SizeResult(LibrarySize(1000), {"articles": 1000, "passages": 3000, "build.seconds": 50.0})
    small.figures |= {"build.articles_per_s": 20, "stock256.per_s": 5, "warm.p50_ms": 30, "warm.p95_ms": 60}
    large = SizeResult(LibrarySize(20_000), {"articles": 20_000, "passages": 60_000, "build.seconds": 1250.0})
    large.figures |= {"build.articles_per_s": 16, "warm.p95_ms": 200}
    return [small, large, SizeResult(LibrarySize(passages=10**6), {"warm.p95_ms": 900}, {"stock": "too large"})]


def test_sizes_parsed_multiplied_last() -> None:
    """Sizes are parsed, and multiplied libraries come last."""
    assert [size.name for size in parse_sizes("million, 20000,1000")] == [
        "1,000 articles",
        "20,000 articles",
        "1,000,000 passages",
    ]
    assert LibraryPaths.for_size(Path("w"), LibrarySize(passages=500), LibrarySize(20)).jsonl_file == Path(
        "w/20-articles/articles.jsonl"
    )
    with pytest.raises(ValueError, match="above 0"):
        parse_sizes("0")


def test_table_cells_and_ratios() -> None:
    """The table has a cell for every size, and its ratios are correct."""
    table = ResultTable(make_results())
    lines = [line for line in table.render_markdown().splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} == {5}
    assert "| this program ÷ 256-token chunks | 4.00× | 3.20× * | – |" in lines
    assert "| nothing changed |" not in table.render_markdown()
    assert "too large" in table.render_text()
    assert all("\\" not in line for line in table.render_text().splitlines())


def test_figures_precision() -> None:
    """Figures are shown only as precisely as they are known."""
    assert [format_figure(value, "s") for value in (0.0431, 0.5, 12.34, 1204.2)] == [
        "0.043 s",
        "0.50 s",
        "12.3 s",
        "1,204 s",
    ]
    assert format_figure(0.87, "%") == "87 %"
    assert format_figure(3.4, "×") == "3.40×"


def test_rate_rows_exist() -> None:
    """Every rate named in RATES is a row of the table."""
    shown = {name for rows in ROWS.values() for row in rows for name in (row.figure, row.over)}
    assert shown >= SIZE_INDEPENDENT_FIGURES


def test_chart_svg_is_valid() -> None:
    """The chart is valid XML, and every point lies within it."""
    tree = ElementTree.fromstring(render_svg(make_charts(make_results()), "some <machine> & its cores"))
    width, height = float(tree.attrib["width"]), float(tree.attrib["height"])
    circles = list(tree.iter("{http://www.w3.org/2000/svg}circle"))
    assert len(circles) > 5
    assert all(0 < float(c.attrib["cx"]) < width and 0 < float(c.attrib["cy"]) < height for c in circles)


def test_chart_without_data() -> None:
    """A chart without data says so."""
    assert "not measured" in render_svg([Chart("memory", {"ours": []})], "")


def test_only_option_unknown_part() -> None:
    """An unknown part after --only is a usage error."""
    with pytest.raises(SystemExit):
        parse_options(["--only", "bild"])
    assert parse_options(["--only", "cold, warm"]).only == ["cold", "warm"]


def test_list_of_the_table_bench(seeds: Assistant, tmp_path: Path) -> None:
    """One line in 200 of the list cannot be asked, and its row says why."""
    path = tmp_path / "list.csv"
    faulty = write_list(seeds.config.index, path, 800)
    lines = list(read_list(path, "what"))
    assert len(lines) == 800
    rows = [make_row(number, line, seeds.ask, seeds.answer_collection) for number, line in lines[::100]]
    errors = [row for row in rows if row.status == "error"]
    assert len(errors) == faulty == 4
    assert all(row.answer for row in errors)


# -------------------------------------------------------------------------------------------------- pages
def test_pages_are_compared_with_their_articles(tmp_path: Path) -> None:
    """Sentences of the marked article that are given are kept; given ones that it has not are foreign."""
    lines = [
        f"The river board met for the {each} time to speak about the weir." for each in ("first", "second", "third")
    ]
    (tmp_path / "html").mkdir()
    (tmp_path / "output").mkdir()
    page = PAGE.format("".join(f"<p>{line}</p>" for line in lines)).encode()
    (tmp_path / "html" / "a.html.gz").write_bytes(gzip.compress(page))
    (tmp_path / "ground-truth.json").write_text(json.dumps({"a": {"articleBody": "\n".join(lines[:2])}}))
    (tmp_path / "output" / "newspaper.json").write_text(json.dumps({"a": {"articleBody": lines[0].upper()}}))
    assert compare(tmp_path) == {"this program": Comparison(2, 2, 3, 1), "newspaper": Comparison(2, 1, 1, 0)}


# ------------------------------------------------------------------------------------------------ outputs


def test_outputs_are_kept(tmp_path: Path) -> None:
    """A model is asked once for each request, whatever the word of the fence, and not at all where its file is."""
    file = tmp_path / "outputs.jsonl"
    settings = WriterSettings(model="tiny", max_output_tokens=40)

    def ask(base_url: str, question: str, nonce: str) -> tuple[str, bool]:
        client = WriterClient(settings.model_copy(update={"base_url": base_url}))
        output = "".join(client.stream([Message("user", f"{nonce} {question} {nonce}")]))
        assert client.usage is not None
        assert not client.usage.is_estimated
        return output, client.is_cut

    said = "The weir at Tarn Head is shut until May, says “Ångström”. [1]"
    with (
        run_model_server(Script(says=said, finish="length")) as model,
        keep_outputs(KeptOutputs(file, lambda: model.base_url)) as base_url,
    ):
        assert ask(base_url, "Which weir?", "sources-0123456789abcdef") == (said, True)
        assert ask(base_url, "Which weir?", "sources-fedcba9876543210") == (said, True)
        assert len(model.requests) == 1
        model.script.says = "Another."
        assert ask(base_url, "Which gate?", "sources-0123456789abcdef") == ("Another.", True)

    def find_none() -> str:
        raise AssertionError("the model is not needed")

    with keep_outputs(KeptOutputs(file, find_none)) as base_url:
        assert ask(base_url, "Which weir?", "sources-aaaaaaaaaaaaaaaa") == (said, True)


# ------------------------------------------------------------------------------------------------- stores


def test_library_is_multiplied(tmp_path: Path) -> None:
    """A multiplied library has the number of passages that is wanted, and its articles are files of the program."""
    index = build_tiny_library(tmp_path, [], quay="# Quay\n\n“It is shut,” said Ada Roe.").index
    multiply_library(index, tmp_path / "large", 3)
    with SqliteLibrary.open(tmp_path / "large") as library:
        assert library.passage_count() == 3
        assert len(library.speakers()) == 3
    assert len(list((tmp_path / "large-articles").glob("*.jsonl"))) == 3


def test_differences_are_named() -> None:
    """The field of a value that differs is named, also where a list is longer; times are not compared."""
    one = {"timings": 1, "answer": "a", "citations": [{"start": 1}, {"start": 2}]}
    other = {"timings": 2, "answer": "a", "citations": [{"start": 1}, {"start": 3}]}
    assert list(list_differences(one, one)) == []
    assert list(list_differences(one, other)) == ["answer.citations[1].start: 2 / 3"]
    assert len(list(list_differences(one, {**one, "citations": []}))) == 1


def test_table_and_charts_of_both_stores() -> None:
    """Each size has a column for each store; what was not measured is a dash."""
    sizes = {10: {f"{SQLITE}.disk_mb": 2.0, f"{LANCE}.disk_mb": 3.0}, 100: {f"{SQLITE}.disk_mb": 4.0}}
    assert "| disk, MB | 2 | 3 | 4 | – |" in render_table(sizes)
    disk = make_scaling_charts(sizes)[-1]
    assert disk.lines == {"SQLite and FAISS": [(10, 2.0), (100, 4.0)], "Lance": [(10, 3.0)]}

"""A brief, a timeline and a comparison that a scripted model writes: their sections, and the ones without it."""

from __future__ import annotations

import json
import re
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from assistant.config.schema import WriterSettings
from assistant.engine import Assistant
from assistant.records.answer import Answer
from assistant.writing.completing import KEPT_SECTIONS, strip_days
from assistant.writing.prompts import MAX_PICKED
from tests.conftest import make_article
from tests.support.model_server import Script, run_model_server
from tests.support.tiny_library import build_tiny_library
from tests.writing.test_writing import ask as ask_model

ARTICLES = [
    make_article(
        "The council closed the old bridge at Tarn Head on Monday. “We will not wait for the bridge,” Mayor Ada Quill "
        "said. It is not known when the bridge will reopen.",
        id="shut", title="Bridge shut", source="Evening Bell", published_at="2025-05-06",
    ),
    make_article(
        "Divers inspected the bridge on Friday. Engineer Ivo Lund said the bridge was rotten.",
        id="dive", title="Divers at the bridge", source="Morning Leaf", published_at="2025-05-10",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A library of two articles, without an embedding model."""
    return Assistant(build_tiny_library(tmp_path_factory.mktemp("forms"), ARTICLES))


def ask(library: Assistant, question: str, says: Any, **settings: Any) -> tuple[Answer, str]:
    """The answer with a scripted model, and the instructions that the model was given."""
    with run_model_server(Script(says=says)) as server:
        writer = WriterSettings(model="tiny", base_url=server.base_url, context_tokens=8192, **settings)
        asked = Assistant(library.config.model_copy(update={"writer": writer}))
        answer = asked.ask(question, writer=True)
        return answer, server.requests[0]["messages"][0]["content"] if server.requests else ""


def copy_backwards(request: dict[str, Any]) -> str:
    """A model that repeats the words of all sources, the last one first, and adds one of its own."""
    lines = re.findall(r"^\[(\d+)\] .*?: (.+)$", request["messages"][1]["content"], re.MULTILINE)
    return " ".join(f"{words} [{n}]" for n, words in reversed(lines)) + " The bridge is made of cheese [1]."


@pytest.mark.parametrize(("question", "form"), [("summarise the bridge", "brief"), ("timeline of the bridge", "order")])
def test_sections_are_those_of_the_sources(library: Assistant, question: str, form: str) -> None:
    """Whatever order a model writes in, its sentences stand under the sections of the extractive form."""
    answer, instructions = ask(library, question, copy_backwards, mode="write")
    assert answer.mode == "written"
    assert form in instructions
    assert answer.extractive is not None
    assert answer.collection is not None
    sections = list(dict.fromkeys(each.section for each in answer.extractive.sentences))
    assert len(sections) > 1
    written = [each.section for each in answer.sentences if each.support != "unsupported"]
    assert list(dict.fromkeys(written)) == sections
    (invented,) = (each for each in answer.sentences if each.support == "unsupported")
    assert "cheese" in invented.text
    for section in filter(None, sections):
        assert section.upper() in answer.answer.split("\n")


def test_forms_without_a_model_stay(library: Assistant) -> None:
    """Where a model only picks, where it invents, and of counts, the extractive form is what is shown."""
    picked, instructions = ask(library, "summarise the bridge", '{"numbers": [1]}')
    assert (picked.mode, picked.writing, instructions) == ("extractive", None, "")
    invented, _ = ask(library, "summarise the bridge", "The bridge is made of cheese.", mode="write")
    assert invented.mode == "extractive"
    assert invented.sentences == picked.sentences
    assert invented.writing is not None
    assert invented.writing.happened.startswith("Nothing that the model wrote is proved")
    counted, instructions = ask(library, "how many articles mention the bridge?", "Two.", mode="write")
    assert (counted.mode, instructions) == ("extractive", "")


def test_comparison_is_by_speaker() -> None:
    """The words of each of two speakers stand under the name, together."""
    said = "Tom Reed denied the bridge was unsafe. Quill said the bridge was unsafe. Reed denied the bridge was unsafe."
    with run_model_server() as server:
        question = "What did Ada Quill and Tom Reed say about the bridge?"
        answer = ask_model(server, Script(says=said), question, mode="write")[-1]
        assert "the one says" in server.requests[0]["messages"][0]["content"]
    proved = [(each.section, each.text) for each in answer.sentences if each.support != "unsupported"]
    assert {section for section, text in proved if "Quill" in text} == {"Ada Quill"}
    assert {section for section, text in proved if "Reed" in text} == {"Tom Reed"}
    assert len(list(groupby(section for section, _ in proved))) == 2


def copy_first(request: dict[str, Any]) -> str:
    """A model that stops after the first source."""
    n, words = re.findall(r"^\[(\d+)\] .*?”: (.+)$", request["messages"][1]["content"], re.MULTILINE)[0]
    return f"{words} [{n}]"


def test_written_brief_keeps_what_the_model_leaves_out(seeds: Assistant) -> None:
    """Differing figures and corrections stay, in the words of the articles, and so do the notes."""
    answer, _ = ask(seeds, "summarise the flood", copy_first, mode="write")
    assert answer.mode == "written"
    assert answer.writing is not None
    assert (answer.writing.proved, answer.writing.unproved) == (1, 0)
    said = " ".join(each.text for each in answer.sentences)
    for words in ("340 homes", "410 homes", "The correct number is 385"):
        assert words in said
        assert words in answer.answer
    form = answer.extractive
    assert form is not None
    kept = [each.section for each in form.sentences if each.section in KEPT_SECTIONS]
    assert kept
    assert [each.section for each in answer.sentences if each.section in KEPT_SECTIONS] == kept
    cited = {each.n: each for each in answer.citations}
    assert list(cited) == list(range(1, len(cited) + 1))
    for sentence in answer.sentences:
        assert [cited[n].quote.split(" ")[:4] for n in sentence.citations] == [sentence.text.split(" ")[:4]]
    (conflict,) = answer.conflicts
    assert all(claim.value in cited[claim.citation].quote for claim in conflict.claims)
    differ = next(note for note in answer.notes if note.startswith("The articles differ"))
    assert all(f"{claim.value} [{claim.citation}]" in differ for claim in conflict.claims)
    own = next(note for note in answer.notes if note.startswith("Not written by the model"))
    assert re.findall(r"\[\d+\]", own) == [f"[{n}]" for n in range(2, len(cited) + 1)]
    assert any(note.startswith("Sources: ") for note in answer.notes)
    articles = answer.collection.total if answer.collection is not None else 0
    rest = articles - len({each.article_id for each in answer.citations})
    assert [note for note in answer.notes if note.startswith(f"{rest} further articles are not cited")]


def test_written_brief_keeps_what_is_open(library: Assistant) -> None:
    """What a model leaves out of a brief is still told as open, and told once where the model writes it."""
    words = "It is not known when the bridge will reopen."
    for says, is_added in ((copy_first, True), (copy_backwards, False)):
        answer, _ = ask(library, "summarise the bridge", says, mode="write")
        assert [each.section for each in answer.sentences if each.text == words] == ["Open"]
        assert any(note.startswith("Not written by the model") for note in answer.notes) is is_added


def test_kept_sentence_is_told_once(tmp_path: Path) -> None:
    """A sentence that must stay replaces what a model has shortened of it: its number is told of it alone."""
    (shut, dive), short = ARTICLES, "It is not known when the bridge"
    whole = f"{short} (the old one) will reopen."
    text = shut.text.replace(f"{short} will reopen.", whole)
    article = make_article(text, id="shut", title=shut.title, source=shut.source, published_at=shut.published_at)
    library = Assistant(build_tiny_library(tmp_path, [article, dive]))

    def shorten(request: dict[str, Any]) -> str:
        (n,) = re.findall(rf"^\[(\d+)\] .*”: {short}", request["messages"][1]["content"], re.MULTILINE)
        return f"{short} will reopen [{n}]."

    answer, _ = ask(library, "summarise the bridge", shorten, mode="write")
    assert answer.writing is not None
    assert answer.writing.proved == 1
    (told,) = answer.sentences
    assert told.text == whole
    own = next(note for note in answer.notes if note.startswith("Not written by the model"))
    assert re.findall(r"\[(\d+)\]", own) == [str(n) for n in told.citations]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("It shut on Monday [5 May 2025].", "itshutonmonday"),
        ("It rose last month [April 2025] and last year [2024].", "itroselastmonthandlastyear"),
        ("It fell last week [28 April to 4 May 2025].", "itfelllastweek"),
        ("It fell last week [24 to 30 October 2022].", "itfelllastweek"),
        ("It fell last week [30 December 2024 to 5 January 2025].", "itfelllastweek"),
        ("He [the mayor] lied.", "hethemayorlied"),
        ("He [May] lied.", "hemaylied"),
    ],
)
def test_only_days_are_left_out_of_a_comparison(text: str, letters: str) -> None:
    """A day behind the words for it was added; what an editor has put in brackets is part of the sentence."""
    assert strip_days(text) == letters


def test_written_timeline_tells_how_much_it_leaves_out(library: Assistant) -> None:
    """A timeline of the first entry only does not pass for the whole."""
    answer, _ = ask(library, "timeline of the bridge", copy_first, mode="write")
    assert answer.extractive is not None
    entries = len(answer.extractive.citations)
    assert entries > 1
    assert f"1 of the {entries} entries without the model are told here." in answer.notes
    assert "The days are those on which the articles were published." in answer.notes


def test_more_numbers_than_may_be_picked(seeds: Assistant) -> None:
    """What a model picks beyond the most is left out, and it is told only what is true of the rest."""

    def pick(request: dict[str, Any], *first: int) -> str:
        numbers = re.findall(r"^\[(\d+)\] ", request["messages"][1]["content"], re.MULTILINE)
        assert len(numbers) > MAX_PICKED + 1
        return json.dumps({"numbers": [*first, *range(1, MAX_PICKED + 1), len(numbers)]})

    question = "What did Ushakov say?"
    counted, _ = ask(seeds, question, pick)
    assert counted.writing is not None
    assert re.match(rf"The model picked the first {MAX_PICKED} of \d+ sources, which is no", counted.writing.happened)
    chosen, _ = ask(seeds, question, lambda request: pick(request, MAX_PICKED + 1))
    assert chosen.writing is not None
    assert chosen.writing.used

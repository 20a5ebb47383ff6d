"""Answers by a scripted model over a library in memory: what is shown, and what never is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.answers.composition import ExtractiveComposer
from assistant.answers.events import final_answer
from assistant.answers.material import AnswerMaterial
from assistant.answers.pipeline import Retrieval, compose, select
from assistant.config.schema import AnswerSettings, WriterSettings
from assistant.questions.parser import parse_question
from assistant.records.answer import Answer, AnswerReady
from assistant.records.proof import WritingStep
from assistant.writing.rendering import NOT_PROVED
from assistant.writing.sources import number_sources
from assistant.writing.writing import write_answer
from tests.support.bridge_news import make_corrected_library, make_library
from tests.support.memory_library import MemoryLibrary, embed_words, make_article
from tests.support.model_server import ModelServer, Script, run_model_server
from tests.support.waiting import PATIENCE

QUESTION = "What did Quill say about the bridge?"


def gather(question: str, library: MemoryLibrary | None = None) -> tuple[AnswerMaterial, Answer]:
    """The material of a question for which every article was retrieved, and the answer without a model."""
    query = parse_question(question)
    vector = embed_words(question)
    snapshot = (library or make_library()).snapshot(meaning=0.9)
    retrieval = Retrieval(snapshot, lambda texts: [float(embed_words(text) @ vector) for text in texts])
    material = AnswerMaterial(query, select(query, retrieval), snapshot)
    return material, final_answer(compose(material, ExtractiveComposer(AnswerSettings())))


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """A scripted server."""
    with run_model_server() as running:
        yield running


def ask(server: ModelServer, script: Script, question: str = QUESTION, **others: Any) -> list[Any]:
    """The events of a question that a scripted model answers."""
    server.script = script
    settings = WriterSettings(model="tiny", base_url=server.base_url, **{"context_tokens": 4096, **others})
    return list(write_answer(*gather(question), settings))


def test_select_shows_the_articles_own_words(server: ModelServer) -> None:
    """What the model picks is shown as the article has it, with the answer without it beside."""
    events = ask(server, Script(says='{"numbers": [2]}'))
    ready, answer = events[0], events[-1]
    assert isinstance(ready, AnswerReady)
    assert (ready.model, ready.server) == ("tiny", "this machine")
    assert [sentence.text for sentence in answer.sentences] == ["Mayor Ada Quill said the bridge was unsafe."]
    assert answer.mode == "extractive"
    assert answer.extractive == ready.answer
    assert answer.writing.used
    assert answer.citations[0].quote == "Mayor Ada Quill said the bridge was unsafe."
    schema = server.requests[0]["response_format"]["json_schema"]["schema"]
    assert 2 in schema["properties"]["numbers"]["items"]["enum"]


def test_written_sentences_are_proved(server: ModelServer) -> None:
    """Each sentence has its support; a wrong number is moved, and one that does not exist is never shown."""
    said = (
        "Ada Quill said the bridge was unsafe. [2] “We will not reopen the bridge this year,” Quill said [2]. "
        "The bridge will reopen in June. [1] Quill said the bridge was safe [77]."
    )
    events = ask(server, Script(says=said), mode="write")
    answer = events[-1]
    assert answer.mode == "written"
    assert [sentence.support for sentence in answer.sentences] == [
        "supported",
        "repointed",
        "unsupported",
        "unsupported",
    ]
    assert [sentence.citations for sentence in answer.sentences] == [(1,), (2,), (), ()]
    assert "77" not in answer.answer
    assert answer.answer.count(NOT_PROVED) == 2
    assert answer.sentences[2].reason
    report = answer.writing
    assert (report.proved, report.repointed, report.unproved) == (1, 1, 2)
    assert report.figures in answer.notes
    steps = [event for event in events if isinstance(event, WritingStep) and event.text]
    assert [step.support for step in steps] == [sentence.support for sentence in answer.sentences]
    for cited in answer.citations:
        assert cited.quote in {
            make_library().load_articles([cited.article_id])[cited.article_id].text[cited.start : cited.end]
        }


@pytest.mark.parametrize(
    ("question", "says", "shown"),
    [
        ("When did the pier close?", "The pier closed yesterday. [1]", "The pier closed yesterday [5 May 2025]."),
        (
            "What did Quill say about the quay?",
            "“The quay closed yesterday,” Quill said. [1]",
            "yesterday,” Quill said.",
        ),
        ("What did Hale say of the pier?", "Ivo Hale added: “The pier is old. [1]", "“The pier is old.”"),
    ],
)
def test_sentences_of_the_article_are_shown_whole(server: ModelServer, question: str, says: str, shown: str) -> None:
    """What "yesterday" is in the article that a sentence is from stands behind it, not in somebody's words; a quotation
    that goes on in the next sentence is closed."""
    text = (
        "The pier closed yesterday. “The quay closed yesterday,” Mayor Ada Quill said. "
        "Ivo Hale added: “The pier is old. It will not be missed.”"
    )
    article = make_article("pier", text, title="Pier", source="Evening Bell", published_at="2025-05-06")
    server.script = Script(says=says)
    settings = WriterSettings(model="tiny", base_url=server.base_url, mode="write", context_tokens=4096)
    *_, answer = write_answer(*gather(question, MemoryLibrary([article], {"pier": 1})), settings)
    assert isinstance(answer, Answer)
    assert [sentence.text.endswith(shown) for sentence in answer.sentences] == [True], answer


def test_sentence_that_no_source_is_about(server: ModelServer) -> None:
    """The reason is told alone where no words of the sentence are at fault."""
    said = "Ada Quill said the bridge was unsafe. [1] Cheese ripens slowly in caves."
    answer = ask(server, Script(says=said), mode="write")[-1]
    assert answer.sentences[1].reason == "no source is about this"


def test_unsupported_sentences_are_dropped_or_refused(server: ModelServer) -> None:
    """As the settings say."""
    said = "Ada Quill said the bridge was unsafe. [1] Quill said the bridge was safe. [1]"
    answer = ask(server, Script(says=said), mode="write", unsupported="drop")[-1]
    assert [sentence.text for sentence in answer.sentences] == ["Ada Quill said the bridge was unsafe."]
    assert answer.writing.unproved == 1
    answer = ask(server, Script(says=said), mode="write", unsupported="refuse")[-1]
    assert answer.mode == "extractive"
    assert not answer.writing.used
    assert answer.writing.happened.endswith("This is the answer without it.")
    assert (answer.writing.repointed, answer.writing.unproved) == (1, 1)


def test_picking_everything_is_no_choice(server: ModelServer) -> None:
    """A model that counts through the sources has chosen none; the answer without it stays, and says so."""

    def count(request: dict[str, Any]) -> str:
        schema = request["response_format"]["json_schema"]["schema"]
        return json.dumps({"numbers": schema["properties"]["numbers"]["items"]["enum"]})

    kept, *_, answer = ask(server, Script(says=count), "Why was the bridge closed?")
    assert answer.answer == kept.answer.answer
    assert re.match(r"The model picked all \d+ sources, which is no choice\.", answer.writing.happened)


@pytest.mark.parametrize(
    ("says", "mode", "happened"),
    [
        ("I pick the second one.", "select", "The model did not reply as it was asked to"),
        ('{"numbers": [99]}', "select", "The model picked source 99, which does not exist"),
        ('{"numbers": "all"}', "select", "The model did not reply as it was asked to"),
        ('{"numbers": [true]}', "select", "The model did not reply as it was asked to"),
        ('{"numbers": []}', "select", "The model picked none of"),
        ("NO ANSWER", "write", "The model found no answer in the sources"),
        ("I don't know.", "write", "The model found no answer in the sources"),
        ("The bridge is made of cheese. [1]", "write", "Nothing that the model wrote is proved"),
        ("[1] [2] [3]", "write", "The model wrote nothing"),
        ("bla " * 1500, "write", "The model does not write sentences"),
        ("<think>The bridge is closed [1].</think>", "write", "The model wrote nothing"),
    ],
    ids=lambda value: value[:20],
)
def test_the_answer_without_the_model_stays(server: ModelServer, says: str, mode: str, happened: str) -> None:
    """Whatever a model says that is no answer, the answer without it is shown, with one line that says why."""
    events = ask(server, Script(says=says), mode=mode)
    kept, answer = events[0].answer, events[-1]
    assert answer.sentences == kept.sentences
    assert answer.answer == kept.answer
    assert answer.writing.happened.startswith(happened)
    assert not answer.writing.used


@pytest.mark.parametrize("script", [Script(status=500), Script(says="Closed.", dies_after=1), Script(says="")])
def test_failures_of_the_server(server: ModelServer, script: Script) -> None:
    """So it is where the server fails."""
    events = ask(server, script, mode="write")
    assert events[-1].answer == events[0].answer.answer
    assert str(server.base_url) in events[-1].writing.happened


def test_sentences_before_a_failure_are_counted(server: ModelServer) -> None:
    """A server that dies, or a model that gives up, after a sentence has written one."""
    said = "Ada Quill said the bridge was unsafe. [1] I don't know."
    report = ask(server, Script(says=said), mode="write")[-1].writing
    assert (report.used, report.repointed, report.mode) == (False, 1, "write")


def test_model_for_inference_that_cannot_be_used(server: ModelServer, tmp_path: Path) -> None:
    """The answer without the language model stays, with the setting that is wrong."""
    (tmp_path / "config.json").write_text('{"model_type": "bert"}', encoding="utf-8")
    said = "Ada Quill said the bridge was dangerous. [1]"
    answer = ask(server, Script(says=said), mode="write", nli=str(tmp_path))[-1]
    assert not answer.writing.used
    assert "writer.nli: cannot be loaded as a CrossEncoder" in answer.writing.happened


def test_output_that_was_cut_loses_its_last_sentence(server: ModelServer) -> None:
    """Half a sentence is none."""
    said = "Mayor Ada Quill said the bridge was unsafe. [1] Mayor Ada Quill said the"
    answer = ask(server, Script(says=said, finish="length"), mode="write")[-1]
    assert len(answer.sentences) == 1


@pytest.mark.parametrize("before", ["", "The bridge is made of cheese. [1] "])
def test_model_that_repeats_itself(server: ModelServer, before: str) -> None:
    """What is written again is not shown again, and the request ends; what is proved by then is the answer."""
    said = f"{before}Ada Quill said the bridge was unsafe. [1] "
    answer = ask(server, Script(says=said, endless=True, delay=0.001), mode="write", max_output_tokens=2000)[-1]
    assert server.gone.wait(PATIENCE)
    assert [each.text for each in answer.sentences][-1] == "Ada Quill said the bridge was unsafe."
    assert len(answer.sentences) == (2 if before else 1)
    assert answer.writing.used


def test_schema_that_the_server_does_not_know(server: ModelServer) -> None:
    """The model is asked again without it; the output is read as strictly."""
    answer = ask(server, Script(says='```json\n{"numbers": [1]}\n```', refuses_schema=True))[-1]
    assert answer.writing.used
    assert ["response_format" in request for request in server.requests] == [True, False]


def test_corrections_are_told(server: ModelServer) -> None:
    """Beside a proved sentence that was corrected, as without the model; a picked one too."""
    question = "How many boats hit the bridge?"
    gathered = gather(question, make_corrected_library())
    sources = number_sources(gathered[0], 24)
    place = next(each.n for each in sources if each.evidence.article.id in ("bridge", "copy"))
    said = f"The bridge at Tarn Head closed on 3 May after 40 boats hit it. [{place}]"
    for mode, says in (("write", said), ("select", f'{{"numbers": [{place}]}}')):
        server.script = Script(says=says)
        settings = WriterSettings(model="tiny", base_url=server.base_url, mode=mode, context_tokens=4096)
        *_, answer = write_answer(*gathered, settings)
        assert isinstance(answer, Answer)
        (note,) = [each for each in answer.notes if "was corrected on 2025-05-06: see [" in each]
        assert note in answer.answer
        (told,) = answer.corrections
        assert "14 boats, not 40" in next(each.quote for each in answer.citations if each.n == told.by)


def test_only_words_of_others_asks_nobody(server: ModelServer) -> None:
    """Where all that is near are words of another person than the one asked about, there is nothing to choose from."""
    material, plain = gather(QUESTION)
    bare = replace(material, selection=replace(material.selection, evidence=(), near=(), unsaid=()))
    settings = WriterSettings(model="tiny", base_url=server.base_url, mode="write", context_tokens=4096)
    assert list(write_answer(bare, plain, settings)) == [plain]
    assert server.requests == []


def test_nothing_found_asks_nobody(server: ModelServer) -> None:
    """Where the articles have nothing, the model is not asked."""
    (answer,) = ask(server, Script(says="Brandt said the tolls are too high. [1]"), "What did Brandt say about tolls?")
    assert answer.outcome == "nothing"
    assert server.requests == []


def test_what_is_near_stays_near(server: ModelServer) -> None:
    """A model may choose from what is near, in either mode; it does not become an answer."""
    question = "Why did the police say the bridge was unsafe?"
    _, plain = gather(question)
    if plain.outcome != "near":
        pytest.skip("the example is no longer near")
    answer = ask(server, Script(says='{"numbers": [1]}'), question, mode="write")[-1]
    assert answer.outcome == "near"
    assert len(answer.nearest) == 1
    assert answer.writing.mode == "select"


def test_sources_fit_into_the_context(server: ModelServer) -> None:
    """Fewer sources for a model that reads little; none for one that cannot read any."""
    ask(server, Script(says='{"numbers": [1]}'))
    ask(server, Script(says='{"numbers": [1]}'), context_tokens=1180)
    many, few = (len(re.findall(r"^\[\d+\]", request["messages"][1]["content"], re.M)) for request in server.requests)
    assert many > few >= 1
    answer = ask(server, Script(says='{"numbers": [1]}'), context_tokens=600)[-1]
    assert "can read 600 tokens, too few" in answer.writing.happened
    server.script = Script(says='{"numbers": [1]}', context=1250)
    settings = WriterSettings(model="tiny", base_url=server.base_url)
    *_, answer = write_answer(*gather(QUESTION), settings)
    assert isinstance(answer, Answer)
    assert answer.writing is not None
    assert answer.writing.used


def test_answers_with_a_model_are_json(server: ModelServer) -> None:
    """The report and the support of each sentence are in the published shape."""
    answer = ask(server, Script(says="Ada Quill said the bridge was unsafe. [1]"), mode="write")[-1]
    record = json.loads(json.dumps(answer.to_dict()))
    assert record["mode"] == "written"
    assert record["writing"]["model"] == "tiny"
    assert record["writing"]["prompt_tokens"] == 100
    assert record["sentences"][0]["support"] in ("supported", "repointed")

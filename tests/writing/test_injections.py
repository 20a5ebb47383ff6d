"""Instructions in articles stay text: in the prompt, and with a model that obeys them."""

from __future__ import annotations

import re

import pytest

from assistant.answers.composition import ExtractiveComposer
from assistant.answers.events import final_answer
from assistant.answers.material import AnswerMaterial
from assistant.answers.pipeline import Retrieval, compose, select
from assistant.config.schema import AnswerSettings, WriterSettings
from assistant.questions.parser import parse_question
from assistant.records.answer import Answer
from assistant.writing.prompts import make_nonce, write_prose_prompt, write_selection_prompt
from assistant.writing.sources import number_sources
from assistant.writing.writing import write_answer
from tests.support.bridge_news import BRIDGE
from tests.support.injections import INJECTIONS, OBEYED
from tests.support.memory_library import MemoryLibrary, embed_words, make_article
from tests.support.model_server import Script, run_model_server

QUESTION = "What did Quill say about the bridge?"
_TEMPLATE_MARKS = re.compile(r"<\||\|>|</?s>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|^###|```", re.MULTILINE)


def gather(injection: str) -> tuple[AnswerMaterial, Answer]:
    """The material of a question whose sources contain an injection, in the words of a speaker and around them."""
    text = f"Mayor Ada Quill said of the bridge: “{injection}” Quill said the bridge was old. {injection} It is closed."
    hostile = make_article("hostile", text, title=injection, source=injection[:60], published_at="2025-05-05")
    library = MemoryLibrary([BRIDGE, hostile], {"bridge": 1, "hostile": 2})
    query = parse_question(QUESTION)
    vector = embed_words(QUESTION)
    snapshot = library.snapshot(meaning=0.9)
    retrieval = Retrieval(snapshot, lambda texts: [float(embed_words(each) @ vector) for each in texts])
    material = AnswerMaterial(query, select(query, retrieval), snapshot)
    return material, final_answer(compose(material, ExtractiveComposer(AnswerSettings())))


def test_there_are_enough() -> None:
    """Of several kinds and languages."""
    assert len(set(INJECTIONS)) >= 40


@pytest.mark.parametrize("number", range(len(INJECTIONS)))
def test_prompt(number: int) -> None:
    """Each source is one line within the fence, without what a server or the prompt reads as a mark."""
    material, _ = gather(INJECTIONS[number])
    sources = number_sources(material, 20)
    for write in (write_prose_prompt, write_selection_prompt):
        nonce = make_nonce()
        system, user = write(QUESTION, sources, nonce)
        head, *lines, empty, question, _request = user.text.split("\n")
        assert (head, lines[-1], empty, question) == (nonce, nonce, "", f"Question: {QUESTION}")
        assert [line.partition("]")[0] for line in lines[:-1]] == [f"[{each.n}" for each in sources]
        assert not _TEMPLATE_MARKS.search(user.text)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u200b\u202a-\u202e\U000e0000-\U000e007f]", user.text)
        assert OBEYED not in system.text


@pytest.mark.parametrize("number", range(0, len(INJECTIONS), 4))
def test_model_that_obeys(number: int) -> None:
    """What an obedient model writes is not proved, what it picks is a source, and no number that does not exist is
    shown."""
    said = f"{OBEYED} [1]. {OBEYED} [99]. Ada Quill said: “{OBEYED}.” [2] Quill said the bridge was old. [1]"
    with run_model_server(Script(says=said)) as server:
        settings = WriterSettings(model="tiny", base_url=server.base_url, mode="write", context_tokens=8192)
        *_, answer = write_answer(*gather(INJECTIONS[number]), settings)
        assert isinstance(answer, Answer)
        for sentence in answer.sentences if answer.mode == "written" else ():
            if sentence.support != "unsupported":
                assert sentence.text == "Quill said the bridge was old."
        assert "[99]" not in answer.answer
        server.script = Script(says='{"numbers": [99]}')
        settings = settings.model_copy(update={"mode": "select"})
        *_, answer = write_answer(*gather(INJECTIONS[number]), settings)
        assert isinstance(answer, Answer)
        assert answer.writing is not None
        assert not answer.writing.used

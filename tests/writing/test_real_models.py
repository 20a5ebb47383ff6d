"""Small real models, which invent freely, on a llama.cpp server of their own; where their packages are installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.config.schema import WriterSettings
from assistant.records.answer import Answer
from assistant.text.words import split_words
from assistant.writing.writing import write_answer
from tests.support.bridge_news import make_library
from tests.support.llama_server import MODELS, find_model, run_llama_server
from tests.writing.test_writing import QUESTION, gather


@pytest.mark.slow
@pytest.mark.parametrize("name", MODELS)
def test_only_the_articles_words_are_proved(name: str, tmp_path: Path) -> None:
    """Each sentence that is shown as proved has its words from the source that it cites; what is picked is a source."""
    model = find_model(name, tmp_path)
    if model is None:
        pytest.skip(f"xllamacpp or the package of {name} is not installed")
    with run_llama_server(model) as base_url:
        for mode in ("write", "select"):
            settings = WriterSettings(
                model=name, base_url=base_url, mode=mode, max_output_tokens=60, max_sources=3, timeout_seconds=600,
                first_token_seconds=600,
            )  # fmt: skip
            *_, answer = write_answer(*gather(QUESTION), settings)
            assert isinstance(answer, Answer)
            assert answer.writing is not None
            assert answer.writing.completion_tokens
            cited = {each.n: each for each in answer.citations}
            texts = {
                n: make_library().load_articles([each.article_id])[each.article_id].text for n, each in cited.items()
            }
            assert all(texts[n][each.start : each.end] == each.quote for n, each in cited.items())
            for sentence in answer.sentences if answer.mode == "written" else ():
                own = split_words(" ".join(f"{cited[n].quote} {cited[n].speaker} said" for n in sentence.citations))
                assert sentence.support == "unsupported" or set(split_words(sentence.text)) <= set(own)

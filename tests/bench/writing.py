"""What small real models write about the questions of a file, sentence by sentence with its support, to be read.

    python -m tests.bench.writing INDEX QUESTIONS.jsonl --model smollm2 [--limit 60] > sentences.jsonl
    python -m tests.bench.writing INDEX QUESTIONS.jsonl --base-url http://127.0.0.1:8080/v1 --name NAME
    python -m tests.bench.writing INDEX QUESTIONS.jsonl --outputs OUTPUTS.jsonl

With `--outputs` what the model writes is kept in that file, and what is there is not asked for again: an interrupted
run goes on, and after a change of the proof all outputs are proved anew without the model.

Needs `xllamacpp` and the package of the model, unless a server is named; see `tests.support.llama_server`. The counts
come last, on stderr. Read every sentence that is shown as supported: a false one is a fault of the proof.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assistant.config.schema import Config, WriterSettings
from assistant.engine import Assistant
from assistant.records.answer import Answer
from tests.support.kept_outputs import KeptOutputs, keep_outputs
from tests.support.llama_server import MODELS, find_model, run_llama_server

MOST_WRITTEN = 160  # tokens: small models do not stop by themselves
MOST_SOURCES = 6


def read_questions(file: Path, limit: int, skip: int = 0) -> list[str]:
    """Questions of a file of JSON lines, in order."""
    lines = [line for line in file.read_text(encoding="utf-8").split("\n") if line]
    return [str(json.loads(line)["question"]) for line in lines[skip : skip + limit]]


def ask(index: Path, questions: list[str], settings: WriterSettings) -> Iterator[Answer]:
    """The answer of the model to each question."""
    assistant = Assistant(Config(index=index, writer=settings))
    for question in questions:
        yield assistant.ask(question, writer=True)


def describe(answer: Answer) -> Iterator[dict[str, object]]:
    """Each sentence that the model wrote, with what it cites; why none is shown, if none is."""
    if answer.writing is not None and not answer.writing.used:
        yield {"happened": answer.writing.happened, "unproved": answer.writing.unproved, "question": answer.question}
    cited = {each.n: each for each in answer.citations}
    for sentence in answer.sentences if answer.mode == "written" else ():
        yield {
            "support": sentence.support,
            "sentence": sentence.text,
            "sources": [f"{cited[n].speaker or ''}: {cited[n].quote}" for n in sentence.citations],
            "reason": sentence.reason,
            "question": answer.question,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--model", choices=MODELS, default=MODELS[0])
    parser.add_argument("--base-url", default="")
    parser.add_argument("--name", default="")
    parser.add_argument("--mode", choices=("write", "select"), default="write")
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--skip", type=int, default=0)
    parser.add_argument("--tokens", type=int, default=MOST_WRITTEN, help="most that it writes for a question")
    parser.add_argument("--outputs", type=Path, help="where the outputs of the model are kept")
    parser.add_argument("--temperature", type=float, default=0.0)
    parser.add_argument("--sources", type=int, default=MOST_SOURCES)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    with contextlib.ExitStack() as stack:

        @functools.cache
        def find_server() -> str:
            if options.base_url:
                return str(options.base_url)
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            model = find_model(options.model, folder)
            if model is None:
                sys.exit(f"{options.model} is not installed; see tests/support/llama_server.py")
            return stack.enter_context(run_llama_server(model))

        outputs = options.outputs
        base_url = (
            find_server() if outputs is None else stack.enter_context(keep_outputs(KeptOutputs(outputs, find_server)))
        )
        settings = WriterSettings(
            model=options.name or options.model,
            base_url=base_url,
            mode=options.mode,
            temperature=options.temperature,
            max_output_tokens=options.tokens,
            max_sources=options.sources,
            first_token_seconds=600,
            timeout_seconds=900,
        )
        for answer in ask(options.index, read_questions(options.questions, options.limit, options.skip), settings):
            report = answer.writing
            happened = "not asked" if report is None else "by the model" if report.used else report.happened[:60]
            counts[f"answer: {happened}"] += 1
            if report is not None and not report.used:
                counts["sentence: unsupported, not shown"] += report.unproved
            for sentence in describe(answer):
                if "support" in sentence:
                    counts[f"sentence: {sentence['support']}"] += 1
                print(json.dumps(sentence, ensure_ascii=False), flush=True)
    print(json.dumps(counts, indent=1), file=sys.stderr)


if __name__ == "__main__":
    main()

"""Tests of the imports of each entry point: heavy packages must stay out to keep the start fast."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from assistant.engine import Assistant
from tests.support.sampling import sampled

HEAVY = ("torch", "transformers", "sentence_transformers", "llama_index", "trafilatura", "nupunkt", "sklearn", "scipy")
MODELS = ("numpy", "faiss", "openvino", "tokenizers")


def list_modules_after(code: str, *arguments: str) -> set[str]:
    """The top-level modules that a new interpreter has loaded after `code`."""
    report = "\nimport json, sys\nprint(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", code + report, *arguments], capture_output=True, text=True, check=True, timeout=300
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("code", "kept_out"),
    sampled(
        [
            ("import assistant", (*HEAVY, *MODELS, "textual", "typer", "pydantic", "yaml", "dataclasses")),
            (
                "from assistant import Answer, Citation, AssistantError",
                (*HEAVY, *MODELS, "textual", "pydantic", "yaml"),
            ),
            ("import assistant.cli.app", (*HEAVY, *MODELS, "textual", "pydantic", "yaml")),
            (
                "import assistant.__main__, assistant.tui.launch, assistant.tui.app",
                (*HEAVY, *MODELS, "typer", "pydantic"),
            ),
            ("import assistant.engine", HEAVY),
            ("import assistant.indexing.build", (*HEAVY, "trafilatura", "lxml", "assistant.speech.statements")),
            ("import assistant.integrations.llama_index", ("torch", "transformers", "sentence_transformers")),
        ],
        2,
    ),
)
def test_imports_are_minimal(code: str, kept_out: tuple[str, ...]) -> None:
    """Importing a module does not import what it does not need."""
    loaded = list_modules_after(code)
    assert "assistant" in loaded
    assert loaded.isdisjoint(kept_out)


def test_help_without_models_and_tui() -> None:
    """Help is printed without loading models or the terminal interface."""
    code = "import assistant.cli.app\n"
    code += "try: assistant.cli.app.app(['--help'])\nexcept SystemExit as left: assert left.code == 0\n"
    assert list_modules_after(code).isdisjoint((*HEAVY, *MODELS, "textual"))


def test_answer_without_torch_and_llama_index(seeds: Assistant) -> None:
    """An answer needs neither torch nor llama-index."""
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from assistant.config.schema import Config\nfrom assistant.engine import Assistant\n"
        "config = Config(articles=(Path('none'),), index=Path(sys.argv[1]))\n"
        "assert not Assistant.open(config).ask('what did Ushakov say about Europe?').abstained\n"
    )
    loaded = list_modules_after(code, str(seeds.config.index))
    assert {"faiss", "openvino"} <= loaded
    assert loaded.isdisjoint(HEAVY)

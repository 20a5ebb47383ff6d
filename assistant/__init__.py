"""Ask your own news articles a question; every quotation in the answer is copied from its source.

from assistant import Assistant

library = Assistant.open("my-articles")
print(library.ask("what did Ushakov say about Europe?"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.4.0"

if TYPE_CHECKING:
    from assistant.config.load import load_config
    from assistant.config.schema import Config
    from assistant.engine import Assistant, final_answer
    from assistant.errors import AssistantError
    from assistant.records import Answer, Article, Citation

_HOMES = {
    "Assistant": "assistant.engine",
    "final_answer": "assistant.engine",
    "Config": "assistant.config.schema",
    "load_config": "assistant.config.load",
    "AssistantError": "assistant.errors",
    "Answer": "assistant.records",
    "Article": "assistant.records",
    "Citation": "assistant.records",
}
__all__ = [
    "Answer",
    "Article",
    "Assistant",
    "AssistantError",
    "Citation",
    "Config",
    "__version__",
    "final_answer",
    "load_config",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (PEP 562): `import assistant` itself stays instant."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value

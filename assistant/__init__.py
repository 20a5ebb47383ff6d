"""Ask your own news articles a question; every quotation in the answer is copied from its source.

from assistant import Assistant

library = Assistant.open("my-articles")
library.build()
print(library.ask("what did Ushakov say about Europe?"))
"""

from __future__ import annotations

from assistant.version import __version__

TYPE_CHECKING = False  # not from typing, which takes longer than all else here: Ctrl-C in a start has its line sooner
if TYPE_CHECKING:
    from typing import Any

    from assistant.config.load import load_config
    from assistant.config.schema import Config
    from assistant.engine import Assistant
    from assistant.errors import AssistantError
    from assistant.records import (
        Answer,
        Article,
        BuildReport,
        Citation,
        CitationCheck,
        PassageHit,
        QuoteCheck,
        QuotedStatement,
        Turn,
    )

_RECORDS = "assistant.records"
_MODULES = {
    "Assistant": "assistant.engine",
    "AssistantError": "assistant.errors",
    "Config": "assistant.config.schema",
    "load_config": "assistant.config.load",
    "Answer": _RECORDS,
    "Article": _RECORDS,
    "BuildReport": _RECORDS,
    "Citation": _RECORDS,
    "CitationCheck": _RECORDS,
    "PassageHit": _RECORDS,
    "QuoteCheck": _RECORDS,
    "QuotedStatement": _RECORDS,
    "Turn": _RECORDS,
}
__all__ = [
    "Answer",
    "Article",
    "Assistant",
    "AssistantError",
    "BuildReport",
    "Citation",
    "CitationCheck",
    "Config",
    "PassageHit",
    "QuoteCheck",
    "QuotedStatement",
    "Turn",
    "__version__",
    "load_config",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (PEP 562), so that `import assistant` imports nothing else."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_MODULES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, also those that are not imported yet."""
    return sorted({*globals(), *_MODULES})

"""The language models that were found."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from assistant.cli.render.console import create_console
from assistant.config.schema import WriterSettings
from assistant.text.sanitize import sanitize_line
from assistant.writing.context import FoundModel


def print_writers(found: Sequence[FoundModel], settings: WriterSettings) -> None:
    """Each model with its server and whether it would do, and what to set for the first that does."""
    console = create_console()
    for each in found:
        line = Text("✗ " if each.fault else "✓ ", style="red" if each.fault else "green")
        line.append(sanitize_line(each.model), style="default")
        size = f", reads {each.context:,} tokens" if each.context else ""
        chosen = each.model == settings.model and each.base_url == settings.base_url.rstrip("/")
        about = f"  {each.server} at {each.base_url}{size}"
        line.append(sanitize_line(about), style="dim")
        line.append(f"  {sanitize_line(each.fault)}" if each.fault else "  in use" if chosen else "", style="yellow")
        console.print(line)
    if not found:
        console.print(
            Text("No server of a language model answers on this machine. Start Ollama, llama.cpp or LM Studio.")
        )
        return
    usable = next((each for each in found if not each.fault), None)
    if usable is not None and not settings.model:
        console.print()
        console.print(Text("To use it, set in config.yaml:", style="bold"))
        console.print(Text(f"writer:\n  model: {sanitize_line(usable.model)}\n  base_url: {usable.base_url}"))

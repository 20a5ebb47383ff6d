"""What an export tells of itself: when and with what it was made."""

from __future__ import annotations

from datetime import date

from assistant.exports.layout import write_day
from assistant.version import __version__

# The package itself stands above this one, so it is not imported by its name.
PROGRAM = f"News assistant {__version__}"
PROMISE = "Every quotation is copied from its article, at the characters that its note names."


def describe_export(on: date) -> str:
    """One line for the end of a document: "Exported on 29 November 2026 with News assistant 1.0. Every …"."""
    return f"{describe_making(on)} {PROMISE}"


def describe_making(on: date) -> str:
    """The day and the program, in a sentence."""
    return f"Exported on {write_day(on)} with {PROGRAM}."

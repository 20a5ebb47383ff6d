"""The extras of this program: packages without which some formats are not read."""

from __future__ import annotations

import re
from importlib.util import find_spec

_MODULES = {"ocr": "rapidocr", "outlook": "olefile"}  # that an extra brings
_HINT = re.compile(r"news-assistant\[(\w+)\]")


def describe_installation(extra: str) -> str:
    """The command that installs an extra."""
    return f"pip install 'news-assistant[{extra}]'"


def is_installed(extra: str) -> bool:
    """Whether what an extra brings is installed."""
    return find_spec(_MODULES[extra]) is not None


def names_installed_extra(text: str) -> bool:
    """Whether a text says how to install an extra that is installed now."""
    return any(extra in _MODULES and is_installed(extra) for extra in _HINT.findall(text))

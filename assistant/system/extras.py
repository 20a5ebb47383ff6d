"""The packages without which some formats are not read: which module each extra brings, and whether it is installed."""

from __future__ import annotations

from importlib.machinery import PathFinder

MODULES = {"ocr": "rapidocr", "outlook": "olefile"}  # the module that an extra brings


def describe_installation(extra: str) -> str:
    """The command that installs an extra."""
    return f"pip install 'news-assistant[{extra}]'"


def is_module(name: str) -> bool:
    """Whether a module can be found. Unlike `find_spec`, this imports no package on the way to it."""
    places: list[str] | None = None
    for part in name.split("."):
        spec = PathFinder.find_spec(part, places)
        if spec is None:
            return False
        places = list(spec.submodule_search_locations or ())
    return True

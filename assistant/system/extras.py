"""The packages without which some formats are not read: those of the extras, and those of readers that the settings
name."""

from __future__ import annotations

import re
from importlib.machinery import PathFinder
from importlib.util import find_spec

_MODULES = {"ocr": "rapidocr", "outlook": "olefile"}  # that an extra brings
_NO_READER = "its reader cannot be loaded"
_MISSING_MODULE = re.compile(rf"{_NO_READER} \(No module named '([\w.]+)'\)")
_HINT = re.compile(r"news-assistant\[(\w+)\]")


def describe_installation(extra: str) -> str:
    """The command that installs an extra."""
    return f"pip install 'news-assistant[{extra}]'"


def is_installed(extra: str) -> bool:
    """Whether what an extra brings is installed."""
    return find_spec(_MODULES[extra]) is not None


def describe_missing_reader(module: str, problem: ImportError) -> str:
    """Why the module of a reader cannot be loaded, and what to do."""
    package = "-".join(module.split(".")[:3]).replace("_", "-")
    return f"{_NO_READER} ({problem}); install its package (probably pip install {package}) or correct reading.readers"


def names_installed_package(text: str) -> bool:
    """Whether a text says how to install an extra, or which module a reader lacks, that is installed now."""
    return any(extra in _MODULES and is_installed(extra) for extra in _HINT.findall(text)) or any(
        map(_is_module, _MISSING_MODULE.findall(text))
    )


def _is_module(name: str) -> bool:
    """Whether a module can be found. Unlike `find_spec`, this imports no package on the way to it."""
    places: list[str] | None = None
    for part in name.split("."):
        spec = PathFinder.find_spec(part, places)
        if spec is None:
            return False
        places = list(spec.submodule_search_locations or ())
    return True

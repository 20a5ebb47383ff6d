"""Refuses models that bring code, before a library loads them: no model runs code, and none is unpickled.

The libraries refuse such models too; which of them do, and for which settings, has changed from version to version."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from assistant.errors import ModelError

TRUSTED_MODULES = ("sentence_transformers.", "torch.nn.")
MAX_SETTINGS_BYTES = 2_000_000  # vocabularies are larger; no library looks for names of code in them

# The keys by which sentence-transformers and transformers name what they import.
_CODE_KEYS = frozenset({"type", "types", "activation_function", "activation_fn", "activation_fct"})
_CODE_KEYS |= {"default_activation_function", "sbert_ce_default_activation_function", "sentence_transformers"}
_OWN_CODE_KEYS = frozenset({"auto_map", "custom_pipelines"})  # of transformers, for files of the model's folder
_DOTTED_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)+")


def refuse_code(folder: Path) -> None:
    """Raise ModelError if the folder of a model names code other than the libraries' own, or has pickled weights."""
    for path in _settings_files(folder):
        settings = _read_settings(path)
        for name in _named_code(settings):
            if not name.startswith(TRUSTED_MODULES):
                raise ModelError(
                    f"{path}: names code to run ({name[:80]}), and no code of a model is run; use a model that "
                    "consists of modules of sentence-transformers"
                )
        if path.name == "modules.json":
            _check_module_folders(folder, path, settings)


def _settings_files(folder: Path) -> list[Path]:
    """The JSON files of a model, without large ones."""
    try:
        return sorted(path for path in folder.rglob("*.json") if path.stat().st_size <= MAX_SETTINGS_BYTES)
    except OSError as error:
        raise ModelError(f"{folder}: cannot be read: {error.strerror}") from error


def _read_settings(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path}: cannot be read as JSON; get the model anew") from error


def _named_code(settings: object) -> Iterator[str]:
    """What the settings of a model name to be imported, however deep."""
    pending: list[tuple[object, bool]] = [(settings, False)]
    while pending:
        value, is_code = pending.pop()
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in _OWN_CODE_KEYS and inner:
                    yield f"{key} {json.dumps(inner)}"
                pending.append((inner, is_code or key in _CODE_KEYS))
        elif isinstance(value, list):
            pending += [(inner, is_code) for inner in value]
        elif is_code and isinstance(value, str) and _DOTTED_NAME.fullmatch(value):
            yield value


def _check_module_folders(folder: Path, path: Path, modules: object) -> None:
    """Raise ModelError if a module is not within the folder, or its weights are no safetensors."""
    places = [""]
    if isinstance(modules, list):
        places += [str(module["path"]) for module in modules if isinstance(module, dict) and "path" in module]
    for place in places:
        inner = PurePosixPath(place)
        if inner.is_absolute() or ".." in inner.parts or ":" in place:
            raise ModelError(f"{path}: a module is outside of the model's folder ({place[:80]})")
        pickled = sorted((folder / inner).glob("*.bin")) + sorted((folder / inner).glob("*.pt"))
        if pickled and not any((folder / inner).glob("*.safetensors")):
            raise ModelError(f"{pickled[0]}: these weights are no safetensors, and loading them can run code")

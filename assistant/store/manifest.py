"""The manifest of a library: how it was built, compared with the settings."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.config.schema import Config
from assistant.embedding.model_files import FLOAT_PRECISION, ModelFiles
from assistant.errors import LibraryMismatch
from assistant.store.protocol import Library
from assistant.store.remedies import REBUILD_HINT

CHUNKING_VERSION = 1  # raise it if the same article is divided otherwise: old and new passages must not be mixed
_LEGACY_DEFAULTS = {"precision": FLOAT_PRECISION}  # of libraries whose manifest does not have these keys yet

LAST_BUILD = "last_build"
"""The key for what the last build changed, in words. It is only shown: a library without it is intact."""
_CHANGES = r"\d{1,9} [a-z]{1,12}(?:, \d{1,9} [a-z]{1,12}){0,9}"


def read_last_build(manifest: Mapping[str, str]) -> str | None:
    """What the last build changed, "18 added, 1 skipped"; None if the manifest does not tell."""
    changes = manifest.get(LAST_BUILD, "")
    return changes if re.fullmatch(_CHANGES, changes, re.ASCII) else None


def expected_manifest(config: Config, model: ModelFiles) -> dict[str, str]:
    """The manifest entries of a library built with these settings."""
    return {
        "model": model.name,
        "model_sha256": model.sha256,
        "precision": model.precision,
        "passage_max_tokens": str(config.passages.max_tokens),
        "cutting": str(CHUNKING_VERSION),
    }


def check_manifest(library: Library, config: Config, model: ModelFiles) -> None:
    """Raise LibraryMismatch if the library was built with other settings than these."""
    mismatches = find_manifest_mismatches(library.manifest, expected_manifest(config, model))
    if mismatches:
        raise LibraryMismatch(f"{library.location}: built with {'; '.join(mismatches)}; {REBUILD_HINT}")


def find_manifest_mismatches(manifest: Mapping[str, str], expected: Mapping[str, str]) -> list[str]:
    """The differences between a manifest and the expected one, in words."""
    actual = {**_LEGACY_DEFAULTS, **manifest}
    keys = [key for key, value in expected.items() if actual.get(key) != value]
    if "precision" in keys and actual.get("model") == expected["model"] and "model_sha256" in keys:
        keys.remove("model_sha256")  # it differs because the precision does
    return [
        f"{key.replace('_', ' ')} {actual.get(key, 'unknown')[:40]}, configured {expected[key][:40]}" for key in keys
    ]

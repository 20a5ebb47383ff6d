"""What a library says of itself, and whether that fits the settings."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.config.schema import Config
from assistant.embedding.model_files import FLOAT_PRECISION, ModelFiles
from assistant.errors import LibraryMismatch
from assistant.store.protocol import Library
from assistant.store.remedies import REBUILD_HINT

CHUNKING_VERSION = 1  # raise when the same article would be cut otherwise, so that old passages are not mixed with new
_LEGACY_DEFAULTS = {"precision": FLOAT_PRECISION}  # what libraries were built with before they said so


def expected_manifest(config: Config, model: ModelFiles) -> dict[str, str]:
    """What a library built with these settings says of itself."""
    return {
        "model": model.name,
        "model_sha256": model.sha256,
        "precision": model.precision,
        "passage_max_tokens": str(config.passages.max_tokens),
        "cutting": str(CHUNKING_VERSION),
    }


def check_manifest(library: Library, config: Config, model: ModelFiles) -> None:
    """Raise LibraryMismatch where the library was built with other settings than these."""
    faults = find_manifest_mismatches(library.manifest, expected_manifest(config, model))
    if faults:
        raise LibraryMismatch(f"{library.location}: built with {'; '.join(faults)}; {REBUILD_HINT}")


def find_manifest_mismatches(manifest: Mapping[str, str], expected: Mapping[str, str]) -> list[str]:
    """Where a library was built otherwise than configured, in words."""
    stated = {**_LEGACY_DEFAULTS, **manifest}
    faults = [key for key, value in expected.items() if stated.get(key) != value]
    if "precision" in faults and stated.get("model") == expected["model"] and "model_sha256" in faults:
        faults.remove("model_sha256")  # which tells precisions apart too
    return [
        f"{key.replace('_', ' ')} {stated.get(key, 'unknown')[:40]}, configured {expected[key][:40]}" for key in faults
    ]

"""The manifest of a library, compared with the settings."""

from __future__ import annotations

import pytest

from assistant.store.manifest import LAST_BUILD, find_manifest_mismatches, read_last_build

EXPECTED = {
    "model": "mini",
    "model_sha256": "aaa",
    "precision": "float",
    "passage_max_tokens": "256",
    "cutting": "1",
}


@pytest.mark.parametrize(
    ("changes", "mismatches"),
    [
        ({}, []),
        ({"model": "other"}, ["model other, configured mini"]),
        ({"passage_max_tokens": "64"}, ["passage max tokens 64, configured 256"]),
        ({"model": "other", "model_sha256": "b"}, ["model other, configured mini", "model sha256 b, configured aaa"]),
        ({"precision": "int8", "model_sha256": "b"}, ["precision int8, configured float"]),
        ({"cutting": "x" * 90}, [f"cutting {'x' * 40}, configured 1"]),
    ],
)
def test_mismatch_described(changes: dict[str, str], mismatches: list[str]) -> None:
    """Each difference is named with both values; the hash is left out if the precision explains it."""
    assert find_manifest_mismatches({**EXPECTED, **changes}, EXPECTED) == mismatches


def test_missing_key_is_unknown() -> None:
    """A key that the manifest lacks is unknown, except the precision, which has a default."""
    manifest = {key: value for key, value in EXPECTED.items() if key not in ("cutting", "precision")}
    expected = {**EXPECTED, "precision": "float32"}
    mismatches = find_manifest_mismatches(manifest, expected)
    assert "cutting unknown, configured 1" in mismatches
    assert not any("precision unknown" in mismatch for mismatch in mismatches)


def test_last_build_is_words_and_numbers() -> None:
    """What the last build changed is told only if it has the form that a build writes."""
    assert read_last_build({LAST_BUILD: "18 added, 1 skipped"}) == "18 added, 1 skipped"
    for strange in ("", "18", "\x1b[31m18 added", "18 added\n", "1" * 40 + " added"):
        assert read_last_build({LAST_BUILD: strange}) is None

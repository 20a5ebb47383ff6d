"""Tests of the origin of each setting, and of changing a setting in its file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.config.editor import (
    SettingsSource,
    apply_change,
    apply_options,
    list_settings,
    refresh_source,
    replace_value,
)
from assistant.config.labels import LABELS, MAX_WIDTH
from assistant.config.load import load_config, parse_config
from assistant.config.schema import Config
from assistant.config.template import render_config_template
from assistant.errors import ConfigError

COMMENTED = """\
# My settings.
articles: seeds   # all of them
retrieval:
  # how many
  top_k:   30  # enough
  candidates: 50

answers: {max_facts: 2}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(COMMENTED)
    return path


def test_settings_with_value_default_source(file: Path) -> None:
    """Every setting is listed with its value, default and source."""
    told = {one.key: one for one in list_settings(load_config(file), SettingsSource(file))}
    assert list(told)[:2] == ["articles", "index"]
    top_k = told["retrieval.top_k"]
    assert (top_k.value, top_k.default, top_k.origin, top_k.line) == ("30", "20", "config.yaml, line 5", 5)
    assert top_k.allowed == "a whole number from 1 to 200"
    assert top_k.description == "Passages retrieved for a question."
    assert told["answers.max_facts"].origin == "config.yaml, line 8"
    assert told["index"].origin == "default"
    assert told["embedding.backend"].choices == ("auto", "openvino", "torch")
    assert all(one.description and one.allowed for one in told.values())


def test_settings_have_labels(file: Path) -> None:
    """Each setting has a label of its own that fits into the column of its name, and no label is left over."""
    settings = list_settings(load_config(file), SettingsSource(file, "found"))
    assert {setting.key: setting.label for setting in settings} == LABELS
    assert len(set(LABELS.values())) == len(LABELS)
    assert max(map(len, LABELS.values())) <= MAX_WIDTH


def test_option_overrides_file_and_locks(file: Path, tmp_path: Path) -> None:
    """A setting given by option overrides the file and cannot be changed in it."""
    origin = SettingsSource(file, options=(("index", f"--index {tmp_path / 'other'}"),))
    config = apply_options(load_config(file), origin)
    (index,) = [one for one in list_settings(config, origin) if one.key == "index"]
    assert (index.value, index.origin, index.editable) == (
        str(tmp_path / "other"),
        f"--index {tmp_path / 'other'}",
        False,
    )
    assert apply_change(origin, "retrieval.top_k", "9").index == tmp_path / "other"


def test_change_replaces_only_the_value(file: Path) -> None:
    """A change replaces the value and nothing else."""
    config = apply_change(SettingsSource(file), "retrieval.top_k", "7")
    assert config.retrieval.top_k == 7
    assert file.read_text() == COMMENTED.replace("30", "7")
    apply_change(SettingsSource(file), "articles", "my articles: 2024 #1")
    assert file.read_text().splitlines()[1] == "articles: 'my articles: 2024 #1'   # all of them"
    assert apply_change(SettingsSource(file), "answers.max_facts", "4").answers.max_facts == 4


def test_missing_key_and_section_added(file: Path) -> None:
    """A missing key is added to its section, and a missing section at the end."""
    apply_change(SettingsSource(file), "retrieval.dense_weight", "0.5")
    assert "retrieval:\n  # how many\n  dense_weight: 0.5\n  top_k:   30  # enough\n" in file.read_text()
    config = apply_change(SettingsSource(file), "reading.max_file_mb", "8")
    assert file.read_text().endswith("answers: {max_facts: 2}\nreading:\n  max_file_mb: 8\n")
    assert (config.retrieval.dense_weight, config.retrieval.top_k, config.reading.max_file_mb) == (0.5, 30, 8)


def test_change_without_file_creates_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change without a settings file creates one."""
    monkeypatch.chdir(tmp_path)
    origin = SettingsSource()
    assert apply_change(origin, "answers.max_facts", "4").answers.max_facts == 4
    assert (tmp_path / "config.yaml").read_text() == "answers:\n  max_facts: 4\n"
    assert refresh_source(origin).file == tmp_path / "config.yaml"


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("retrieval.top_k", "0", "allowed: a whole number from 1 to 200"),
        ("retrieval.top_k", "many", "allowed: a whole number"),
        ("retrieval.top_k", "", "allowed: a whole number"),
        ("retrieval.top_k", "5\nindex: /", "allowed: a whole number"),
        ("embedding.backend", "cuda", "allowed: auto, openvino, torch"),
        ("index", " ", "is not a path"),
        ("retrieval.lexical_weight", "2", "allowed: a number from 0 to 1"),
    ],
)
def test_invalid_value_refused_file_unchanged(file: Path, key: str, value: str, told: str) -> None:
    """An invalid value is refused with the allowed ones, and the file is unchanged."""
    with pytest.raises(ConfigError, match=told):
        apply_change(SettingsSource(file), key, value)
    assert file.read_text() == COMMENTED


@pytest.mark.parametrize(
    "text",
    [
        "articles:\n  - a\n  - b\n",
        "articles: |\n  a\n",
        "articles: [a, b]\n",
    ],
)
def test_multiline_value_needs_editor(file: Path, text: str) -> None:
    """A value that may span several lines must be changed in an editor."""
    file.write_text(text)
    with pytest.raises(ConfigError, match="in an editor"):
        apply_change(SettingsSource(file), "articles", "c")
    assert file.read_text() == text


def test_yaml_alias_needs_editor(file: Path) -> None:
    """A value shared by a YAML alias must be changed in an editor."""
    text = "answers:\n  max_facts: &few 2\n  max_sentences: *few\n"
    file.write_text(text)
    for key in ("answers.max_facts", "answers.max_sentences"):
        with pytest.raises(ConfigError, match="editor"):
            apply_change(SettingsSource(file), key, "4")
    assert file.read_text() == text


def test_line_ends_links_permissions_kept(tmp_path: Path) -> None:
    """Line ends, symbolic links and permissions are kept."""
    real = tmp_path / "real.yaml"
    real.write_bytes(COMMENTED.replace("\n", "\r\n").encode())
    real.chmod(0o600)
    link = tmp_path / "config.yaml"
    link.symlink_to(real)
    apply_change(SettingsSource(link), "retrieval.top_k", "7")
    apply_change(SettingsSource(link), "passages.max_tokens", "64")
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    assert b"\n" not in real.read_bytes().replace(b"\r\n", b"")
    assert load_config(link).passages.max_tokens == 64


def test_empty_value_replaced(file: Path) -> None:
    """An empty value is replaced."""
    file.write_text("retrieval:\n  top_k:\n")
    assert apply_change(SettingsSource(file), "retrieval.top_k", "7").retrieval.top_k == 7


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_unwritable_file_named(file: Path) -> None:
    """A file that cannot be written is named."""
    file.parent.chmod(0o500)
    try:
        with pytest.raises(ConfigError, match="cannot be written"):
            apply_change(SettingsSource(file), "retrieval.top_k", "7")
    finally:
        file.parent.chmod(0o700)


@given(st.integers(1, 200), st.sampled_from(["retrieval.top_k", "answers.max_facts"]))
def test_template_comments_kept(number: int, key: str) -> None:
    """The template keeps its comments whatever is changed."""
    template = render_config_template()
    number = min(number, 50)
    fresh = replace_value(template, key, str(number))
    differing = [(a, b) for a, b in zip(template.splitlines(), fresh.splitlines(), strict=True) if a != b]
    assert len(differing) <= 1
    section, name = key.split(".")
    assert getattr(getattr(parse_config(fresh, Path("c")), section), name) == number


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip))
def test_any_path_round_trip(name: str) -> None:
    """Any path is written so that it is read back unchanged."""
    fresh = replace_value("articles: seeds\nindex: index\n", "articles", name)
    assert yaml.safe_load(fresh) == {"articles": name.strip(), "index": "index"}


def test_damaged_file_settings_still_listed(file: Path) -> None:
    """If the file was damaged meanwhile all settings are still listed."""
    file.write_text("a: [\n")
    told = list_settings(Config(), SettingsSource(file))
    assert {one.origin for one in told} == {"default"}

"""Which setting comes from where, and changing one in its file without harm to the rest of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.config.editor import Origin, change, changed, found_again, settings, with_options
from assistant.config.load import load_config, parsed_config
from assistant.config.schema import Config
from assistant.config.template import config_template
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


def test_every_setting_is_told_with_its_value_default_and_place(file: Path) -> None:
    told = {one.key: one for one in settings(load_config(file), Origin(file))}
    assert list(told)[:2] == ["articles", "index"]
    top_k = told["retrieval.top_k"]
    assert (top_k.value, top_k.default, top_k.origin, top_k.line) == ("30", "20", "config.yaml, line 5", 5)
    assert top_k.allowed == "a whole number from 1 to 200"
    assert top_k.about == "Passages retrieved for a question."
    assert told["answers.max_facts"].origin == "config.yaml, line 8"
    assert told["index"].origin == "default"
    assert told["embedding.backend"].choices == ("auto", "openvino", "torch")
    assert all(one.about and one.allowed for one in told.values())


def test_an_option_goes_before_the_file_and_cannot_be_changed_there(file: Path, tmp_path: Path) -> None:
    origin = Origin(file, options=(("index", f"--index {tmp_path / 'other'}"),))
    config = with_options(load_config(file), origin)
    (index,) = [one for one in settings(config, origin) if one.key == "index"]
    assert (index.value, index.origin, index.editable) == (
        str(tmp_path / "other"),
        f"--index {tmp_path / 'other'}",
        False,
    )
    assert change(origin, "retrieval.top_k", "9").index == tmp_path / "other"


def test_a_change_replaces_the_value_and_nothing_else(file: Path) -> None:
    config = change(Origin(file), "retrieval.top_k", "7")
    assert config.retrieval.top_k == 7
    assert file.read_text() == COMMENTED.replace("30", "7")
    change(Origin(file), "articles", "my articles: 2024 #1")
    assert file.read_text().splitlines()[1] == "articles: 'my articles: 2024 #1'   # all of them"
    assert change(Origin(file), "answers.max_facts", "4").answers.max_facts == 4


def test_a_missing_key_is_put_into_its_section_and_a_missing_section_at_the_end(file: Path) -> None:
    change(Origin(file), "retrieval.dense_weight", "0.5")
    assert "retrieval:\n  # how many\n  dense_weight: 0.5\n  top_k:   30  # enough\n" in file.read_text()
    config = change(Origin(file), "reading.max_file_mb", "8")
    assert file.read_text().endswith("answers: {max_facts: 2}\nreading:\n  max_file_mb: 8\n")
    assert (config.retrieval.dense_weight, config.retrieval.top_k, config.reading.max_file_mb) == (0.5, 30, 8)


def test_without_a_file_one_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    origin = Origin()
    assert change(origin, "answers.max_facts", "4").answers.max_facts == 4
    assert (tmp_path / "config.yaml").read_text() == "answers:\n  max_facts: 4\n"
    assert found_again(origin).file == tmp_path / "config.yaml"


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
def test_what_is_not_allowed_is_refused_with_what_is_and_the_file_stays(
    file: Path, key: str, value: str, told: str
) -> None:
    with pytest.raises(ConfigError, match=told):
        change(Origin(file), key, value)
    assert file.read_text() == COMMENTED


@pytest.mark.parametrize(
    "text",
    [
        "articles:\n  - a\n  - b\n",
        "articles: |\n  a\n",
        "articles: [a, b]\n",
    ],
)
def test_what_stands_on_several_lines_is_left_to_an_editor(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(ConfigError, match="in an editor"):
        change(Origin(file), "articles", "c")
    assert file.read_text() == text


def test_a_value_that_another_setting_borrows_is_left_to_an_editor(file: Path) -> None:
    text = "answers:\n  max_facts: &few 2\n  max_sentences: *few\n"
    file.write_text(text)
    for key in ("answers.max_facts", "answers.max_sentences"):
        with pytest.raises(ConfigError, match="editor"):
            change(Origin(file), key, "4")
    assert file.read_text() == text


def test_line_ends_links_and_permissions_stay(tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_bytes(COMMENTED.replace("\n", "\r\n").encode())
    real.chmod(0o600)
    link = tmp_path / "config.yaml"
    link.symlink_to(real)
    change(Origin(link), "retrieval.top_k", "7")
    change(Origin(link), "passages.max_tokens", "64")
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    assert b"\n" not in real.read_bytes().replace(b"\r\n", b"")
    assert load_config(link).passages.max_tokens == 64


def test_an_empty_value_gets_one(file: Path) -> None:
    file.write_text("retrieval:\n  top_k:\n")
    assert change(Origin(file), "retrieval.top_k", "7").retrieval.top_k == 7


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_file_that_cannot_be_written_is_named(file: Path) -> None:
    file.parent.chmod(0o500)
    try:
        with pytest.raises(ConfigError, match="cannot be written"):
            change(Origin(file), "retrieval.top_k", "7")
    finally:
        file.parent.chmod(0o700)


@given(st.integers(1, 200), st.sampled_from(["retrieval.top_k", "answers.max_facts"]))
def test_the_template_keeps_its_comments_whatever_is_changed(number: int, key: str) -> None:
    template = config_template()
    number = min(number, 50)
    fresh = changed(template, key, str(number))
    differing = [(a, b) for a, b in zip(template.splitlines(), fresh.splitlines(), strict=True) if a != b]
    assert len(differing) <= 1
    section, name = key.split(".")
    assert getattr(getattr(parsed_config(fresh, Path("c")), section), name) == number


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip))
def test_whatever_a_path_is_called_it_is_written_so_that_it_is_read_again(name: str) -> None:
    fresh = changed("articles: seeds\nindex: index\n", "articles", name)
    assert yaml.safe_load(fresh) == {"articles": name.strip(), "index": "index"}


def test_a_file_that_has_been_damaged_meanwhile_still_leaves_all_settings_told(file: Path) -> None:
    file.write_text("a: [\n")
    told = settings(Config(), Origin(file))
    assert {one.origin for one in told} == {"default"}

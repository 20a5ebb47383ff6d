"""Tests of config.yaml: valid settings, defaults, and the messages about invalid ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from assistant.config.load import CONFIG_NAME, CONFIG_VARIABLE, find_config, load_config
from assistant.config.schema import Config
from assistant.config.template import render_config_template
from assistant.errors import ConfigError
from tests.conftest import ROOT

Loads = Callable[[str | bytes], Config]


@pytest.fixture
def load_text(tmp_path: Path) -> Loads:
    """Write a config.yaml and load it."""

    def load(content: str | bytes) -> Config:
        path = tmp_path / CONFIG_NAME
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return load_config(path)

    return load


def get_error(load_text: Loads, content: str | bytes) -> str:
    """The error message for an invalid config.yaml, without its path."""
    with pytest.raises(ConfigError) as error:
        load_text(content)
    path, message = str(error.value).split(CONFIG_NAME + ": ")
    assert Path(path).is_dir()
    assert "\n" not in message
    return message


# ------------------------------------------------------------------------------- defaults and template


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "---\n", "null\n", render_config_template()])
def test_defaults_from_empty_file_and_template(load_text: Loads, tmp_path: Path, content: str) -> None:
    """An empty file and the template both give the defaults."""
    defaults = Config(articles=(tmp_path / "seeds",), index=tmp_path / "index")
    assert load_text(content) == defaults


def test_project_config_is_template() -> None:
    """The project's config.yaml equals the template."""
    assert (ROOT / CONFIG_NAME).read_text(encoding="utf-8") == render_config_template()


def test_template_documents_every_key() -> None:
    """The template says for every key what it does and which values are allowed."""
    template = render_config_template()
    sections = {name: value for name, value in yaml.safe_load(template).items() if isinstance(value, dict)}
    assert set(sections) | {"articles", "index", "store", "index_access", "folders"} == set(Config.model_fields)
    lines = template.splitlines()
    for name, section in sections.items():
        first = lines.index(f"{name}:")
        assert lines[first - 1].startswith("# ")
        for key in section:
            at = next(n for n, line in enumerate(lines) if n > first and line.startswith(f"  {key}: "))
            assert lines[at - 1].startswith("  # ")
    assert template.count("Allowed:") == sum(map(len, sections.values()))


def test_defaults_without_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a file the defaults apply, relative to the current folder."""
    monkeypatch.chdir(tmp_path)
    assert find_config() is None
    config = load_config(None)
    assert (config.articles, config.index) == ((tmp_path / "seeds",), tmp_path / "index")


# ----------------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("artcles: x", "unknown key artcles (did you mean articles?)"),
        (
            "colour: red",
            "unknown key colour (allowed: articles, index, store, index_access, folders, reading, embedding, passages, "
            "retrieval, ranking, answers, web, watch, writer)",
        ),
        ("retrieval: {topk: 3}", "unknown key retrieval.topk (did you mean top_k?)"),
        ("answers: {x: 3}", "unknown key answers.x (allowed: max_sentences, max_facts, keep_share)"),
        ("answers: {5: 3}", "unknown key answers.5 (allowed: max_sentences, max_facts, keep_share)"),
        ("answers: {max_sentences: 0}", "answers.max_sentences is 0; allowed: a whole number from 1 to 50"),
        ("answers: {max_sentences: 51}", "answers.max_sentences is 51; allowed: a whole number from 1 to 50"),
        ("answers: {max_sentences: few}", "answers.max_sentences is 'few'; allowed: a whole number from 1 to 50"),
        ("answers: {max_sentences: 2.5}", "answers.max_sentences is 2.5; allowed: a whole number from 1 to 50"),
        ("answers: {max_sentences: yes}", "answers.max_sentences is True; allowed: a whole number from 1 to 50"),
        ("answers: {max_sentences: }", "answers.max_sentences is nothing; allowed: a whole number from 1 to 50"),
        ("retrieval: {dense_weight: on}", "retrieval.dense_weight is True; allowed: a number from 0 to 1"),
        ("retrieval: {dense_weight: 1.01}", "retrieval.dense_weight is 1.01; allowed: a number from 0 to 1"),
        ("retrieval: {dense_weight: .nan}", "retrieval.dense_weight is nan; allowed: a number from 0 to 1"),
        ("passages: {max_tokens: 8}", "passages.max_tokens is 8; allowed: a whole number from 32 to 8192"),
        ("embedding: {backend: gpu}", "embedding.backend is 'gpu'; allowed: auto, openvino, torch"),
        ("embedding: {model: ''}", "embedding.model is ''; allowed: text"),
        ("embedding: {model: [a]}", "embedding.model is ['a']; allowed: text"),
        ("answers:", "answers is nothing; allowed: a section with max_sentences, max_facts, keep_share"),
        ("answers: 5", "answers is 5; allowed: a section with max_sentences, max_facts, keep_share"),
        ("articles:", "articles is nothing; allowed: a path or a list of paths"),
        ("articles: []", "articles is []; allowed: a path or a list of paths"),
        ("articles: [a, 5]", "articles.1 is 5; allowed: a path or a list of paths"),
        ("articles: ['a', ' ']", "articles.1: ' ' is not a path"),
        ("index: 5", "index is 5; allowed: a path"),
        (
            "folders: [{path: a, outlet: b}]",
            "unknown key folders.0.outlet (allowed: path, source, author, section, language, tags)",
        ),
        ("folders: [{source: b}]", "folders.0.path is {'source': 'b'}; allowed: a path"),
        ("folders: [{path: a, language: 3}]", "folders.0.language is 3; allowed: text"),
        (
            "folders: a",
            "folders is 'a'; allowed: a list of folders, each with path and any of source, author, section, language, "
            "tags",
        ),
        ("index_access: 0600", "index_access is 384; allowed: umask, private"),
        (
            "store: tables",
            "store is 'tables'; allowed: sqlite, a whole path, an address such as s3://bucket/library without a key",
        ),
        ("index: ''", "index: '' is not a path"),
        ('index: "a\\0b"', "index: 'a\\x00b' is not a path"),
        ("index: ~nobody-of-this-name/index", "names a home folder that does not exist"),
        (
            "retrieval: {dense_weight: 0, lexical_weight: 0}",
            "retrieval: dense_weight and lexical_weight cannot both be 0",
        ),
        ("- a\n- b", "must contain `key: value` lines, as `assistant init` writes them"),
        ("just words", "must contain `key: value` lines, as `assistant init` writes them"),
    ],
)
def test_wrong_value_error_names_allowed(load_text: Loads, content: str, message: str) -> None:
    """An invalid setting is named together with the allowed values."""
    assert get_error(load_text, content).endswith(message)


def test_all_errors_reported_at_once(load_text: Loads) -> None:
    """All errors of a file are reported at once."""
    message = get_error(load_text, "colour: red\nretrieval: {top_k: 900, candidates: x}\nanswers: {max_sentence: 3}")
    assert message.split("; ") == [
        "retrieval.top_k is 900",
        "allowed: a whole number from 1 to 200",
        "retrieval.candidates is 'x'",
        "allowed: a whole number from 10 to 2000",
        "unknown key answers.max_sentence (did you mean max_sentences?)",
        "unknown key colour (allowed: articles, index, store, index_access, folders, reading, embedding, passages, "
        "retrieval, ranking, answers, web, watch, writer)",
    ]


def test_wrong_value_shortened_in_error(load_text: Loads) -> None:
    """A long invalid value is shortened in the message."""
    assert len(get_error(load_text, f"answers: {{max_sentences: {'x' * 10_000}}}")) < 150


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("articles: [a\nindex: b", "line 2: not valid YAML: "),
        ("reading:\n\tmax_file_mb: 3", "line 2: not valid YAML: "),
        ("index: a\narticles: Putin: Europe", "line 2: not valid YAML: mapping values are not allowed here"),
        ("index: !!python/object/apply:os.system [true]", "line 1: not valid YAML: settings have no tags"),
        ("index: a\n---\nindex: b", "line 2: not valid YAML: but found another document"),
        ("index: a\narticles: \x1b[31m", "line 2: not valid YAML: a control character"),
        ("index: 2025-02-31", "not valid YAML: day is out of range for month"),
        ("[" * 3000, "line 1: not valid YAML: nested too deeply"),
        ("{[a]: b}", "line 1: not valid YAML: found unhashable key"),
        ("index: café".encode("cp1252"), "not UTF-8 text; save it as UTF-8"),
        ("index: a".encode("utf-16"), "not UTF-8 text; save it as UTF-8"),
    ],
)
def test_invalid_yaml_error_names_line(load_text: Loads, content: str | bytes, message: str) -> None:
    """A file that is not valid YAML is refused with the line number."""
    assert get_error(load_text, content).startswith(message)


def test_byte_order_mark_accepted(load_text: Loads, tmp_path: Path) -> None:
    """A file that starts with a byte order mark is read."""
    assert load_text("index: here".encode("utf-8-sig")).index == tmp_path / "here"


# ------------------------------------------------------------------------------------ paths and which file


@pytest.mark.parametrize(
    ("content", "articles"),
    [
        ("articles: news", ["news"]),
        ("articles: [news, ../more, news/one.md]", ["news", "../more", "news/one.md"]),
        ("articles:\n- a\n- b", ["a", "b"]),
        ("articles: .", ["."]),
    ],
)
def test_relative_paths_resolved_from_file(
    load_text: Loads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, articles: list[str]
) -> None:
    """Relative paths are resolved against the folder of the file."""
    monkeypatch.chdir("/")
    assert load_text(content).articles == tuple(tmp_path / path for path in articles)


def test_absolute_and_home_paths(load_text: Loads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Absolute paths and paths in the home folder are used unchanged."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    config = load_text("articles: [/news, ~/news]\nindex: ~/index")
    assert config.articles == (Path("/news"), tmp_path / "home" / "news")
    assert config.index == tmp_path / "home" / "index"


@pytest.mark.parametrize("by", ["option", "variable"])
@pytest.mark.parametrize("what", ["file", "folder"])
def test_library_path_option_and_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str, what: str) -> None:
    """The library can be given by option or variable, as a file or a folder."""
    path = tmp_path / CONFIG_NAME
    path.write_text("index: there")
    named = path if what == "file" else tmp_path
    if by == "variable":
        monkeypatch.setenv(CONFIG_VARIABLE, str(named))
    found = find_config(named if by == "option" else None)
    assert load_config(found).index == tmp_path / "there"


def test_index_needs_a_folder_of_its_own() -> None:
    """What is kept beside the index has the name of its folder, so it cannot be the root."""
    with pytest.raises(ConfigError, match="index: / cannot be the folder"):
        str(Config(index=Path("/")).kept)


def test_option_variable_folder_precedence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The option overrides the variable, and the variable overrides the folder."""
    for name in ("option", "variable", "folder"):
        (tmp_path / name).mkdir()
        (tmp_path / name / CONFIG_NAME).touch()
    monkeypatch.chdir(tmp_path / "folder")
    assert find_config() == Path(CONFIG_NAME)
    monkeypatch.setenv(CONFIG_VARIABLE, str(tmp_path / "variable"))
    assert find_config() == tmp_path / "variable" / CONFIG_NAME
    assert find_config(tmp_path / "option") == tmp_path / "option" / CONFIG_NAME
    monkeypatch.setenv(CONFIG_VARIABLE, "")
    assert find_config() == Path(CONFIG_NAME)


@pytest.mark.parametrize("by", ["--config", "$ASSISTANT_CONFIG"])
@pytest.mark.parametrize("name", ["gone.yaml", "empty folder"])
def test_named_file_missing_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str, name: str) -> None:
    """A named file that does not exist is an error even if another one exists."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / CONFIG_NAME).touch()
    (tmp_path / "empty folder").mkdir()
    if by == "$ASSISTANT_CONFIG":
        monkeypatch.setenv(CONFIG_VARIABLE, name)
    with pytest.raises(ConfigError, match="no such configuration file") as error:
        find_config(Path(name) if by == "--config" else None)
    assert name in str(error.value)
    assert by in str(error.value)
    assert "`assistant init`" in str(error.value)


def test_file_removed_while_reading(tmp_path: Path) -> None:
    """A file that disappears while it is read is an error."""
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        load_config(tmp_path / CONFIG_NAME)

"""config.yaml: what may stand in it, and what the user is told where something else does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from assistant.config.load import CONFIG_NAME, CONFIG_VARIABLE, find_config, load_config
from assistant.config.schema import Config
from assistant.config.template import config_template
from assistant.errors import ConfigError
from tests.conftest import ROOT

Loads = Callable[[str | bytes], Config]


@pytest.fixture
def loads(tmp_path: Path) -> Loads:
    """Writes a config.yaml and loads it."""

    def load(content: str | bytes) -> Config:
        path = tmp_path / CONFIG_NAME
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return load_config(path)

    return load


def fault(loads: Loads, content: str | bytes) -> str:
    """What is said about a config.yaml that cannot be used, after its path."""
    with pytest.raises(ConfigError) as error:
        loads(content)
    path, message = str(error.value).split(CONFIG_NAME + ": ")
    assert Path(path).is_dir()
    assert "\n" not in message
    return message


# ------------------------------------------------------------------------------- defaults and template


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "---\n", "null\n", config_template()])
def test_an_empty_file_and_the_template_both_mean_the_defaults(loads: Loads, tmp_path: Path, content: str) -> None:
    defaults = Config(articles=(tmp_path / "seeds",), index=tmp_path / "index")
    assert loads(content) == defaults


def test_the_config_yaml_of_the_project_is_the_template() -> None:
    assert (ROOT / CONFIG_NAME).read_text(encoding="utf-8") == config_template()


def test_the_template_says_of_every_key_what_it_does_and_may_be() -> None:
    template = config_template()
    sections = {name: value for name, value in yaml.safe_load(template).items() if isinstance(value, dict)}
    assert set(sections) | {"articles", "index"} == set(Config.model_fields)
    lines = template.splitlines()
    for name, section in sections.items():
        assert lines[lines.index(f"{name}:") - 1].startswith("# ")
        for key in section:
            (at,) = [n for n, line in enumerate(lines) if line.startswith(f"  {key}: ")]
            assert lines[at - 1].startswith("  # ")
    assert template.count("Allowed: ") == sum(map(len, sections.values()))


def test_without_a_file_the_defaults_are_taken_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
            "unknown key colour (allowed: articles, index, reading, embedding, passages, retrieval, answers)",
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
        ("index: ''", "index: '' is not a path"),
        ('index: "a\\0b"', "index: 'a\\x00b' is not a path"),
        ("index: ~nobody-of-this-name/index", "names a home folder that is not there"),
        (
            "retrieval: {dense_weight: 0, lexical_weight: 0}",
            "retrieval: dense_weight and lexical_weight cannot both be 0",
        ),
        ("- a\n- b", "must hold `key: value` lines, as `assistant init` writes them"),
        ("just words", "must hold `key: value` lines, as `assistant init` writes them"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_allowed(loads: Loads, content: str, message: str) -> None:
    assert fault(loads, content).endswith(message)


def test_all_faults_of_a_file_are_named_at_once(loads: Loads) -> None:
    message = fault(loads, "colour: red\nretrieval: {top_k: 900, candidates: x}\nanswers: {max_sentence: 3}")
    assert message.split("; ") == [
        "retrieval.top_k is 900",
        "allowed: a whole number from 1 to 200",
        "retrieval.candidates is 'x'",
        "allowed: a whole number from 10 to 2000",
        "unknown key answers.max_sentence (did you mean max_sentences?)",
        "unknown key colour (allowed: articles, index, reading, embedding, passages, retrieval, answers)",
    ]


def test_a_long_wrong_value_is_shown_short(loads: Loads) -> None:
    assert len(fault(loads, f"answers: {{max_sentences: {'x' * 10_000}}}")) < 150


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("articles: [a\nindex: b", "line 2: not valid YAML: "),
        ("reading:\n\tmax_file_mb: 3", "line 2: not valid YAML: "),
        ("index: a\narticles: Putin: Europe", "line 2: not valid YAML: mapping values are not allowed here"),
        ("index: !!python/object/apply:os.system [true]", "line 1: not valid YAML: could not determine a constructor"),
        ("index: a\n---\nindex: b", "line 2: not valid YAML: but found another document"),
        ("index: a\narticles: \x1b[31m", "line 2: not valid YAML: a control character"),
        ("index: 2025-02-31", "not valid YAML: day is out of range for month"),
        pytest.param("[" * 3000, "not valid YAML: nested too deeply", id="nested too deeply"),
        ("{[a]: b}", "line 1: not valid YAML: found unhashable key"),
        ("index: café".encode("cp1252"), "not UTF-8 text; save it as UTF-8"),
        ("index: a".encode("utf-16"), "not UTF-8 text; save it as UTF-8"),
    ],
)
def test_a_file_that_is_not_yaml_is_refused_with_the_line(loads: Loads, content: str | bytes, message: str) -> None:
    assert fault(loads, content).startswith(message)


def test_a_file_saved_with_a_byte_order_mark_is_read(loads: Loads, tmp_path: Path) -> None:
    assert loads("index: here".encode("utf-8-sig")).index == tmp_path / "here"


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
def test_relative_paths_are_taken_from_the_folder_of_the_file(
    loads: Loads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, articles: list[str]
) -> None:
    monkeypatch.chdir("/")
    assert loads(content).articles == tuple(tmp_path / path for path in articles)


def test_absolute_paths_and_the_home_folder_are_taken_as_they_are(
    loads: Loads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    config = loads("articles: [/news, ~/news]\nindex: ~/index")
    assert config.articles == (Path("/news"), tmp_path / "home" / "news")
    assert config.index == tmp_path / "home" / "index"


@pytest.mark.parametrize("by", ["option", "variable"])
@pytest.mark.parametrize("what", ["file", "folder"])
def test_the_library_can_be_named_by_option_and_variable_as_file_and_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str, what: str
) -> None:
    path = tmp_path / CONFIG_NAME
    path.write_text("index: there")
    named = path if what == "file" else tmp_path
    if by == "variable":
        monkeypatch.setenv(CONFIG_VARIABLE, str(named))
    found = find_config(named if by == "option" else None)
    assert load_config(found).index == tmp_path / "there"


def test_the_option_comes_before_the_variable_and_the_variable_before_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
def test_a_named_file_that_is_not_there_is_an_error_even_beside_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str, name: str
) -> None:
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


def test_a_file_that_goes_away_while_it_is_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        load_config(tmp_path / CONFIG_NAME)

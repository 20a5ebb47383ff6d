"""A config.yaml of a library from elsewhere: each one ends in one line that names the file, at once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from assistant.config.editor import SettingsSource, list_settings, preview_change
from assistant.config.load import MAX_CONFIG_BYTES, load_config
from assistant.config.schema import Config
from assistant.errors import ConfigError

MOST_SECONDS = 5.0  # of processor time; the slowest, a file full of keys, takes a half


def grow(first: str, next_one: str) -> str:
    """Twenty lines, each of which names the one before it four times."""
    lines = [f"a0: &a0 {first}", *(f"a{n}: &a{n} {next_one.replace('#', f'*a{n - 1}')}" for n in range(1, 20))]
    return "\n".join(lines) + "\n"


HOSTILE = {
    "lists of aliases": (grow("[x, x]", "[#, #, #, #]") + "articles: *a19", "an alias of a list or section"),
    "sections of aliases": (grow("{x: y}", "{x: #, y: #, z: #}") + "retrieval: *a19", "an alias of a list or section"),
    "merged aliases": (grow("{x: y}", "{<<: [#, #, #]}") + "retrieval: *a19", "an alias of a list or section"),
    "a list in itself": ("articles: &a [*a]", "an alias of a list or section"),
    "a section in itself": ("retrieval: &a {top_k: *a}", "an alias of a list or section"),
    "code": ("index: !!python/object/apply:os.system [true]", "settings have no tags"),
    "a tag with another name": ("%TAG ! tag:yaml.org,2002:\n---\nindex: !set {a}", "settings have no tags"),
    "no number": ("retrieval: {top_k: !!int ''}", "settings have no tags"),
    "no switch": ("retrieval: {top_k: !!bool maybe}", "settings have no tags"),
    "no time": ("articles: !!timestamp never", "settings have no tags"),
    "many digits": (f"retrieval: {{top_k: {'9' * 90_000}}}", "too many digits"),
    "many hexadecimal digits": (f"retrieval: {{top_k: 0x{'f' * 90_000}}}", "too many digits"),
    "many digits to the base 60": (f"retrieval: {{top_k: {':'.join('1' * 40_000)}}}", "too many digits"),
    "not a number": ("answers: {keep_share: .nan}", "answers.keep_share is nan; allowed: a number from 0 to 1"),
    "half a character": ('index: "a\\ud800"', "index: 'a\\ud800' is not a path"),
    "half a character in a list": ('articles: [a, "\\udfff"]', "is not a path"),
    "nul": ('articles: "a\\0"', "is not a path"),
    "brackets": ("index: " + "[" * 90_000, "nested too deeply"),
    "larger than settings": ("# " + "x" * MAX_CONFIG_BYTES, "larger than settings can be"),
    "many keys": ("".join(f"k{n}: 1\n" for n in range(9_000)), "and 8990 more errors"),
    "an address that is none": ("writer: {base_url: 'http://[::1'}", "is not an address such as"),
    "a port that is none": ("writer: {base_url: 'http://models:99999/v1'}", "is not an address such as"),
    "a port in letters": ("writer: {base_url: 'http://models:x/v1'}", "is not an address such as"),
    "a key in the address of the tables": ("store: s3://reader:key@desk/library", "without a key"),
    "a key after the address of the tables": ("store: az://desk/library?sig=key", "without a key"),
    "an override in an address": ("writer: {base_url: 'http://a\u202eb/v1'}", "writer.base_url is"),
    "control characters in an address": ('writer: {base_url: "http://a/\\e[3m"}', "writer.base_url is"),
}


@pytest.mark.parametrize(
    "setting",
    [
        "store: s3://reader:S3cret@desk/library",
        "store: s3//reader:S3cret@desk",
        "store: az://desk/library?sig=S3cret",
        "store: az://desk;key=S3cret/library",
        "store: [s3://reader:S3cret@desk]",
        "writer: {base_url: 'http://reader:S3cret@models/v1'}",
        "answers: {max_facts: 'http://reader:S3cret@models/v1'}",
    ],
)
def test_password_in_an_address_is_not_repeated(tmp_path: Path, setting: str) -> None:
    """Nor one in another spelling, in a list or in the place of another setting."""
    path = tmp_path / "config.yaml"
    path.write_text(setting)
    for source in (path, SettingsSource(path)):
        with pytest.raises(ConfigError) as refused:
            load_config(source) if isinstance(source, Path) else preview_change(source, "retrieval.top_k", "2")
        assert "S3cret" not in str(refused.value)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_refused(tmp_path: Path, name: str) -> None:
    """It is refused in little time, when it is loaded and when a setting is to be changed; the settings are listed."""
    content, told = HOSTILE[name]
    path = tmp_path / "config.yaml"
    path.write_bytes(content.encode())
    began = time.process_time()
    with pytest.raises(ConfigError) as refused:
        load_config(path)
    with pytest.raises(ConfigError):
        preview_change(SettingsSource(path), "answers.max_facts", "2")
    assert {one.value for one in list_settings(Config(), SettingsSource(path))} > {"index", "sqlite"}
    assert time.process_time() - began < MOST_SECONDS
    message = str(refused.value)
    assert message.startswith(str(path))
    assert told in message
    assert len(message) < 3_000

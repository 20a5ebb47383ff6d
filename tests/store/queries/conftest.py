"""A library that the tests of all queries read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.bridge_news import BRIDGE, COPY, CORRECTION, FERRY
from tests.support.memory_library import make_article
from tests.support.tiny_library import build_tiny_library

TWIN = make_article("twin", BRIDGE.text, title="Twin")


@pytest.fixture(scope="session")
def tiny_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of five articles, numbered from 1; `twin` is undated and has the text of `bridge`."""
    folder = tmp_path_factory.mktemp("tiny")
    return build_tiny_library(folder, [BRIDGE, COPY, FERRY, CORRECTION, TWIN]).index

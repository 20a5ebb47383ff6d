"""The cache of converted models, without a conversion."""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import platformdirs
import pytest

from assistant.embedding.calibration import compute_calibration_hash
from assistant.embedding.conversion import CONVERSION_VERSION, ensure_converted_model, import_openvino
from assistant.embedding.model_files import ModelFiles
from assistant.errors import ModelError

MODEL = ModelFiles("own", Path("none"), "a" * 64)
INT8_MODEL = ModelFiles("own", Path("none"), "b" * 64, "int8 (12345678)", MODEL.sha256)
FLOAT_KEY = f"{'a' * 16}-openvino{version('openvino')}-{CONVERSION_VERSION}"


@pytest.mark.parametrize(
    ("model", "key"),
    [(MODEL, FLOAT_KEY), (INT8_MODEL, f"{FLOAT_KEY}-int8-{compute_calibration_hash()[:16]}")],
    ids=["float", "int8"],
)
def test_converted_model_is_reused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: ModelFiles, key: str
) -> None:
    """A cached model with the right checksums is used; its key names weights, OpenVINO and quantisation."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = Path(platformdirs.user_cache_dir("news-assistant", appauthor=False)) / "converted" / key
    folder.mkdir(parents=True)
    (folder / "model.xml").write_bytes(b"<net/>")
    (folder / "sha256.json").write_text(json.dumps({"model.xml": sha256(b"<net/>").hexdigest()}))
    assert ensure_converted_model(model, tokenizer=None, max_tokens=256) == folder / "model.xml"
    assert sorted(path.name for path in folder.parent.iterdir()) == [key]


def test_unusable_cache_folder_is_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder that cannot be made is an error with the place and the remedy."""
    (tmp_path / "cache").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(ModelError) as error:
        ensure_converted_model(MODEL, tokenizer=None, max_tokens=256)
    place = tmp_path / "cache" / "news-assistant" / "converted" / FLOAT_KEY
    assert str(error.value) == (
        f"{place}: the converted model cannot be stored: Not a directory; "
        "make that folder writable, or name another in $XDG_CACHE_HOME"
    )


def test_openvino_sends_no_usage_data() -> None:
    """OpenVINO is imported without its telemetry package."""
    assert import_openvino().__name__ == "openvino"
    assert sys.modules["openvino_telemetry"] is None

"""The checks of the folder of a library and of the files in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.config.schema import EmbeddingSettings
from assistant.doctor.examination import Examination
from assistant.doctor.findings import Diagnosis
from assistant.doctor.folder_checks import (
    check_access,
    check_folder,
    check_leftovers,
    check_model,
    check_unknown_files,
)
from assistant.indexing.lock import OWNER_FILE
from assistant.system.permissions import close_places
from tests.conftest import make_config


@pytest.fixture
def examination(tmp_path: Path) -> Examination:
    """An examination of a folder with a file in use, and with no library that could be opened."""
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "vectors-1.faiss").touch()
    return Examination(make_config(tmp_path, tmp_path / "index"), Diagnosis(), vectors_file="vectors-1.faiss")


def test_folder_exists_or_not(examination: Examination, tmp_path: Path) -> None:
    """A folder with room passes; a missing one is an error with the command that makes it."""
    (finding,) = check_folder(examination)
    assert (finding.check, finding.level) in [("folder", "ok"), ("folder", "note")]
    assert str(examination.folder) in finding.message or finding.message.startswith("little disk space")
    missing = Examination(make_config(tmp_path, tmp_path / "none"), Diagnosis())
    (finding,) = check_folder(missing)
    assert (finding.level, finding.message) == ("error", f"{tmp_path / 'none'}: no such folder")
    assert finding.remedy == "run: assistant build"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize(
    ("access", "folder", "file", "found"),
    [
        ("umask", 0o755, 0o644, []),
        ("umask", 0o775, 0o664, []),
        ("umask", 0o777, 0o644, ["index"]),
        ("umask", 0o755, 0o646, ["vectors-1.faiss"]),
        ("private", 0o700, 0o600, []),
        ("private", 0o710, 0o600, ["index"]),
        ("private", 0o700, 0o640, ["vectors-1.faiss"]),
        ("private", 0o755, 0o644, ["index", "vectors-1.faiss"]),
    ],
)
def test_what_is_open_to_others_is_an_error(
    examination: Examination, access: str, folder: int, file: int, found: list[str]
) -> None:
    """What others can reach beyond the setting is named, and closed by the repair without any other change."""
    examination.config = examination.config.model_copy(update={"index_access": access})
    path = examination.folder / "vectors-1.faiss"
    path.chmod(file)
    examination.folder.chmod(folder)
    findings = list(check_access(examination))
    places = examination.diagnosis.open_places
    assert [place.name for place in places] == found
    assert [finding.level for finding in findings] == ["error"] * bool(found)
    assert examination.diagnosis.needs_repair == bool(found)
    close_places(places, is_private=access == "private")
    assert list(check_access(examination)) == []
    assert path.stat().st_mode & file & 0o700 == file & 0o700


def test_model_located_or_not(examination: Examination, tmp_path: Path) -> None:
    """A model with weights is kept for the next checks; one without is an error."""
    folder = tmp_path / "model"
    folder.mkdir()
    examination.config = examination.config.model_copy(update={"embedding": EmbeddingSettings(model=str(folder))})
    assert [finding.level for finding in check_model(examination)] == ["error"]
    assert examination.model is None
    (folder / "a.safetensors").write_bytes(b"one")
    (finding,) = check_model(examination)
    assert (finding.level, finding.message) == ("ok", f"{folder}, weights 7692c3ad3540…")
    assert examination.model is not None


def test_leftovers_are_noted(examination: Examination) -> None:
    """Vectors of earlier builds and the note of a dead process are left over, the file in use is not."""
    for name, data in (("vectors-0.faiss", b"12345"), (OWNER_FILE, b"12")):
        (examination.folder / name).write_bytes(data)
    (finding,) = check_leftovers(examination)
    assert (finding.check, finding.level) == ("leftovers", "note")
    assert finding.message == f"vectors-0.faiss, {OWNER_FILE}: not used, 7 bytes"
    assert sorted(path.name for path in examination.diagnosis.leftovers) == sorted(["vectors-0.faiss", OWNER_FILE])
    assert list(check_unknown_files(examination)) == []


def test_unknown_files_are_noted(examination: Examination) -> None:
    """Files of other programs are noted, apart from databases that were set aside; hidden files are ignored."""
    for name in ("notes.odt", "damaged-1.sqlite3", ".hidden", "README.md"):
        (examination.folder / name).touch()
    assert [(finding.check, finding.message) for finding in check_unknown_files(examination)] == [
        ("leftovers", "damaged-1.sqlite3: set aside as damaged; delete what you do not need"),
        ("unknown files", "1 file not made by this program: notes.odt"),
    ]


def test_nothing_is_unknown_during_build(examination: Examination) -> None:
    """While a build is running, its files are not examined."""
    (examination.folder / "notes.odt").touch()
    examination.is_building = True
    assert list(check_unknown_files(examination)) == []
    assert [finding.level for finding in check_leftovers(examination)] == ["note"]

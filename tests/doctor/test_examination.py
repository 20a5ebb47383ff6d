"""What the checks of one run share."""

from __future__ import annotations

from assistant.indexing.enrichment import DERIVATION_VERSION
from tests.doctor.conftest import Damage


def test_derivation_is_current(damage: Damage) -> None:
    """The derivation is current if the manifest names the version of the program."""
    examination = damage()
    assert examination.library.manifest["deriving"] == str(DERIVATION_VERSION)
    assert examination.is_derivation_current
    examination.close()
    assert not damage("UPDATE manifest SET value = 'damaged' WHERE key = 'deriving'").is_derivation_current


def test_closed_examination_has_no_library(damage: Damage) -> None:
    """Closing twice is allowed; the folder is that of the settings."""
    examination = damage()
    assert examination.folder == examination.config.index == examination.library.folder
    examination.close()
    examination.close()
    assert examination.opened is None

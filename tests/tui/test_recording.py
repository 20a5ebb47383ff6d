"""The recording in the README: one well-formed picture that shows each screen in its turn and fetches nothing."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.conftest import ROOT
from tests.support.recording import STEPS, join_frames

FRAME = '<svg class="rich-terminal" viewBox="0 0 10 5" xmlns="http://www.w3.org/2000/svg"><style>{}</style><text>{}</text></svg>'


def test_frames_follow_each_other() -> None:
    """Each screen is visible for its part of the time; the first also where nothing moves."""
    font = '@font-face { font-family: "F"; src: url("https://example.org/f.woff"); }'
    joined = join_frames([FRAME.format(font, "one"), FRAME.format(font, "two")], 2.0)
    root = ElementTree.fromstring(joined)
    assert [frame.get("class", "").split()[:2] for frame in root.iter() if frame.get("class")] == [
        ["frame", "f0"],
        ["frame", "f1"],
    ]
    assert "50.000%{visibility:visible}" in joined
    assert "4.0s" in joined
    assert "example.org" not in joined


def test_recording_of_the_readme() -> None:
    """It has a screen for each step and needs no other file."""
    picture = (ROOT / "docs" / "session.svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(picture)
    assert len([frame for frame in root if (frame.get("class") or "").startswith("frame")]) == len(STEPS)
    assert "@font-face" not in picture
    assert "docs/session.svg" in (ROOT / "README.md").read_text(encoding="utf-8")

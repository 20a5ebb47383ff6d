"""What a match of a pattern says of the words around it."""

from __future__ import annotations

import re

from assistant.speech.subjects.candidate import Candidate
from assistant.speech.tagger import tag_sentence


def test_parts_of_candidate() -> None:
    """The mention, the cue and the words between them."""
    sentence = tag_sentence("On Monday Ada Brandreth never said it leaks.")
    match = re.search(r"(?P<name>N)A(?P<cue>S)", sentence.tags)
    assert match is not None
    candidate = Candidate(sentence, match, match.start("name"), match.end("name"), match.start("cue"))
    assert (candidate.name.name, candidate.cue, candidate.cue_tag) == ("Ada Brandreth", "said", "S")
    assert (candidate.tags_before, candidate.gap, candidate.gap_text) == ("od", "A", "never")

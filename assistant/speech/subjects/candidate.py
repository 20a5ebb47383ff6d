"""A mention of a speaker with a verb, as a pattern found it in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.speech.tagger import TaggedSentence, TaggedToken


@dataclass(slots=True)
class Candidate:
    """A match of a pattern. Positions are numbers of tokens, which are also offsets into the tags."""

    sentence: TaggedSentence
    match: re.Match[str]
    name_start: int
    name_end: int
    cue_start: int

    @property
    def name(self) -> TaggedToken:
        """The first token of the mention of the speaker."""
        return self.sentence.tokens[self.name_start]

    @property
    def cue(self) -> str:
        """The verb or noun that reports the words."""
        return self.sentence.tokens[self.cue_start].text

    @property
    def cue_tag(self) -> str:
        """The tag of the cue."""
        return self.sentence.tags[self.cue_start]

    @property
    def tags_before(self) -> str:
        """The tags before the mention of the speaker."""
        return self.sentence.tags[: self.name_start]

    @property
    def gap(self) -> str:
        """The tags between the speaker and a cue after it."""
        return self.sentence.tags[self.name_end : self.cue_start]

    @property
    def gap_text(self) -> str:
        """The words between the speaker and a cue after it."""
        return self.sentence.text_between(self.name_end, self.cue_start)

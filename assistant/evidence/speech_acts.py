"""Which verbs of speech answer for one another: whoever slammed a plan has criticised it."""

from __future__ import annotations

from assistant.text.languages import ENGLISH
from assistant.text.stemming import stem
from assistant.text.words import split_words

# The first verb of a group names the act. Every verb that is in no group is plain saying.
_SPEECH_ACT_BY_VERB = {stem(verb): group[0] for group in ENGLISH.reporting.speech_act_groups for verb in group}


def names_speech_act(verb: str | None) -> bool:
    """Whether a verb is more than plain saying: "denied", but not "said"."""
    return verb is not None and stem(verb) in _SPEECH_ACT_BY_VERB


def has_same_speech_act(verb: str | None, cue: str) -> bool:
    """Whether a statement with this cue answers "who {verb} it?". Any cue answers a verb of plain saying."""
    if verb is None or (act := _SPEECH_ACT_BY_VERB.get(stem(verb))) is None:
        return True
    return any(_SPEECH_ACT_BY_VERB.get(stem(word)) == act for word in split_words(cue))

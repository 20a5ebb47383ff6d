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


# The words by which a view is told, by their stems: who regrets a thing is sorry about it.
_STANCE_BY_WORD = {
    stem(word): frozenset(map(stem, group)) for group in ENGLISH.reporting.stance_groups for word in group
}


def find_stance_stems(cue: str | None) -> frozenset[str]:
    """The stems of the words that tell a view like the one in a question ("sorry", "support"), or the opposite."""
    stems = frozenset(map(stem, split_words(cue or "")))
    return stems.union(*(_STANCE_BY_WORD.get(each, frozenset()) for each in stems))

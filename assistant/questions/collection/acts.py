"""Verbs of what somebody does to somebody with words: criticised, praised, accused."""

from __future__ import annotations

from assistant.text.languages import ENGLISH
from assistant.text.stemming import stem

# Of each verb, those that tell the same or more: the first group that has it.
_LIKE_ACTS = {
    stem(verb): frozenset(map(stem, group))
    for group in reversed(ENGLISH.reporting.directed_act_groups)
    for verb in group
}


def is_directed_act(verb: str) -> bool:
    """Whether a verb is an act of speech that is done to somebody: "accused", but not "said"."""
    return stem(verb) in _LIKE_ACTS


def counts_as_act(asked: str, verb: str) -> bool:
    """Whether whoever did one act has done the one asked for: who accused has criticised, but not the reverse."""
    return stem(verb) in _LIKE_ACTS.get(stem(asked), ())

"""The query language of SQLite's full-text index (FTS5). No other module writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.records.collection.search import Near
from assistant.store.protocol import WordQuery

# As the tokenizer unicode61 splits a text: letters and digits, with the marks that combine with them.
_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")

TOKENIZER = "porter unicode61 remove_diacritics 2"
MATCH_START, MATCH_END = "\ufdd0", "\ufdd1"  # around each match; noncharacters, which no text contains

_LIGATURES = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"))


def count_words(text: str) -> int:
    """How many words the full-text index finds in a text."""
    return sum(1 for _ in _TOKEN.finditer(text))


def quote_phrase(phrase: str) -> str:
    """A word or phrase as a string of FTS5, in which no operator has a meaning.

    Quotation marks and null characters become spaces: they separate words, as they do in the text.
    """
    return '"' + phrase.replace('"', " ").replace("\x00", " ") + '"'


def _spell_with_ligatures(phrase: str) -> str:
    """A phrase as a font with ligatures writes it: a text copied from a PDF can contain it so."""
    for letters, ligature in _LIGATURES:
        phrase = phrase.replace(letters, ligature)
    return phrase


def render_expression(words: WordQuery | Near) -> str:
    """The FTS5 expression for a query; empty for a query without phrases."""
    if isinstance(words, Near):
        return f"NEAR({' '.join(map(quote_phrase, words.phrases))}, {words.distance:d})"
    groups = [list(map(quote_phrase, list_spellings(group))) for group in words.groups if group]
    if words.is_prefix and groups:
        last = quote_phrase([group for group in words.groups if group][-1][-1])
        groups[-1][groups[-1].index(last)] += " *"
    joined = [" OR ".join(group) for group in groups]
    if len(joined) > 1:
        joined = [f"({group})" if " OR " in group else group for group in joined]
    expression = " AND ".join(joined)
    return f"title : ({expression})" if words.title_only and expression else expression


def list_spellings(phrases: Sequence[str]) -> list[str]:
    """The phrases, then those of them that a font with ligatures writes otherwise, as it writes them."""
    others = dict.fromkeys(map(_spell_with_ligatures, phrases))
    return [*phrases, *(phrase for phrase in others if phrase not in phrases)]


def split_tokens(text: str) -> list[tuple[str, int, int]]:
    """The words that the full-text index finds in a text, each with its span."""
    return [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


def has_token(phrase: str) -> bool:
    """Whether the full-text index finds a word in a phrase: FTS5 matches nothing to one without."""
    return _TOKEN.search(phrase) is not None

"""People in a sentence: without a name ("the driver", "the monarch’s"), and those who certainly are people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.speech.tagger import TaggedSentence
from assistant.text.languages import ENGLISH
from assistant.text.names import infer_gender
from assistant.text.roles import is_person_role

_PEOPLE = ENGLISH.people
_ROLE_WORDS = _PEOPLE.titles | _PEOPLE.person_nouns
_OWNER = re.compile(r"[’']s?$")
_DETERMINED = re.compile(r"[DO][wTO]{0,4}$")
_IS_DESCRIPTION = re.compile(
    r"(?:N(?:\([^()]{1,12}\))?,|B[Aw]?)[DO]?[wTO]{0,4}$"
)  # "Ada, the keeper", "Ada is a keeper"
_IS_TITLE = re.compile(r"w?(?:o[DTwN]{1,4})?,?N")  # "the keeper Ada", "the mayor of Tarn, Ada"


_IS_NAMED = re.compile(r"^[DO]?[wTO]{0,4}T(?:o[DTwNO]{1,5})?B[DO]?[wTO]{0,3}(?P<name>N)(?=[,.(]|$)")


def find_identified(sentence: TaggedSentence) -> str | None:
    """The name of the person whom a sentence introduces: "The driver was Karl Moe, 41."."""
    match = _IS_NAMED.match(sentence.tags)
    return sentence.tokens[match.start("name")].name or None if match else None


def find_unnamed_persons(sentence: TaggedSentence, end: int | None = None, pronoun: str | None = None) -> Iterator[str]:
    """The descriptions of single people without a name in a sentence: "the driver".

    With `end`, those before this offset who are not only listening ("told the keeper"); with `pronoun`, those whom it
    fits.
    """
    for place, (token, tag) in enumerate(zip(sentence.tokens, sentence.tags, strict=True)):
        if end is not None and token.end > end:
            return
        word = _OWNER.sub("", token.text)
        if tag not in "TO" or not word.islower() or not is_person_role(word):
            continue
        before = sentence.tags[:place]
        determined = _DETERMINED.search(before)
        if not determined or _IS_DESCRIPTION.search(before):
            continue
        if end is not None and _is_listening(sentence, determined.start()):
            continue
        if tag == "T" and _IS_TITLE.match(sentence.tags, place + 1):
            continue
        if pronoun is None or infer_gender("", word) in (None, pronoun):
            yield _OWNER.sub("", sentence.text_between(determined.start(), place + 1))


def _is_listening(sentence: TaggedSentence, start: int) -> bool:
    """Whether a mention that starts with this token is a listener or companion: "an interview with the author"."""
    if not start:
        return False
    before = sentence.tokens[start - 1].text.lower()
    return before in ENGLISH.grammar.companion_prepositions or before in ENGLISH.reporting.addressee_forms


_PERSON_PATTERNS = (
    re.compile(r"(?P<description>T)(?P<name>N)"),
    re.compile(r"(?P<name>N),(?P<description>w),"),
    re.compile(r"(?P<name>N),D?[wO]{0,4}(?P<description>T)"),
)


def find_persons(sentence: TaggedSentence) -> Iterator[tuple[str, bool]]:
    """Names that are certainly a person's, because of a title, an age or a description next to them.

    The flag says whether the name has a title, which makes even a single word a person's name.
    """
    for pattern in _PERSON_PATTERNS:
        for match in pattern.finditer(sentence.tags):
            description = sentence.tokens[match.start("description")].text
            if description.lower() not in _PEOPLE.group_nouns:  # "In San Pellegro, a group marched"
                yield sentence.tokens[match.start("name")].name, False
    for word in sentence.tokens:
        if word.lead and word.lead.split()[-1].rstrip(".").lower() in _ROLE_WORDS:
            yield word.name, True

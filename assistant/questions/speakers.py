"""Finds the speakers that a question names, one by one, and distinguishes them from other words in their place."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.questions.outlets import OutletMatcher
from assistant.questions.question_parts import QUOTE_PLACEHOLDER, QuestionParts
from assistant.text.languages import ENGLISH
from assistant.text.names import name_words
from assistant.text.words import STOP_WORDS, content_words, split_words

_PEOPLE, _GRAMMAR = ENGLISH.people, ENGLISH.grammar
_GIVEN_NAMES = _PEOPLE.male_given_names | _PEOPLE.female_given_names

_PRONOUN = re.compile(
    r"(?:he|she|(?:his|her) (?:wife|husband|son|daughter|mother|father|brother|sister|lawyer))$", re.I
)
_NO_SPEAKER_START = re.compile(
    rf"(?:who|whom|whose|what|when|where|why|which|how|did|does|do|is|are|was|were|be|been|has|have|had|can|could|would|"
    rf"should|might|must|shall)\b|{QUOTE_PLACEHOLDER}",
    re.I,
)
_NEVER_IN_NAMES = frozenset("according became become did does how what when where which why".split())
_PRONOUN_WITH_VERB = re.compile(r"(?:they|we|you|it|i|these|those|one|people) \S", re.I)  # "why did they use planes"
# "Ada Tarn get in return for", "Ada Tarn say about Ivo Lund's": the noun that would be the head is missing.
_ENDS_OPEN = re.compile(
    rf"(?!.*\bwho\s\S).*(?:\b(?:to|and|or|{'|'.join(sorted(_GRAMMAR.prepositions | _GRAMMAR.clause_prepositions))}|"
    r"an?|the|this|that|my|our|your|his|her|its|their)|(?-i:\b[a-z]+\s.*)['’]s)",
    re.I,
)
_SPEAKER_NOUNS = _PEOPLE.titles | _PEOPLE.person_nouns | _PEOPLE.group_nouns | _PEOPLE.body_nouns | _PEOPLE.mouthpieces

# Words that occur in the place of a speaker and refer to nobody in particular.
_NOT_A_SPEAKER = frozenset(
    """
    anybody anyone article articles document everybody everyone nobody people piece somebody someone source sources
    story text there things
    """.split()
)

# Nouns that often precede "on …" and are not names, even if they have a capital letter at the start of a sentence.
_NOT_A_NAME = frozenset(
    """
    advice agreement analysis angle article articles assault attack attacks ban bans based bets bill blame book books
    case comment comments consensus crackdown data deal debate decision details discussion doubts editorial effect
    effects emphasis essay evidence expert experts facts focus hands hearing impact impacts info information insight
    interview investigation latest law laws limit limits more new news note notes notices opinion opinions panel paper
    perspective pressure progress quote quotes referendum relying report reporting reports research restrictions
    ruling rules sanctions speech statement statistics stories story strike strikes studies study summary summit talk
    talks tariff tariffs tax taxes update updates verdict view views vote votes war warning wars work working
    """.split()
)
_NAME_CONNECTORS = frozenset("the and of de la von van der al bin vs vs. versus".split())

_PLACE_BEFORE_NAME = re.compile(r"^(?:(?!the|an?|his|her|their|its)\w+ )*(?:in|under|by|with|to) ", re.IGNORECASE)
_HEAD_END = re.compile(r" (?:of|for|at|in|from|to|on|with|who|that)\b", re.IGNORECASE)
_VERSUS = re.compile(r",? (?:vs\.?|versus) ", re.IGNORECASE)
_LIST_SEPARATOR = re.compile(r", and |, or |, | and | or ", re.IGNORECASE)
_SINGULAR_VERB = re.compile(r"\b(?:does|has|is|was)\b", re.IGNORECASE)
_BODY_WITH_AND = re.compile(r"(?:the )?[\w’' ]+ (?:of|for) \w+ and \w", re.IGNORECASE)
_NAMES_WITH_AND = frozenset(
    {"trinidad and tobago", "bosnia and herzegovina", "antigua and barbuda", "marks and spencer"}
)


def is_pronoun(speaker: str) -> bool:
    """Whether the words refer to a person that only the context can name: "she", "his wife"."""
    return _PRONOUN.match(speaker) is not None


def find_speakers(words: str, parts: QuestionParts, matcher: OutletMatcher) -> tuple[str, ...]:
    """The speakers that words in the place of a speaker refer to; empty if one of them cannot be a speaker."""
    if _NO_SPEAKER_START.match(words):
        return ()
    names = [name.strip(" ,:;") for name in split_speakers(words, parts.core, matcher)]
    speakers = tuple(parts.restore_quotations(name) for name in names if name)
    if parts.context and any(map(is_pronoun, speakers)):
        return ()  # the pronoun refers to somebody in the context
    return speakers if all(map(can_speak, speakers)) else ()


def can_speak(speaker: str) -> bool:
    """Whether the words can refer to a speaker: a pronoun, or a name or description of somebody in particular."""
    if is_pronoun(speaker):
        return True
    words = content_words(speaker)
    if _PRONOUN_WITH_VERB.match(speaker) or _ENDS_OPEN.fullmatch(speaker):
        return False
    return bool(words) and not _NOT_A_SPEAKER.issuperset(words) and _NEVER_IN_NAMES.isdisjoint(split_words(speaker))


def is_likely_speaker(speaker: str, knows_speaker: Callable[[str], bool]) -> bool:
    """Whether words in the place of a speaker are a name, a person or body, or somebody whom the library knows.

    "South Korea’s birth rate" and "egg prices" are none of these. What may be a name counts as one: that nobody of a
    name is quoted must be said, and nobody else's words be given.
    """
    ends_in_name = speaker.split()[-1][:1].isupper() and not _PLACE_BEFORE_NAME.search(speaker)
    if is_pronoun(speaker) or looks_like_name(speaker) or ends_in_name:
        return True  # also "second lady Ada Tarn", but not "proposed in Tarn", of "What was proposed in Tarn's plan?"
    words = name_words(speaker)
    if len(words) == 1 or (len(words) == 2 and words[0] in _GIVEN_NAMES):
        return True
    head = name_words(_HEAD_END.split(speaker, maxsplit=1)[0])
    if head and not _SPEAKER_NOUNS.isdisjoint((head[-1], head[-1].removesuffix("s"))):
        return True
    return knows_speaker(speaker)


def looks_like_name(text: str) -> bool:
    """Whether words can be a name, judging by capital letters, a title or a common given name."""
    parts = text.replace(",", " ").split()
    words = [part.lower().rstrip(".") for part in parts if part.lower() not in ("the", "and", "vs", "vs.", "versus")]
    if not words or words[-1] in _NOT_A_NAME or words[0] in _NOT_A_NAME or words[0] in STOP_WORDS:
        return False
    if words[-1] in _PEOPLE.titles or words[0] in _PEOPLE.titles or words[0] in _GIVEN_NAMES:
        return True
    return any(part[0].isupper() for part in parts) and all(
        part[0].isupper() or part.lower() in _NAME_CONNECTORS for part in parts
    )


def split_speakers(speaker: str, core: str, matcher: OutletMatcher) -> list[str]:
    """The single speakers in a list: "Okoro and Brandt", "Okoro vs. Brandt".

    "The Ministry of Health and Welfare" is one speaker, and so is any subject of a verb in the singular. `core` is
    the question that the list is part of.
    """
    speaker = re.sub(r"^both ", "", speaker, flags=re.IGNORECASE)
    opponents = _VERSUS.split(speaker)
    if len(opponents) > 1:
        return opponents
    if not any(separator in speaker for separator in (" and ", " or ", ", ")):
        return [speaker]
    parts = _LIST_SEPARATOR.split(speaker)
    if _is_single_speaker(speaker, parts, core) and not all(matcher.match_name(part) for part in parts):
        return [speaker]
    return parts


def _is_single_speaker(speaker: str, parts: list[str], core: str) -> bool:
    """Whether a name or description with a comma, "and" or "or" refers to one speaker."""
    before = core[: core.find(speaker)] if speaker in core else ""
    has_conjunction = " and " in speaker or " or " in speaker
    return (
        _SINGULAR_VERB.search(before) is not None
        or (_BODY_WITH_AND.match(speaker) is not None and "the" not in split_words(parts[-1]))
        or (", " in speaker and not has_conjunction)  # "Okoro, the mayor"
        or speaker.lower() in _NAMES_WITH_AND
        or parts[0] == parts[-1]
        or _is_bare_title(parts[0])  # "Mr and Mrs Okoro"
        or _is_body(parts)
    )


def _is_body(parts: list[str]) -> bool:
    """Whether the parts of a list are the name of one body: "the Food and Drink Federation"."""
    first, last = split_words(parts[0]), split_words(parts[-1])
    if not first or not last or last[-1] not in _PEOPLE.body_nouns or " or " in " ".join(parts):
        return False
    return first[0] == "the" and last[0] != "the" and first[-1] not in _PEOPLE.body_nouns


def _is_bare_title(name: str) -> bool:
    title = name.lower()
    return " " not in name and title.rstrip(".") in _PEOPLE.titles and title not in _PEOPLE.titles_not_people

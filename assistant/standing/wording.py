"""What a standing question means: a question for new articles, or words that a sentence of them must have."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.errors import QuestionError
from assistant.questions.parser import normalize_question
from assistant.text.words import content_words

_TELLING = re.compile(
    r"(?:please\s+)?(?:(?:tell|notify|alert|inform|warn|remind|e-?mail|show)\s+me|let\s+me\s+know|watch(?:\s+out)?|look\s+out)"
    r"(?:\s+(?:when(?:ever)?|if|once|as\s+soon\s+as|each\s+time|every\s+time|about|for|of|on))?\s+",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"(?P<who>.+?)\s+(?:says?|said|talks?|speaks?|comments?|states?|tells?|announces?|writes?)"
    r"(?:\s+(?:something|anything|more|a\s+word|things))?(?:\s+(?:new|else|more|again))?"
    r"(?:\s+(?:about|on|regarding|concerning|of)\s+(?P<topic>.+))?",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"(?:there\s+(?:is|are|'s)\s+|there’s\s+)?(?:something|anything|any\s+news|news|(?:new\s+)?(?:articles?|reports?|developments?))"
    r"(?:\s+new)?(?:\s+(?:happens|comes\s+up|appears|is\s+(?:said|reported|published)))?\s+(?:about|on|of|regarding|with|from)\s+",
    re.IGNORECASE,
)
_MENTION = re.compile(
    r"\s+(?:is|are|gets?|comes?|appears?)(?:\s+again)?(?:\s+(?:mentioned|named|in\s+the\s+(?:news|articles)|up))?\s*(?:again)?$",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"(?:any(?:body|one)|some(?:body|one)|who(?:ever)?|they|people|the\s+articles?|an\s+article)", re.IGNORECASE
)
_QUESTION = re.compile(
    r"(?:wh(?:at|en|ere|o|om|ose|y|ich)|how|did|do|does|is|are|was|were|has|have|had|can|could|will|would|should)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a standing question means. `question` is asked of new articles.

    Without one, a sentence that has all of `words`, in any inflection, is told. `speaker` is who is to say it.
    """

    question: str | None
    words: tuple[str, ...] = ()
    speaker: str | None = None

    @property
    def asked(self) -> str:
        """The question, or the words, in one line, from which `read_asked` makes the same again."""
        return self.question or "words: " + " ".join(self.words)

    def describe(self) -> str:
        """What will be told, in words."""
        if self.question is not None:
            return f"asks each new article: {self.question}"
        return f"looks in each new article for a sentence with: {', '.join(self.words)}"


def understand_wish(wording: str) -> Wanted:
    """What the user wants to be told. Raises QuestionError if it names nothing to look for."""
    text = normalize_question(wording).rstrip(".! ")
    told = _TELLING.match(text)
    clause = text[told.end() :] if told else text
    if clause.endswith("?") or (told is None and _QUESTION.match(clause)):
        return Wanted(clause if clause.endswith("?") else clause + "?", (), None)
    said = _SAYING.fullmatch(clause)
    if said and not _ANYBODY.fullmatch(said["who"]):
        topic = f" about {said['topic']}" if said["topic"] else ""
        return Wanted(f"What did {said['who']} say{topic}?", (), said["who"])
    subject = said["topic"] or "" if said else _MENTION.sub("", _NEWS.sub("", clause, count=1))
    words = content_words(subject)
    if not words:
        raise QuestionError(
            f"{wording!r}: names nothing to look for; for example: tell me when Ms Roe says something on the bridge"
        )
    return Wanted(None, words)


def read_asked(asked: str, wording: str) -> Wanted:
    """What was kept by `Wanted.asked`."""
    if asked.startswith("words: "):
        return Wanted(None, tuple(asked.removeprefix("words: ").split()))
    return Wanted(asked, (), understand_wish(wording).speaker)

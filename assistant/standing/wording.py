"""What a standing question means: a question for new articles, or words that a sentence of them must have."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.errors import QuestionError
from assistant.questions.parser import normalize_question
from assistant.text.words import content_words

_TELLING = re.compile(
    r"(?:please\s+)?(?:(?:can|could|would)\s+you\s+)?(?:please\s+)?"
    r"(?:(?:tell|notify|alert|inform|warn|remind|e-?mail|show|ping)\s+me|let\s+me\s+know"
    r"|keep\s+me\s+(?:posted|informed|updated|up\s+to\s+date)|i\s+(?:want|would\s+like|need)\s+to\s+(?:know|hear)"
    r"|i[’']d\s+like\s+to\s+(?:know|hear)|watch(?:\s+out)?|look\s+out|follow|track)"
    r"(?:\s+(?:when(?:ever)?|if|once|as\s+soon\s+as|each\s+time|every\s+time|about|for|of|on))?\s+",
    re.IGNORECASE,
)
_ABOUT = r"(?:about|on|regarding|concerning|of|that|to)"
_SAYING = re.compile(
    r"(?:(?:what(?:ever)?|anything|everything|all|something)(?:\s+new)?(?:\s+that)?\s+)?(?P<who>\S.*?)\s+"
    r"(?:says?|said|talks?|speaks?|comments?|states?|tells?|announces?|writes?|reacts?|responds?)"
    r"(?:\s+(?:something|anything|more|a\s+word|things))?(?:\s+(?:new|else|more|again))?"
    rf"(?:\s+{_ABOUT}\s+(?P<topic>.+))?",
    re.IGNORECASE,
)
_WORDS_OF = re.compile(
    r"(?:an?y?\s+|the\s+)?(?:new\s+|further\s+|latest\s+|more\s+)?"
    r"(?:statements?|quot(?:e|ation)s?|comments?|remarks?|words|announcements?|reactions?)\s+(?:by|from|of)\s+"
    rf"(?P<who>.+?)(?:\s+{_ABOUT}\s+(?P<topic>.+))?",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"(?:there\s+(?:is|are|'s)\s+|there[’']s\s+)?"
    r"(?:something|anything|any\s+news|news|(?:any\s+)?(?:new\s+)?(?:articles?|reports?|developments?|stories|story))"
    r"(?:\s+new)?(?:\s+(?:happens|comes\s+up|appears|is\s+(?:said|reported|published)))?"
    r"\s+(?:about|on|of|regarding|with|from)\s+",
    re.IGNORECASE,
)
_MENTION = re.compile(
    r"\s+(?:is|are|gets?|comes?|appears?)(?:\s+again)?(?:\s+(?:mentioned|named|in\s+the\s+(?:news|articles)|up))?\s*(?:again)?$",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"(?:any(?:body|one|thing)|some(?:body|one|thing)|who(?:ever)?|they|people|the\s+articles?|an\s+article)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:wh(?:at|en|ere|o|om|ose|y|ich)|how|did|do|does|is|are|was|were|has|have|had|can|could|will|would|should)\b",
    re.IGNORECASE,
)
_UNSAID = frozenset("anybody anyone anything somebody someone something whoever news new again".split())


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
    said = _WORDS_OF.fullmatch(clause) or _SAYING.fullmatch(clause)
    if said and not _ANYBODY.fullmatch(said["who"]):
        topic = f" about {said['topic']}" if said["topic"] else ""
        return Wanted(f"What did {said['who']} say{topic}?", (), said["who"])
    subject = said["topic"] or "" if said else _MENTION.sub("", _NEWS.sub("", clause, count=1))
    words = tuple(word for word in content_words(subject) if word not in _UNSAID)
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

"""A question into a Query: what kind it is, who is meant to have spoken, on what, in which words. No model."""

from __future__ import annotations

import re
import unicodedata

from assistant.errors import QuestionError
from assistant.records import Query

MAX_CHARACTERS = 4_000

_SAY = (
    r"say|says|said|saying|think|thinks|thought|tell|tells|told|claim|claims|claimed|argue|argues|argued|warn|warns|"
    r"warned|state|states|stated|announce|announced|promise|promised|call|called|describe|described|believe|believes|"
    r"believed|write|wrote|written|comment|commented|suggest|suggested|explain|explained|tweet|tweeted|deny|denied|"
    r"respond|responded|react|reacted|promised|admit|admitted|acknowledge|acknowledged|predict|predicted"
)
_ABOUT = r"about|on|of|regarding|concerning|over|to|as to"
_WHAT_SAID = re.compile(
    rf"^(?:what|how)\s+(?:else\s+)?(?:did|does|do|has|have|had|is|was)\s+(?P<speaker>.+?)\s+(?:ever\s+|also\s+|been\s+)*"
    rf"(?:{_SAY})\s+(?:\S+\s+)??(?:{_ABOUT})\s+(?P<topic>.+)$",
    re.IGNORECASE,
)
_WHAT_SAID_AT_ALL = re.compile(
    rf"^what\s+(?:else\s+)?(?:did|does|do|has|have|had)\s+(?P<speaker>.+?)\s+(?:{_SAY})$", re.IGNORECASE
)
_WHO_SAID = re.compile(rf"^(?:who|whom|which\s+\w+)\s+(?:has\s+|had\s+)?(?:{_SAY})\b", re.IGNORECASE)
_QUOTED = re.compile(
    r"„([^“”]{2,}?)[“”]|[“\"«]([^”\"»“„]{2,}?)[”\"»]|''(.{2,}?)''|(?<!\w)[‘'](\S[^’']*(?:[’']\w[^’']*)*)[’'](?!\w)"
)
_WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")

STOP_WORDS = frozenset(
    """
    a about above after again against all also am an and any are aren't as at be because been before
    being below between both but by can can't cannot could did didn't do does doesn't doing don't down
    during each else ever few for from further had has have having he her here hers herself him himself
    his how i if in into is isn't it it's its itself just let like made make many me might more most
    much must my myself no nor not of off on once one only or other our ours ourselves out over own per
    please said same say says shall she should so some such tell than that that's the their theirs them
    themselves then there these they this those through to too under until up upon us very was wasn't we
    were what what's when where which while who whom whose why will with within without would you your
    yours yourself held hold holds take takes taken took place happen happened happens occur occurred
    according regarding concerning
""".split()
)


def parse_question(text: str) -> Query:
    """Understand a question. Raises QuestionError when there is nothing to ask or it is too long."""
    asked = " ".join(text.split())
    if not asked or not _WORD.search(asked):
        raise QuestionError("the question is empty; ask something like: what did Ushakov say about Europe?")
    if len(asked) > MAX_CHARACTERS:
        raise QuestionError(
            f"the question has {len(asked):,} characters; at most {MAX_CHARACTERS:,} are read, so shorten it"
        )
    quoted = tuple(next(part for part in match.groups() if part).strip() for match in _QUOTED.finditer(asked))
    core = asked.rstrip("?!. ")
    if quoted and _WHO_SAID.match(core):
        return Query(asked, "who_said", content_words(" ".join(quoted)) or content_words(core), quoted=quoted)
    match = _WHAT_SAID.match(core) or _WHAT_SAID_AT_ALL.match(core)
    if match:
        speaker = match["speaker"].strip()
        topic = match.groupdict().get("topic")
        terms = content_words(topic) if topic else ()
        if content_words(speaker):
            return Query(asked, "said", terms, speakers=(speaker,), topic=topic, quoted=quoted)
    return Query(asked, "other", content_words(asked), quoted=quoted)


def words(text: str) -> list[str]:
    """The words of a text in lower case, without possessive endings; accents are kept."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").lower()
    return [re.sub(r"'s$", "", match[0]) for match in _WORD.finditer(text)]


def content_words(text: str) -> tuple[str, ...]:
    """The words that carry a subject, each once, in order."""
    return tuple(dict.fromkeys(word for word in words(text) if word not in STOP_WORDS))

"""A question into a Query: what kind it is, who is meant to have spoken, on what, when, in which words. No model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.errors import QuestionError
from assistant.questions.answer_types import expected
from assistant.questions.dates import Times, read_times
from assistant.questions.events import SPEECHES, read_event
from assistant.questions.outlets import Outlets
from assistant.questions.patterns import MOST_QUOTES, QUOTE, Phrasing, phrasings_of
from assistant.records.query import Expected, Period, Query
from assistant.text.lexicon import MEN, TITLES, WOMEN
from assistant.text.words import STOP_WORDS, content_words, quotations, words

__all__ = ["MAX_CHARACTERS", "STOP_WORDS", "content_words", "parse_question", "words"]

MAX_CHARACTERS = 4_000

_PLACEHOLDERS = range(ord(QUOTE), ord(QUOTE) + MOST_QUOTES)
_HIDDEN = ord(QUOTE) + 2 * MOST_QUOTES  # where characters begin that stand for names of outlets
_HAS_WORD = re.compile(r"\w")
_SENTENCE_END = re.compile(rf"(?<![\W_][A-Za-z])(?<!^[A-Z])[.!?]+[)\]]? +(?=[A-Z\"“‘'\d{QUOTE}])|\?+ +")
_ABBREVIATED = re.compile(
    rf"\b(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|vs|no|st|inc|co|corp|ltd|jr|sr|mt|{'|'.join(sorted(TITLES))})$",
    re.IGNORECASE,
)
_END = re.compile(r"(?:[\s?!,:;–—-]|(?<!\.\w)\.)+$")  # but for the full stop of U.S.
_ASKS = re.compile(
    r"(?:in |on |at |by |from |to |for |of )?(?:who|whom|whose|when|where|why|which|what|how|did|does|is|was)\b", re.I
)
_CONTRACTED = re.compile(r"^(what|who|how|where|when|why)(?:(['’]?)(s|d|re|ve|ll))\b", re.IGNORECASE)
_FULL = {"s": "is", "d": "did", "re": "are", "ve": "have", "ll": "will"}
_WH = r"(?:what|who|how|why|when|where|which)"
_LEAD_IN = re.compile(
    r"^(?:(?:please|so|and|but|ok|okay|well|hey|hi|hello|now|then|also|um|hm+),? |"
    r"(?:can|could|would|will) you (?:please )?(?=tell|show|find|give|explain|summari[sz]e|list|say)|"
    rf"(?:tell|show|give) (?:me|us) (?={_WH}|quotes?|the|a )|"
    rf"(?:do|does) (?:you|we|anyone|anybody) know (?:if |whether )?(?={_WH})|"
    r"compare (?=what|how|the|[A-Z])|compare how (?=the)|"
    r"(?:i want to know|i would like to know|i['’]?d like to know|i wonder|find out|summari[sz]e|list|remind me|"
    r"show me) "
    rf"(?=(?:all |any |the )*(?:{_WH}|quotes?)))",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:,? (?:please|exactly|again|anyway|then|in (?:the|these|my|our) (?:articles|news|collection)))$", re.IGNORECASE
)
_AND_WHY = re.compile(r",? and why$", re.IGNORECASE)
_JOINING = frozenset("the and of de la von van der al bin vs vs. versus".split())
_TO_DO = re.compile(r"^(?:to )?(?:do|happen)$|^(?:so|of|about|on|for|to)$", re.IGNORECASE)
_VERSUS = re.compile(r",? (?:vs\.?|versus) ", re.IGNORECASE)
_LIST = re.compile(r", and |, or |, | and | or ", re.IGNORECASE)
_ONE_NAME = frozenset({"trinidad and tobago", "bosnia and herzegovina", "antigua and barbuda", "marks and spencer"})

# Words that stand where a speaker would and are nobody in particular.
_NOBODY = frozenset(
    """
    anybody anyone article articles document everybody everyone nobody people piece somebody someone source sources
    story text there things
    """.split()
)
_NO_SPEAKER_START = re.compile(
    rf"(?:who|whom|whose|what|when|where|why|which|how|did|does|do|is|are|was|were|has|have|had|can|could|{QUOTE})\b|{QUOTE}",
    re.I,
)

# Nouns that people put before "on …" and that no one is called by, though a sentence begins with a capital.
_NO_NAME = frozenset(
    """
    advice agreement analysis angle article articles assault attack attacks ban bans based bets bill blame book books
    case comment comments consensus crackdown data deal debate decision details discussion doubts editorial effect
    effects
    emphasis essay evidence expert experts facts focus hands hearing impact impacts info information insight interview
    investigation latest law laws limit limits more new news note notes notices opinion opinions panel paper perspective
    pressure progress quote quotes referendum relying report reporting reports research restrictions ruling rules
    sanctions speech statement statistics stories story strike strikes studies study summary summit talk talks tariff
    tariffs tax taxes update updates verdict view views vote votes war warning wars work working
    """.split()
)


_PRONOUN = re.compile(
    r"(?:he|she|(?:his|her) (?:wife|husband|son|daughter|mother|father|brother|sister|lawyer))$", re.I
)

_BE = frozenset("is was are were".split())
_BARE = frozenset({"X on Y", "X vs Y on Z", "X’s view on Y", "X quotes on Y", "X said “…”"})
_MOST_BARE = 80  # characters of a topic; more is a sentence
_NO_PART = frozenset("according did does how what when where which why".split())


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question in the pieces that the phrasings are held against; quotations stand as placeholders."""

    text: str  # as typed, in one line
    marked: tuple[str, ...]  # its quotations with their marks
    quoted: tuple[str, ...]  # and without
    context: str  # statements that come before the question itself
    core: str

    def restored(self, text: str) -> str:
        """With quotations back in their places."""
        return text.translate({ord(QUOTE) + number: marked for number, marked in enumerate(self.marked)})


def parse_question(text: str, *, as_of: date | None = None, outlets: Sequence[str] = ()) -> Query:
    """Understand a question. Raises QuestionError when there is nothing to ask or it is too long.

    `as_of` is the day it is asked on, from which "yesterday" and "in March" are reckoned (see `read_times`);
    `outlets` are the sources of the library. The words of an event that dates the question ("since the summit") stay
    among the terms, at their end, because the articles have to be found in which it stands.
    """
    asked = " ".join(text.split())
    if not asked or not _HAS_WORD.search(asked):
        raise QuestionError("the question is empty; ask something like: what did Ushakov say about Europe?")
    if len(asked) > MAX_CHARACTERS:
        raise QuestionError(
            f"the question has {len(asked):,} characters; at most {MAX_CHARACTERS:,} are read, so shorten it"
        )
    sources = Outlets(outlets)
    masked, marked, quoted = _without_quotations(asked)
    rest, named = sources.cut(masked)
    hidden = {name: chr(_HIDDEN + place) for place, name in enumerate(sources.with_times_in(rest))}
    times = read_times(_replaced(rest, hidden), as_of)  # USA TODAY is no day
    times = replace(times, rest=_replaced(times.rest, {mark: name for name, mark in hidden.items()}))
    pieces = _Asked(asked, marked, quoted, *_question_of(times.rest))
    query = _phrased(pieces, sources) or _plain(pieces)
    return _dated(replace(query, outlets=tuple(dict.fromkeys((*named, *query.outlets)))), times)


def _replaced(text: str, pieces: Mapping[str, str]) -> str:
    for piece, other in pieces.items():
        text = text.replace(piece, other)
    return text


def _without_quotations(asked: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The question with a placeholder for each quotation, and these with and without their marks."""
    asked = re.sub("[\ue000-\ue0ff]", " ", asked)
    found = quotations(asked)[:MOST_QUOTES]
    masked, position = [], 0
    for number, (start, end, _) in enumerate(found):
        masked += [asked[position:start], chr(ord(QUOTE) + number)]
        position = end
    masked.append(asked[position:])
    return "".join(masked), tuple(asked[start:end] for start, end, _ in found), tuple(said for *_, said in found)


def _question_of(text: str) -> tuple[str, str]:
    """What is stated first, and the question: the last sentence that asks, without politeness and contractions."""
    sentences = _sentences(text)
    asking = [n for n, sentence in enumerate(sentences) if sentence.endswith("?") or _ASKS.match(sentence)]
    chosen = asking[-1] if asking else len(sentences) - 1
    core = _END.sub("", sentences[chosen]) if sentences else ""
    while (plainer := _TAIL.sub("", _LEAD_IN.sub("", core))) != core:
        core = plainer
    core = _CONTRACTED.sub(_spelled_out, core)
    return " ".join(sentences[:chosen] + sentences[chosen + 1 :]), core


def _sentences(text: str) -> list[str]:
    sentences, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        if "?" not in end[0] and _ABBREVIATED.search(text[max(start, end.start() - 20) : end.start()]):
            continue
        sentences.append(text[start : end.end()].strip())
        start = end.end()
    return [sentence for sentence in (*sentences, text[start:].strip()) if sentence]


def _spelled_out(match: re.Match[str]) -> str:
    if not match[2] and match[0].lower() not in ("whats", "whos", "hows", "wheres", "whens", "whatd", "howd"):
        return match[0]
    return f"{match[1]} {_FULL[match[3].lower()]}"


# ------------------------------------------------------------------------------------------- by phrasing


def _phrased(asked: _Asked, sources: Outlets) -> Query | None:
    """The question by the first phrasing that fits; an event that dates it is taken out where that is a sure thing."""
    event = read_event(asked.core)
    if (
        event
        and event.period
        and not re.search(r"\b(?:that|who|whose)\b", asked.core[: asked.core.find(event.period.words)])
    ):
        query = _by_table(replace(asked, core=event.rest.strip(" ?,")), sources)
        if query and (query.kind == "said" or query.over_time):
            telling = [word for word in content_words(event.period.anchor or "") if word not in SPEECHES]
            return replace(query, period=event.period, terms=tuple(dict.fromkeys((*query.terms, *telling))))
    return _by_table(asked, sources)


def _by_table(asked: _Asked, sources: Outlets) -> Query | None:
    for phrasing, match in phrasings_of(asked.core):
        groups = match.groupdict()
        cue = (groups.get("cue") or groups.get("verb") or "").lower()
        if (groups.get("did") or "").lower() in _BE and not cue.endswith("ing"):
            continue  # what is called, who was accused: somebody else's words
        query = Query(
            asked.text, phrasing.kind, (), quoted=asked.quoted, expects=phrasing.expects, over_time=phrasing.over_time,
            cue=cue or None,
        )  # fmt: skip
        topic = _topic(groups.get("topic"))
        if phrasing.kind == "said":
            said = _said(query, phrasing, groups["speaker"], topic, asked, sources)
            if said:
                return said
        elif phrasing.kind == "other":
            topic = asked.restored(topic or "")
            return replace(query, topic=topic or None, terms=content_words(f"{asked.restored(asked.context)} {topic}"))
        else:
            subject = asked.restored(f"{asked.context} {topic or ''}") if topic else ""
            terms = content_words(subject) or content_words(" ".join(asked.quoted)) or content_words(asked.core)
            wants: Expected | None = (expected(asked.core) or "person") if phrasing.kind == "who_said" else None
            return replace(query, terms=terms, expects=wants)
    return None


def _said(
    query: Query, phrasing: Phrasing, speaker: str, topic: str | None, asked: _Asked, sources: Outlets
) -> Query | None:
    """A question after somebody's words, if whoever would have spoken can; an outlet's words are its articles."""
    if phrasing.name in _BARE and (
        not _name_like(speaker) or _ASKS.search(asked.core) or len(topic or "") > _MOST_BARE
    ):
        return None
    speakers = tuple(
        asked.restored(each) for name in _split(speaker, asked.core, sources) if (each := name.strip(" ,:;"))
    )
    if asked.context and any(map(is_pronoun, speakers)):
        return None  # what is stated first says who it is
    if not speakers or _NO_SPEAKER_START.match(speaker) or not all(_somebody(each) for each in speakers):
        return None
    expects = query.expects
    if topic and (cut := _AND_WHY.sub("", topic)) != topic:
        topic, expects = cut, "reason"
    topic = asked.restored(topic) if topic else None
    query = replace(query, topic=topic, terms=content_words(topic or ""), expects=expects)
    papers = [sources.named(each) for each in speakers]
    if all(papers):
        return replace(query, kind="other", outlets=tuple(paper for paper in papers if paper))
    return replace(query, speakers=speakers)


def _topic(topic: str | None) -> str | None:
    topic = (topic or "").strip(" ,:;–—-")
    return None if _TO_DO.match(topic) or not topic else topic


def _somebody(speaker: str) -> bool:
    if is_pronoun(speaker):
        return True
    named = content_words(speaker)
    return bool(named) and not _NOBODY.issuperset(named) and _NO_PART.isdisjoint(words(speaker))


def is_pronoun(speaker: str) -> bool:
    """Whether only a conversation can tell who is meant: "she", "his wife"; asked about without one, it is nobody."""
    return _PRONOUN.match(speaker) is not None


def _split(speaker: str, core: str, sources: Outlets) -> list[str]:
    """Several speakers one by one. "The Ministry of Health and Welfare" and whoever "does" something are one."""
    speaker = re.sub(r"^both ", "", speaker, flags=re.IGNORECASE)
    if len(parts := _VERSUS.split(speaker)) > 1:
        return parts
    if " and " not in speaker and " or " not in speaker and ", " not in speaker:
        return [speaker]
    parts = _LIST.split(speaker)
    single = re.search(r"\b(?:does|has|is|was)\b", core[: core.find(speaker)] if speaker in core else "", re.IGNORECASE)
    one_body = re.match(r"(?:the )?[\w’' ]+ (?:of|for) \w+ and \w", speaker, re.IGNORECASE) and "the" not in words(
        parts[-1]
    )
    of_role = ", " in speaker and " and " not in speaker and " or " not in speaker
    if not all(sources.named(part) for part in parts) and (
        single or one_body or of_role or speaker.lower() in _ONE_NAME or parts[0] == parts[-1] or _only_title(parts[0])
    ):
        return [speaker]
    return parts


def _only_title(name: str) -> bool:
    return " " not in name and name.lower().rstrip(".") in TITLES and name.lower() not in ("us", "u.s")


def _name_like(text: str) -> bool:
    """Whether words may name somebody: by capitals, by a title, or by a common first name."""
    parts = text.replace(",", " ").split()
    plain = [part.lower().rstrip(".") for part in parts if part.lower() not in ("the", "and", "vs", "vs.", "versus")]
    if not plain or plain[-1] in _NO_NAME or plain[0] in _NO_NAME or plain[0] in STOP_WORDS:
        return False
    if plain[-1] in TITLES or plain[0] in MEN or plain[0] in WOMEN or plain[0] in TITLES:
        return True
    capitals = [part for part in parts if part[0].isupper()]
    return len(capitals) >= 1 and all(part[0].isupper() or part.lower() in _JOINING for part in parts)


# --------------------------------------------------------------------------------------------- otherwise


def _plain(asked: _Asked) -> Query:
    """Any other question: its words, and what its question word wants."""
    query = Query(
        asked.text, "other", content_words(asked.restored(f"{asked.context} {asked.core}")),
        quoted=asked.quoted, expects=expected(asked.core),
    )  # fmt: skip
    event = read_event(asked.core)
    if (
        event
        and event.period
        and re.match(r"(?:since|before|after) (?:the|he|she|they|his|her|their)\b", event.period.words, re.I)
    ):
        return replace(query, period=event.period)
    return query


def _dated(query: Query, times: Times) -> Query:
    """With the days that the question speaks of, where it says any: they count more than an event does."""
    period: Period | None = times.period or query.period
    dating = content_words(times.inside)
    return replace(
        query,
        period=period,
        newest_first=times.newest_first,
        terms=tuple(term for term in query.terms if term not in dating),
    )

"""A question into a Query: what kind it is, who is meant to have spoken, on what, when, in which words. No model."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.errors import QuestionError
from assistant.questions.answer_types import detect_answer_type
from assistant.questions.dates import ExtractedPeriod, extract_dates
from assistant.questions.events import SPEECH_NOUNS, extract_event
from assistant.questions.outlets import OutletMatcher
from assistant.questions.patterns import MAX_QUOTATIONS, QUOTE_PLACEHOLDER, Phrasing, match_phrasings
from assistant.records.query import AnswerType, Period, Query
from assistant.records.question_kinds import FACT_KIND
from assistant.text.lexicon import FEMALE_GIVEN_NAMES, MALE_GIVEN_NAMES, TITLES
from assistant.text.words import STOP_WORDS, content_words, find_quotations, split_words

__all__ = ["MAX_CHARACTERS", "STOP_WORDS", "content_words", "parse_question", "split_words"]

MAX_CHARACTERS = 4_000

_PLACEHOLDERS = range(ord(QUOTE_PLACEHOLDER), ord(QUOTE_PLACEHOLDER) + MAX_QUOTATIONS)
_OUTLET_PLACEHOLDER = (
    ord(QUOTE_PLACEHOLDER) + 2 * MAX_QUOTATIONS
)  # where characters begin that stand for names of outlets
_HAS_WORD = re.compile(r"\w")
_SENTENCE_END = re.compile(rf"(?<![\W_][A-Za-z])(?<!^[A-Z])[.!?]+[)\]]? +(?=[A-Z\"“‘'\d{QUOTE_PLACEHOLDER}])|\?+ +")
_ABBREVIATED = re.compile(
    rf"\b(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|vs|no|st|inc|co|corp|ltd|jr|sr|mt|{'|'.join(sorted(TITLES))})$",
    re.IGNORECASE,
)
_FINAL_PUNCTUATION = re.compile(r"(?:[\s?!,:;–—-]|(?<!\.\w)\.)+$")  # but for the full stop of U.S.
_QUESTION_START = re.compile(
    r"(?:in |on |at |by |from |to |for |of )?(?:who|whom|whose|when|where|why|which|what|how|did|does|is|was)\b", re.I
)
_CONTRACTED = re.compile(r"^(what|who|how|where|when|why)(?:(['’]?)(s|d|re|ve|ll))\b", re.IGNORECASE)
_FULL_VERBS = {"s": "is", "d": "did", "re": "are", "ve": "have", "ll": "will"}
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
_TRAILING_PHRASE = re.compile(
    r"(?:,? (?:please|exactly|again|anyway|then|in (?:the|these|my|our) (?:articles|news|collection)))$", re.IGNORECASE
)
_AND_WHY = re.compile(r",? and why$", re.IGNORECASE)
_NAME_CONNECTORS = frozenset("the and of de la von van der al bin vs vs. versus".split())
_EMPTY_TOPIC = re.compile(r"^(?:to )?(?:do|happen)$|^(?:so|of|about|on|for|to)$", re.IGNORECASE)
_VERSUS = re.compile(r",? (?:vs\.?|versus) ", re.IGNORECASE)
_LIST_SEPARATOR = re.compile(r", and |, or |, | and | or ", re.IGNORECASE)
_NAMES_WITH_AND = frozenset(
    {"trinidad and tobago", "bosnia and herzegovina", "antigua and barbuda", "marks and spencer"}
)

# Words that stand where a speaker would and are nobody in particular.
_NOT_A_SPEAKER = frozenset(
    """
    anybody anyone article articles document everybody everyone nobody people piece somebody someone source sources
    story text there things
    """.split()
)
_NO_SPEAKER_START = re.compile(
    rf"(?:who|whom|whose|what|when|where|why|which|how|did|does|do|is|are|was|were|has|have|had|can|could|{QUOTE_PLACEHOLDER})\b|{QUOTE_PLACEHOLDER}",
    re.I,
)

# Nouns that people put before "on …" and that no one is called by, though a sentence begins with a capital.
_NOT_A_NAME = frozenset(
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

_FORMS_OF_BE = frozenset("is was are were".split())
_PHRASINGS_WITHOUT_QUESTION = frozenset({"X on Y", "X vs Y on Z", "X’s view on Y", "X quotes on Y", "X said “…”"})
_MAX_TOPIC_CHARACTERS = 80  # characters of a topic; more is a sentence
_NEVER_IN_NAMES = frozenset("according did does how what when where which why".split())


@dataclass(frozen=True, slots=True)
class _ParsedQuestion:
    """A question in the pieces that the phrasings are held against; quotations stand as placeholders."""

    text: str  # as typed, in one line
    marked_quotations: tuple[str, ...]  # its quotations with their marks
    quoted: tuple[str, ...]  # and without
    context: str  # statements that come before the question itself
    core: str

    def restore_quotations(self, text: str) -> str:
        """With quotations back in their places."""
        return text.translate(
            {ord(QUOTE_PLACEHOLDER) + number: marked for number, marked in enumerate(self.marked_quotations)}
        )


def normalize_question(text: str) -> str:
    """The question on one line. Raises QuestionError if it has no word or is too long."""
    asked = " ".join(text.split())
    if not asked or not _HAS_WORD.search(asked):
        raise QuestionError("the question is empty; ask something like: what did Ushakov say about Europe?")
    if len(asked) > MAX_CHARACTERS:
        raise QuestionError(
            f"the question has {len(asked):,} characters; at most {MAX_CHARACTERS:,} are read, so shorten it"
        )
    return asked


def parse_question(
    text: str,
    *,
    as_of: date | None = None,
    choose_date: Callable[[Period], date] | None = None,
    outlets: Sequence[str] = (),
) -> Query:
    """Understand a question. Raises QuestionError if it has no word or is too long.

    `as_of` is the day of the question, from which "yesterday" and "in March" are computed (see `extract_dates`).
    If it is not known, `choose_date` chooses a day for a period that needs one. `outlets` are the sources of the
    library. The words of an event that dates the question ("since the summit") remain among the terms, at their end,
    because they are needed to find the articles about the event.
    """
    asked = normalize_question(text)
    sources = OutletMatcher(outlets)
    masked, marked, quoted = _mask_quotations(asked)
    rest, named = sources.extract_outlets(masked)
    hidden = {
        name: chr(_OUTLET_PLACEHOLDER + place) for place, name in enumerate(sources.find_names_with_time_words(rest))
    }
    undated = _replace_all(rest, hidden)  # the "TODAY" of USA TODAY is not a day
    times = extract_dates(undated, as_of)
    if as_of is None and choose_date and times.period and not times.period.is_resolved:
        times = extract_dates(undated, choose_date(times.period))
    times = replace(
        times, remaining_text=_replace_all(times.remaining_text, {mark: name for name, mark in hidden.items()})
    )
    pieces = _ParsedQuestion(asked, marked, quoted, *_extract_question(times.remaining_text))
    query = _parse_by_phrasing(pieces, sources) or _parse_by_words(pieces)
    return _add_period(replace(query, outlets=tuple(dict.fromkeys((*named, *query.outlets)))), times)


def _replace_all(text: str, pieces: Mapping[str, str]) -> str:
    for piece, other in pieces.items():
        text = text.replace(piece, other)
    return text


def _mask_quotations(asked: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The question with a placeholder for each quotation, and these with and without their marks."""
    asked = re.sub("[\ue000-\ue0ff]", " ", asked)
    found = find_quotations(asked)[:MAX_QUOTATIONS]
    masked, position = [], 0
    for number, (start, end, _) in enumerate(found):
        masked += [asked[position:start], chr(ord(QUOTE_PLACEHOLDER) + number)]
        position = end
    masked.append(asked[position:])
    return "".join(masked), tuple(asked[start:end] for start, end, _ in found), tuple(said for *_, said in found)


def _extract_question(text: str) -> tuple[str, str]:
    """What is stated first, and the question: the last sentence that asks, without politeness and contractions."""
    sentences = _split_sentences(text)
    asking = [n for n, sentence in enumerate(sentences) if sentence.endswith("?") or _QUESTION_START.match(sentence)]
    chosen = asking[-1] if asking else len(sentences) - 1
    core = _FINAL_PUNCTUATION.sub("", sentences[chosen]) if sentences else ""
    while (plainer := _TRAILING_PHRASE.sub("", _LEAD_IN.sub("", core))) != core:
        core = plainer
    core = _CONTRACTED.sub(_expand_contraction, core)
    return " ".join(sentences[:chosen] + sentences[chosen + 1 :]), core


def _split_sentences(text: str) -> list[str]:
    sentences, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        if "?" not in end[0] and _ABBREVIATED.search(text[max(start, end.start() - 20) : end.start()]):
            continue
        sentences.append(text[start : end.end()].strip())
        start = end.end()
    return [sentence for sentence in (*sentences, text[start:].strip()) if sentence]


def _expand_contraction(match: re.Match[str]) -> str:
    if not match[2] and match[0].lower() not in ("whats", "whos", "hows", "wheres", "whens", "whatd", "howd"):
        return match[0]
    return f"{match[1]} {_FULL_VERBS[match[3].lower()]}"


# ------------------------------------------------------------------------------------------- by phrasing


def _parse_by_phrasing(question: _ParsedQuestion, sources: OutletMatcher) -> Query | None:
    """The question by the first phrasing that fits; an event that dates it is taken out where that is a sure thing."""
    event = extract_event(question.core)
    if (
        event
        and event.period
        and not re.search(r"\b(?:that|who|whose)\b", question.core[: question.core.find(event.period.words)])
    ):
        query = _match_phrasing_table(replace(question, core=event.remaining_text.strip(" ?,")), sources)
        if query and (query.traits.names_speaker or query.over_time):
            telling = [word for word in content_words(event.period.anchor or "") if word not in SPEECH_NOUNS]
            return replace(query, period=event.period, terms=tuple(dict.fromkeys((*query.terms, *telling))))
    return _match_phrasing_table(question, sources)


def _match_phrasing_table(question: _ParsedQuestion, sources: OutletMatcher) -> Query | None:
    for phrasing, match in match_phrasings(question.core):
        groups = match.groupdict()
        cue = (groups.get("cue") or groups.get("verb") or "").lower()
        if (groups.get("did") or "").lower() in _FORMS_OF_BE and not cue.endswith("ing"):
            continue  # what is called, who was accused: somebody else's words
        query = Query(
            question.text, phrasing.kind, (), quoted=question.quoted, expects=phrasing.expects,
            over_time=phrasing.over_time,
            cue=cue or None,
        )  # fmt: skip
        topic = _clean_topic(groups.get("topic"))
        if phrasing.traits.names_speaker:
            said = _build_statement_query(query, phrasing, groups["speaker"], topic, question, sources)
            if said:
                return said
        elif phrasing.traits.asks_for_fact:
            topic = question.restore_quotations(topic or "")
            return replace(
                query,
                topic=topic or None,
                terms=content_words(f"{question.restore_quotations(question.context)} {topic}"),
            )
        else:
            subject = question.restore_quotations(f"{question.context} {topic or ''}") if topic else ""
            terms = content_words(subject) or content_words(" ".join(question.quoted)) or content_words(question.core)
            wants: AnswerType | None = (
                (detect_answer_type(question.core) or "person") if phrasing.traits.asks_for_speaker else None
            )
            return replace(query, terms=terms, expects=wants)
    return None


def _build_statement_query(
    query: Query, phrasing: Phrasing, speaker: str, topic: str | None, question: _ParsedQuestion, sources: OutletMatcher
) -> Query | None:
    """A question after somebody's words, if whoever would have spoken can; an outlet's words are its articles."""
    if phrasing.name in _PHRASINGS_WITHOUT_QUESTION and (
        not _is_name_like(speaker) or _QUESTION_START.search(question.core) or len(topic or "") > _MAX_TOPIC_CHARACTERS
    ):
        return None
    speakers = tuple(
        question.restore_quotations(each)
        for name in _split_speakers(speaker, question.core, sources)
        if (each := name.strip(" ,:;"))
    )
    if question.context and any(map(is_pronoun, speakers)):
        return None  # what is stated first says who it is
    if not speakers or _NO_SPEAKER_START.match(speaker) or not all(_can_be_speaker(each) for each in speakers):
        return None
    expects = query.expects
    if topic and (cut := _AND_WHY.sub("", topic)) != topic:
        topic, expects = cut, "reason"
    topic = question.restore_quotations(topic) if topic else None
    query = replace(query, topic=topic, terms=content_words(topic or ""), expects=expects)
    papers = [sources.match_name(each) for each in speakers]
    if all(papers):
        return replace(query, kind=FACT_KIND, outlets=tuple(paper for paper in papers if paper))
    return replace(query, speakers=speakers)


def _clean_topic(topic: str | None) -> str | None:
    topic = (topic or "").strip(" ,:;–—-")
    return None if _EMPTY_TOPIC.match(topic) or not topic else topic


def _can_be_speaker(speaker: str) -> bool:
    if is_pronoun(speaker):
        return True
    named = content_words(speaker)
    return bool(named) and not _NOT_A_SPEAKER.issuperset(named) and _NEVER_IN_NAMES.isdisjoint(split_words(speaker))


def is_pronoun(speaker: str) -> bool:
    """Whether only a conversation can tell who is meant: "she", "his wife"; asked about without one, it is nobody."""
    return _PRONOUN.match(speaker) is not None


def _split_speakers(speaker: str, core: str, sources: OutletMatcher) -> list[str]:
    """Several speakers one by one. "The Ministry of Health and Welfare" and whoever "does" something are one."""
    speaker = re.sub(r"^both ", "", speaker, flags=re.IGNORECASE)
    if len(parts := _VERSUS.split(speaker)) > 1:
        return parts
    if " and " not in speaker and " or " not in speaker and ", " not in speaker:
        return [speaker]
    parts = _LIST_SEPARATOR.split(speaker)
    single = re.search(r"\b(?:does|has|is|was)\b", core[: core.find(speaker)] if speaker in core else "", re.IGNORECASE)
    one_body = re.match(
        r"(?:the )?[\w’' ]+ (?:of|for) \w+ and \w", speaker, re.IGNORECASE
    ) and "the" not in split_words(parts[-1])
    of_role = ", " in speaker and " and " not in speaker and " or " not in speaker
    if not all(sources.match_name(part) for part in parts) and (
        single
        or one_body
        or of_role
        or speaker.lower() in _NAMES_WITH_AND
        or parts[0] == parts[-1]
        or _is_bare_title(parts[0])
    ):
        return [speaker]
    return parts


def _is_bare_title(name: str) -> bool:
    return " " not in name and name.lower().rstrip(".") in TITLES and name.lower() not in ("us", "u.s")


def _is_name_like(text: str) -> bool:
    """Whether words may name somebody: by capitals, by a title, or by a common first name."""
    parts = text.replace(",", " ").split()
    plain = [part.lower().rstrip(".") for part in parts if part.lower() not in ("the", "and", "vs", "vs.", "versus")]
    if not plain or plain[-1] in _NOT_A_NAME or plain[0] in _NOT_A_NAME or plain[0] in STOP_WORDS:
        return False
    if plain[-1] in TITLES or plain[0] in MALE_GIVEN_NAMES or plain[0] in FEMALE_GIVEN_NAMES or plain[0] in TITLES:
        return True
    capitals = [part for part in parts if part[0].isupper()]
    return len(capitals) >= 1 and all(part[0].isupper() or part.lower() in _NAME_CONNECTORS for part in parts)


# --------------------------------------------------------------------------------------------- otherwise


def _parse_by_words(question: _ParsedQuestion) -> Query:
    """Any other question: its words, and what its question word wants."""
    query = Query(
        question.text, FACT_KIND, content_words(question.restore_quotations(f"{question.context} {question.core}")),
        quoted=question.quoted, expects=detect_answer_type(question.core),
    )  # fmt: skip
    event = extract_event(question.core)
    if (
        event
        and event.period
        and re.match(r"(?:since|before|after) (?:the|he|she|they|his|her|their)\b", event.period.words, re.I)
    ):
        return replace(query, period=event.period)
    return query


def _add_period(query: Query, times: ExtractedPeriod) -> Query:
    """With the days that the question speaks of, where it says any: they count more than an event does."""
    period: Period | None = times.period or query.period
    dating = content_words(times.kept_words)
    return replace(
        query,
        period=period,
        newest_first=times.newest_first,
        terms=tuple(term for term in query.terms if term not in dating),
    )

"""Reads a question about the whole collection: what is counted or listed, on what, by whom, where and when."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.questions.collection.acts import is_directed_act
from assistant.questions.collection.forms import CollectionForm, match_forms
from assistant.questions.outlets import OutletMatcher
from assistant.questions.question_parts import QUOTE_PLACEHOLDER, MaskedText, mask_quotations
from assistant.questions.search.typed import is_typed_search
from assistant.questions.speakers import looks_like_name
from assistant.records.collection.question import CollectionKind, CollectionQuery, Grouping, Unit
from assistant.records.query import Period, Query

MAX_TOPIC_WORDS = 12
MAX_NAME_WORDS = 8

_POLITE = re.compile(
    r"^(?:(?:please|so|and|but|ok|okay|well|hey|hi|hello|now|then|also),? |"
    r"(?:can|could|would|will) (?:you|i|we) (?:please )?(?=\w)|"
    r"(?:i (?:want|would like|need)|i['’]d like) (?:to (?:see|know|have) |you to )?(?=\w)|"
    r"(?:do you know|tell me|let me know|find out) (?=how many|how often|which|who|when|what (?!about)))",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:,? (?:please|exactly|altogether|in total|overall|at all|so far|here|"
    r"(?<!\bappear )in (?:the|this|my|our|your|these|all) (?:whole |entire )?"
    r"(?:library|collection|archive|index|database|articles|corpus)|"
    r"(?:were|was|have been|has been) (?:published|printed|written)))$",
    re.IGNORECASE,
)
_TAGGED = re.compile(
    r"\b(?:that |which )?(?:(?:are|is|were|was) )?(?:tagged|(?:with|having|have|has) (?:the |a )?tag)(?: (?:with|as))? "
    r"#?(\S+)",
    re.IGNORECASE,
)
_ALIKE = re.compile(
    r"^(?P<before>.*?\b(?:articles|stories|reports|pieces)|more) (?:(?:that|which) )?(?:are )?"
    r"(?:(?:very |most )?(?:similar to|like|resembl(?:e|ing|es)|related to)) "
    r"(?:(?:the|that) (?:one|article|story|report|piece) )?(?:(?:about|on|titled|called|of) )?(?P<article>\S.*)$",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"[“\"][^”\"]*[”\"]|\b(?!(?:US|WHO)\b)[^\W\d_]+")  # quoted words and these two stay
_FINAL = re.compile(r"[\s?!.,:;]+$")
_CONTRACTION = re.compile(r"^(what|who)(?:['’]s|s)\b", re.IGNORECASE)
_GROUPING = re.compile(
    r",? (?:(?:broken down|grouped|split|sorted|listed|counted) )?(?:by|per|for each|in each|each|every) "
    r"(?P<group>outlet|source|newspaper|paper|month|year|day|speaker|person|author|journalist)$",
    re.IGNORECASE,
)
# "articles per month on the ferry": the grouping before the topic
_GROUPED_FIRST = re.compile(
    r"^(?P<unit>(?:.* )?(?:articles|stories|reports|statements|quotes)) (?:by|per|for each|in each|each|every) "
    r"(?P<group>outlet|source|newspaper|paper|month|year|day|author|journalist) "
    r"(?P<rest>(?:about|on|regarding|concerning|covering|mentioning|that mention) .*)$",
    re.IGNORECASE,
)
_EACH_HAS = re.compile(
    r"^(?P<count>(?:how many|number of) \w+) (?:does|did|do|has|have) (?:each|every) (?P<group>outlet|source|newspaper|"
    r"paper|author|journalist) (?:have|publish(?:ed)?|print(?:ed)?|wr(?:ite|itten)|carr(?:y|ied))(?P<rest>.*)$",
    re.IGNORECASE,
)
_GROUPS: dict[str, Grouping] = {
    **dict.fromkeys(("outlet", "source", "newspaper", "paper"), "outlet"),
    **dict.fromkeys(("speaker", "person"), "speaker"),
    **dict.fromkeys(("author", "journalist"), "author"),
    "month": "month", "year": "year", "day": "day",
}  # fmt: skip
_SEVERAL_SENTENCES = re.compile(r"\w{3,}[.!]\s+[A-Z]|\?\s+\w")
_CLAUSE = re.compile(
    r"\b(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could|should|must|may)\b"  # not Will Smith
)
_ARTICLE = re.compile(r"^(?:the|an?|any|some|all|my|our|this|that|these|those|its|their)\s+", re.IGNORECASE)
# "the word tide", "words “ebb and flow”", but not "word games"
_THE_WORD = re.compile(
    rf"^(?:the (?:word|phrase) (?=\S+$)|(?:the )?(?:words?|phrases?) (?=[{QUOTE_PLACEHOLDER}-\ue0ff]))", re.IGNORECASE
)
_PRONOUN = re.compile(r"(?:it|this|that|them|these|those|him|her|he|she|they|there|here|me|us|you)", re.IGNORECASE)
_NOT_A_PERSON = re.compile(
    r"\b(?!WHO)(?i:who|that|which|whose|\w+ing|behind|against|with|to)\b|^(?i:in|on|at|from|of|for|by)\b"
)
_OFFICE = re.compile(r"^(?:the|an?) \w|['’]s? \w|\bof\b", re.IGNORECASE)
_PROPER_NAME = re.compile(r"(?:the )?[A-Z][\w’'.&-]*(?: (?:of|and|for|the|[A-Z0-9][\w’'.&-]*))*")
_ASKS_NEWS = re.compile(
    r"\b(?:new|news|latest|digest|roundup|round-up|(?:last|past) (?:week|few days))\b", re.IGNORECASE
)
_LAST = frozenset(("last", "latest", "newest", "most recent"))
_QUESTION_WORD = re.compile(r"(?:how|why|what|who|whom|whose|when|where|which|whether)\b(?! to\b)", re.IGNORECASE)
_NO_TOPIC = re.compile(
    r"(?:the )?(?:(?:news|articles|events|week|day|month|year|latest news)(?: of)?|what happened)|"
    r"(?:any|some|every)thing|(?:last|past) (?:week|few days)",  # whose days are not known: the last of the library
    re.I,
)


def parse_collection_question(
    query: Query, outlets: Sequence[str], knows_speaker: Callable[[str], bool]
) -> CollectionQuery | None:
    """The question about the collection that a parsed question is; None if it asks for something else.

    `outlets` are the sources of the library; `knows_speaker` tells whether the library quotes somebody of that name.
    """
    if is_typed_search(query.text):
        return CollectionQuery("list", "articles", search=query.text.strip())
    masked = mask_quotations(query.text)
    if query.language is not None or _SEVERAL_SENTENCES.search(masked.text):
        return None
    matcher = OutletMatcher(outlets)
    undated = _remove_period(masked.text, query.period)
    without_outlets, named = matcher.extract_outlets(undated)
    readings = [(without_outlets, named), (undated, ())] if named else [(undated, ())]
    for text, outlets_named in readings:
        core, grouping = _simplify(text)
        for form, match in match_forms(core):
            found = _build(form, match, masked, query.period)
            found = found and _place_names(found, match, matcher, knows_speaker)
            if found is not None:
                found_outlets = tuple(dict.fromkeys((*outlets_named, *found.outlets)))
                found = replace(found, period=query.period, outlets=found_outlets, group_by=grouping)
                if not any(map(str.islower, query.text)):  # its capitals make no names and acronyms
                    found = replace(found, topic=_CAPITALS.sub(_lower_unquoted, found.topic))
                if _is_complete(found, query):
                    return found
    return None


def _lower_unquoted(found: re.Match[str]) -> str:
    return found[0] if found[0][0] in '“"' else found[0].lower()


def _remove_period(text: str, period: Period | None) -> str:
    """The question without the words that date it; those of a possessive ("last week’s vote") stay."""
    if period is None:
        return text
    pattern = rf"(?<!\w){re.escape(period.words)}(?!\w|['’]s)"
    return " ".join(re.sub(pattern, " ", text, count=1, flags=re.IGNORECASE).split()).replace(" ?", "?")


def _simplify(text: str) -> tuple[str, Grouping | None]:
    """The question without polite words and final punctuation, and by what its numbers are to be grouped."""
    core = _FINAL.sub("", _TAGGED.sub(r"with tag:\1", text.strip()))
    if alike := _ALIKE.match(core):
        before = alike["before"] if alike["before"].lower() != "more" else "more articles"
        article = alike["article"]
        core = f"{before} with like:{article if QUOTE_PLACEHOLDER in article else f'“{article}”'}"
    if each := _EACH_HAS.match(core):
        core = f"{each['count']}{each['rest']} by {each['group']}"
    if first := _GROUPED_FIRST.match(core):
        core = f"{first['unit']} {first['rest']} by {first['group']}"
    grouping: Grouping | None = None
    while True:
        shorter = _FINAL.sub("", _ENDING.sub("", _POLITE.sub("", core)))
        if grouping is None and (found := _GROUPING.search(shorter)):
            grouping, shorter = _GROUPS[found["group"].lower()], shorter[: found.start()]
        if shorter == core:
            return _CONTRACTION.sub(lambda match: f"{match[1]} is", core), grouping
        core = shorter


def _build(
    form: CollectionForm, match: re.Match[str], masked: MaskedText, period: Period | None
) -> CollectionQuery | None:
    if form.needs_period and (period is None or not period.is_resolved):
        return None
    groups = {name: value for name, value in match.groupdict().items() if value}
    topic = _clean_topic(next((value for name, value in groups.items() if name.startswith("topic")), ""))
    restored = masked.restore_quotations(topic)
    if topic == restored and (_CLAUSE.search(topic) or (_QUESTION_WORD.match(topic) and not topic[:3].isupper())):
        return None
    if (_PRONOUN.fullmatch(topic) and not topic.isupper()) or len(topic.split()) > MAX_TOPIC_WORDS:
        return None
    quoted = tuple(
        words for words, marked in zip(masked.quoted, masked.marked_quotations, strict=True) if marked in restored
    )
    kind: CollectionKind = form.kind
    if kind == "first" and groups.get("place", "").lower() in _LAST:
        kind = "last"
    unit = form.unit or _read_unit(groups.get("unit", ""))
    speaker = groups.get("speaker")
    if speaker is not None and (_CLAUSE.search(speaker) or (_PRONOUN.fullmatch(speaker) and not speaker.isupper())):
        return None
    act, target, besides = groups.get("act"), groups.get("target"), groups.get("besides")
    if any(name and not _is_target(name) for name in (target, besides)) or (act and not is_directed_act(act)):
        return None
    if target and not act:  # "Who disagreed with Lam about the bill?" is told where both are
        restored, besides = " and ".join(filter(None, (restored, target))), target
    return CollectionQuery(
        kind,
        unit,
        restored,
        quoted,
        act=act,
        target=target,
        besides=besides,
        speaker=speaker and masked.restore_quotations(_ARTICLE.sub("", speaker) if speaker.islower() else speaker),
        author=groups.get("author"),
        period=period,
        unit_words=groups.get("unit", ""),
    )


def _is_target(words: str) -> bool:
    """Whether words are somebody, or a thing, and no clause or pronoun."""
    return not (
        QUOTE_PLACEHOLDER in words or _CLAUSE.search(words) or _PRONOUN.fullmatch(words) or _NOT_A_PERSON.search(words)
    )


def _place_names(
    found: CollectionQuery, match: re.Match[str], matcher: OutletMatcher, knows_speaker: Callable[[str], bool]
) -> CollectionQuery | None:
    """The query with its outlet and author ("by the Gazette" names an outlet); None if the words name nothing."""
    named = match.groupdict().get("outlet") or found.author
    if named is not None:
        outlet = matcher.match_name(named)
        if outlet is not None:
            return replace(found, outlets=(outlet,), author=None)
        if found.author is None or not any(map(str.isupper, named)):
            return None
    if found.kind == "who" and match[0][:4].lower() == "what" and not _PROPER_NAME.fullmatch(found.speaker or ""):
        return None
    if found.kind == "who":
        return found if _is_person(found.speaker or "", knows_speaker) else None
    if found.speaker is not None and found.unit == "statements" and not any(map(str.isupper, found.speaker)):
        return found if knows_speaker(found.speaker) else None
    return found


def _is_person(words: str, knows_speaker: Callable[[str], bool]) -> bool:
    """Whether words are a name, or an office that somebody of the library has: "the mayor of Port Ellery"."""
    if (
        QUOTE_PLACEHOLDER in words
        or len(words.split()) > MAX_NAME_WORDS
        or _CLAUSE.search(words)
        or _NOT_A_PERSON.search(words)
    ):
        return False
    return looks_like_name(words) or (is_office(words) and knows_speaker(words))


def is_office(words: str) -> bool:
    """Whether words describe one person: "the mayor", "Port Ellery’s mayor", "president of the club"."""
    return _OFFICE.search(words) is not None


def _is_complete(found: CollectionQuery, query: Query) -> bool:
    """Whether a brief or timeline has something to be about, and a list of all articles was really asked for."""
    if found.kind in ("brief", "timeline"):
        is_dated = query.period is not None and query.period.is_resolved
        return bool(found.topic or found.outlets or is_dated or _ASKS_NEWS.search(query.text))
    return True


def _read_unit(words: str) -> Unit:
    return "stories" if "stor" in words.lower() else "articles"


def _clean_topic(topic: str) -> str:
    topic = topic.strip(" ,:;–—-")
    while (shorter := _ARTICLE.sub("", _THE_WORD.sub("", topic))) != topic:
        topic = shorter
    return "" if _NO_TOPIC.fullmatch(topic) else topic

"""Attributions in a sentence: who speaks, with which cue; also subjects, people and roles. Resolves no mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.speech.checks import is_passive
from assistant.speech.patterns import (
    APPOSITION,
    NAME_MODIFIER,
    PATTERNS,
    SUBJECT_VERB_GAP,
    ContentSide,
    MentionKind,
    Pattern,
)
from assistant.speech.subjects.candidate import Candidate
from assistant.speech.tagger import TaggedSentence
from assistant.text.languages import ENGLISH
from assistant.text.names import has_given_name
from assistant.text.quotation_marks import QUOTE_MASK

_PEOPLE, _GRAMMAR = ENGLISH.people, ENGLISH.grammar
_IMITATION = re.compile(ENGLISH.status.imitation)
_TEXT_NOUNS = ENGLISH.narration.text_nouns
_BODY_NOUNS = _PEOPLE.body_nouns | _PEOPLE.organization_words | {"order"}
_OF_FIELD = re.compile(r"oD?[NTw]")
_OF_BODY = re.compile(r"oDw?N")
_ROLE_WORDS = _PEOPLE.titles | _PEOPLE.person_nouns


@dataclass(frozen=True, slots=True)
class Attribution:
    """One mention of a speaker with a cue ("said"). All offsets are into the sentence.

    `name` is a name without titles, or a pronoun or role as written. `start` and `end` enclose the mention and the cue.
    `role` is the description next to a name.
    """

    name: str
    cue: str
    kind: MentionKind
    side: ContentSide
    start: int
    end: int
    cue_start: int
    role: str | None = None
    co_speakers: tuple[str, ...] = ()  # further speakers of the same words: "Ada and Ivo said"
    title: str = ""  # the last word before the name: "Mrs."
    via: str | None = None  # who quotes the speaker, as written: "the Post quoted Ada as saying"
    body: str = ""  # to which a name belongs: "Tarn Fund" in "Brandreth of the Tarn Fund"


_HAS_CUE = re.compile(r"[SLVbGXKQ]")
_POSSESSIVE_ENDING = re.compile(r"(?:[’']s|(?<=s)[’'])$")
_AND_NAME = re.compile(rf"(?P<modifier>{NAME_MODIFIER})c[DTwO]{{0,4}}(?P<second>N)(?=[.,oqd]|$)")


def find_attributions(sentence: TaggedSentence) -> list[Attribution]:
    """The attributions in a sentence, in the order of their cues."""
    if not _HAS_CUE.search(sentence.tags):
        return []
    used_cues: set[int] = set()
    attributions: list[Attribution] = []
    for pattern in PATTERNS:
        if pattern.requires not in sentence.tags:
            continue
        at = 0
        while match := pattern.regex.search(sentence.tags, at):
            at = match.start() + 1
            candidate = Candidate(sentence, match, match.start("name"), match.end("name"), match.start("cue"))
            if candidate.cue_start not in used_cues and all(check(candidate) for check in pattern.accepts):
                used_cues.update(match.start(group) for group in ("cue", "key") if group in match.re.groupindex)
                attributions.append(_make_attribution(candidate, pattern))
    attributions.sort(key=lambda attribution: attribution.cue_start)
    return [attribution for attribution in attributions if not _is_nested(attribution, attributions)]


def _is_nested(attribution: Attribution, attributions: list[Attribution]) -> bool:
    """Whether somebody else mentions "Trump’s claim": “Ada said that Ivo’s claim …”."""
    if attribution.side != "after" or attribution.cue == ":":
        return False
    return any(other.side != "after" and other.cue_start < attribution.cue_start for other in attributions)


def _make_attribution(candidate: Candidate, pattern: Pattern) -> Attribution:
    sentence, name = candidate.sentence, candidate.name
    cue = sentence.tokens[candidate.cue_start]
    start, end = min(name.start, cue.start), max(sentence.tokens[candidate.name_end - 1].end, cue.end)
    via, via_start = _find_via(candidate)
    if candidate.match.groupdict().get("until"):
        end = sentence.tokens[candidate.match.end("until") - 1].end
    if pattern.kind != "name":
        mention = sentence.text_between(candidate.name_start, candidate.name_end)
        if pattern.side == "after":  # "the minister’s verdict: “…”"
            mention = _POSSESSIVE_ENDING.sub("", mention)
        mention = _GRAMMAR.object_pronouns.get(mention.lower(), mention) if pattern.kind == "pronoun" else mention
        return Attribution(
            mention, cue.text, pattern.kind, pattern.side, min(start, via_start), end, cue.start, via=via
        )
    lead = _NAME_LEAD.search(sentence.tags, 0, candidate.name_start)
    described = lead.start() if lead else candidate.name_start
    if pattern.leads_with_role and not sentence.tags.endswith("c", 0, candidate.match.start("lead")):
        described = candidate.match.start("lead")
    start = min(sentence.tokens[described].start, start, via_start)
    first = candidate.match.end("key") if "key" in candidate.match.groupdict() else 0
    role = _find_role(sentence, candidate.name_start, first if first <= candidate.name_start else 0)
    others = [sentence.tokens[place] for place in _find_co_speakers(candidate, pattern)]
    if others:
        names = tuple(word.name for word in others)
        end = max(end, others[-1].end)
        return Attribution(name.name, cue.text, "name", pattern.side, start, end, cue.start, role, names)
    before = sentence.tokens[candidate.name_start - 1].text if candidate.name_start else ""
    is_title = (before.istitle() and candidate.tags_before.endswith("T")) or before in ENGLISH.narration.family_ranks
    title = before if is_title and (not name.lead or before in ENGLISH.narration.family_ranks) else name.lead
    title = title.rsplit(" ", 1)[-1]
    full = _read_body(sentence, candidate.name_start)
    member = _OF_BODY.match(sentence.tags, candidate.name_start + 1)
    body = sentence.tokens[member.end() - 1].name if member else ""
    return Attribution(
        full, cue.text, "name", pattern.side, start, end, cue.start, role, title=title, via=via, body=body
    )


def _read_body(sentence: TaggedSentence, at: int) -> str:
    """The name at a token, with "of Justice" if it is a body's: "US Department of Justice"."""
    name = sentence.tokens[at].name
    behind = _OF_FIELD.match(sentence.tags, at + 1)
    if behind is None or name.split()[-1].lower() not in _BODY_NOUNS:
        return name
    if sentence.tokens[at + 1].text != "of" or not sentence.tokens[behind.end() - 1].text[0].isupper():
        return name
    return f"{name} {sentence.text_between(at + 1, behind.end())}"


_BY_SOURCE = re.compile(r"y(?P<via>[DO]?[wTNO]{1,6})")


def _find_via(candidate: Candidate) -> tuple[str | None, int]:
    """Who quotes the speaker, and where that mention begins; without one, None and the end of the sentence."""
    match, sentence = candidate.match, candidate.sentence
    groups = match.groupdict()
    if groups.get("opening"):
        return None, sentence.tokens[match.start("opening")].start
    if "via" not in groups:
        return None, len(sentence.text)
    if groups["via"]:
        source, start = sentence.text_between(*match.span("via")), sentence.tokens[match.start("via")].start
        return lower_article(source), start
    behind = _BY_SOURCE.match(sentence.tags, match.end("cue"))  # "was quoted as saying by the Post"
    source = sentence.text_between(*behind.span("via")) if behind else ""
    return lower_article(source) or None, len(sentence.text)


def _find_co_speakers(candidate: Candidate, pattern: Pattern) -> list[int]:
    """The places of further names that say the same: "Ada and Ivo said", "said Ada and Ivo"."""
    match = candidate.match
    if pattern.continues:
        continuation = _AND_NAME.match(candidate.sentence.tags, candidate.name_end)
        if continuation is None:
            return []
        second = continuation.start("second")
        is_part = "o" in continuation["modifier"] and not has_given_name(candidate.sentence.tokens[second].name)
        return [] if is_part else [second]  # "Ada of the Department of Locks and Public Works"
    return [match.start(group) for group in pattern.co_speakers if match[group]]


# "Justice Department senior counsel" before a name, from the start of a clause
_NAME_LEAD = re.compile(r"(?:^|(?<=[,Q.:\-cuqz]))[DO]?[wTNO]{0,6}Tw?$")
_ROLE_BEFORE = re.compile(r"(?:(?:[wTNO]{0,5}To)?[wTO]{0,6})$")
_ROLE_APPOSED = re.compile(r"(?<!o)D[wTO]{0,4}T,$")  # "the mayor, Ada Brandreth,"
_ROLE_AFTER = re.compile(r"(?:\([^()]{1,12}\))?,(?P<role>[DO]?[wTNO]{1,8}(?:o[DOwTN]{1,8}){0,3})(?=[,.Q]|$|r)")


def _find_role(sentence: TaggedSentence, at: int, first: int = 0) -> str | None:
    """The description of a named speaker, not before token `first`: "former Kremlin adviser"; None if there is none."""
    return _find_role_before(sentence, at, first) or _find_role_after(sentence, at)


def _find_role_before(sentence: TaggedSentence, at: int, earliest: int = 0) -> str | None:
    lead = _ROLE_BEFORE.search(sentence.tags[:at], earliest)
    apposed = _ROLE_APPOSED.search(sentence.tags[:at])
    if apposed and sentence.tags[at + 1 : at + 2] in ("", ",", "."):
        return _strip_article(sentence.text_between(apposed.start(), at - 1))
    first = lead.start() if lead else at
    if (link := sentence.tags.rfind("o", first, at)) >= first and not _is_office(
        sentence.tokens[link - 1].text.lower()
    ):
        first = link + 1  # "the wife of keeper Ivo Tarn", "the state of emergency President Tarn declared"
    if sentence.tags.endswith("2", 0, first) and sentence.tags.startswith("w", first):
        first += 1  # "to show the keeper Ada Tarn"
    parts = (sentence.text_between(first, at), sentence.tokens[at].lead)
    before = " ".join(part for part in parts if part and part not in _PEOPLE.courtesy_titles)
    if _IMITATION.search(before):
        return None  # "an actor playing Ada Brandreth"
    if any(word.rstrip(".").lower() in _ROLE_WORDS for word in before.split()):
        return _strip_article(before)
    return None


def _is_office(word: str) -> bool:
    """Whether a noun before "of" is of the office of the person named behind: "director of studies Ada Tarn"."""
    last = word.lower().split()[-1].rstrip(".")
    return last in _ROLE_WORDS and last not in _PEOPLE.dependent_nouns


def _find_role_after(sentence: TaggedSentence, at: int) -> str | None:
    after = _ROLE_AFTER.match(sentence.tags, at + 1)
    if after is None:
        return None
    role = _ROLE_SETTING.sub("", sentence.text_between(*after.span("role")))
    if (
        _PLURAL_ROLE.match(role)
        or _NAMES_OTHER.fullmatch(after["role"])
        or any(
            (has_given_name(word.name) and sentence.tags[place - 1] not in "o2")
            or (word.lead and sentence.tags[place] == "N" and sentence.tags[place - 1] not in "o2D")
            for place, word in enumerate(sentence.tokens[slice(*after.span("role"))], after.start("role"))
        )
    ):
        return None  # "Ada and Ivo, both keepers,"; in a list: "Ada, the nominee Ivo Tarn, …"
    head = after["role"].partition("o")[0][-1]
    if head != "T" and role.startswith("the ") and sentence.tags[after.end() : after.end() + 1] != ",":
        return None  # "Between Ada and Ivo, the subject of the lock arose."
    return _strip_article(role) if "T" in after["role"] or after["role"][0] in "D" else None


_NAMES_OTHER = re.compile(r"[^o]*TN")  # in a list: "Ada Tarn, nominee Ivo Marr, …"
_PLURAL_ROLE = re.compile(rf"(?:{'|'.join(sorted(_GRAMMAR.plural_determiners))})\s")
_ROLE_SETTING = re.compile(
    rf"\s(?:in|on|at|during|via)\s(?:(?:an?|the|his|her|their|its)\s)?(?:[\w-]+\s){{0,2}}{ENGLISH.clauses.occasion}\b.*$"
)


def lower_article(mention: str) -> str:
    """A mention as it is written inside a sentence: "the Post" for "The Post"."""
    first, _, rest = mention.partition(" ")
    return f"{first.lower()} {rest}" if rest and first.lower() in _GRAMMAR.determiners else mention


def _strip_article(role: str) -> str:
    return re.sub(r"^(?:an?|the)\s", "", role, flags=re.IGNORECASE)


# ------------------------------------------------------------------------------------- subjects and people

_SPEECH_TAG = re.compile(rf"^[wT]{{0,5}}[NH]{NAME_MODIFIER}{APPOSITION}{SUBJECT_VERB_GAP}(?P<cue>[SL]|V(?=\.?$))\.?")
_FURTHER_CLAUSE = re.compile(r"[BSLVGHbzr:]")  # after the verb of a speech tag: another verb, or a clause
_SUBJECT_BEHIND = re.compile(r"(?<=S)[DNO]")  # "Todd said the mills were shut", if no listener can follow the verb
# "left after arguing that", "Arguing that"
_LEADING_PARTICIPLE = re.compile(r"(?:qA?|^[cA]{0,2},?(?:[yoqu]|w2)?A?)(?P<cue>G)(?!,(?!Q)|\.|$)")
_SUBJECTLESS_CUES = (
    _LEADING_PARTICIPLE,
    re.compile(r"(?:[,\-][cu]?|Q|y|X|[SVw]D[wT]{0,2}T|[^oDA]c)A?(?P<cue>G)(?!,[^Q]|\.|$)"),
    re.compile(rf"c{SUBJECT_VERB_GAP}(?P<cue>[SLV])(?!y)"),
)
_SUBJECT = re.compile(
    rf"^(?:(?:[^,:QNH][^,:Q]{{0,18}},){{0,3}}?[cuA]{{0,2}}|Q(?=T))(?:[DTwNO]{{0,6}}?(?P<name>[NH])|(?P<role>[DO]?[wTNO]{{0,5}}T(?:[o2][DO]?[wTNO]{{1,5}}){{0,2}})(?:,(?P<called>N),)?)"
    rf"{NAME_MODIFIER}{APPOSITION}(?:A|o?d){{0,3}}[ABSLVwb]"
)
_BEFORE_NOUN = re.compile(r"D[wO]{0,3}$")  # "the Tarn lock keeper said": a name before a noun is no subject
_NAME_BEHIND = re.compile(r"[wGTX]{1,3}N(?=[ABSLV])")
_NAMES_BEHIND = re.compile(r"[wT]{1,2}NcN")
_NOUN_BEHIND = re.compile(r"w{1,4}A?[SLVBb]")
_SUBJECT_AFTER_COMMA = re.compile(_SUBJECT.pattern.removeprefix("^"))
_PASSIVE_BEFORE = re.compile(r"^[^SLVbGzQB]{0,30}BA{0,2}[wSVL][^HSVLbB]{0,14}c[A,]{0,2}$")
_OBJECT = re.compile(r"[DNOTHWz:Q]")
_SUBJECT_GROUPS = ("name", "role", "called")


def is_speech_tag(sentence: TaggedSentence) -> bool:
    """Whether a sentence only names the speaker of the quotation before it: "Todd asked the candidate."

    Sentences that also report something ("He warned of a closure.", "She said it was safe.") are not speech tags.
    """
    if QUOTE_MASK in sentence.text or len(sentence.text) >= 120:
        return False
    match = _SPEECH_TAG.match(sentence.tags)
    if match is None or _FURTHER_CLAUSE.search(sentence.tags, match.end()):
        return False
    cue = sentence.tokens[match.end("cue") - 1].text.lower()
    takes_listener = cue in ENGLISH.reporting.addressee_cues
    if not takes_listener and _SUBJECT_BEHIND.match(sentence.tags, match.end()):
        return False
    if cue in ENGLISH.reporting.agreeing_forms:
        return False  # “It is old.” Ivo agreed.
    return not any(word.text.lower() in _GRAMMAR.topic_words for word in sentence.tokens[match.end() :])


def find_subjectless_cues(sentence: TaggedSentence) -> Iterator[tuple[str, int, int]]:
    """Cues without a subject of their own ("…, adding", "and admitted"), with their start and end in the sentence."""
    for pattern in _SUBJECTLESS_CUES:
        for match in pattern.finditer(sentence.tags):
            opening, word = sentence.tokens[match.start()].text, sentence.tokens[match.start("cue")]
            if pattern is _LEADING_PARTICIPLE and not _is_reporting_participle(opening, word.text):
                continue
            before = sentence.tokens[match.start("cue") - 1].text.lower() if match.start("cue") else ""
            if sentence.tags[match.start("cue") - 1 : match.start("cue")] == "T" and before not in _TEXT_NOUNS:
                continue  # "left some workers questioning"
            if pattern is _SUBJECTLESS_CUES[-1] and _joins_nouns(sentence, match.start(), word.text.lower()):
                continue  # "some claims and requests"
            is_deed = word.text.lower() in ENGLISH.reporting.deed_forms and "Q" not in sentence.tags[match.end() :]
            if opening == "or" or is_deed:
                continue
            if not is_passive(match[0][:-1], word.text) and not _continues_passive(sentence, match.start("cue")):
                yield word.text, word.start, word.end


def _joins_nouns(sentence: TaggedSentence, conjunction: int, cue: str) -> bool:
    """Whether a word that can be a noun follows a noun for speech and a conjunction."""
    before = sentence.tokens[conjunction - 1].text.lower() if conjunction else ""
    nouns = ENGLISH.reporting.noun_or_verb_forms
    return cue in nouns and (before in nouns or before in ENGLISH.reporting.speech_nouns)


def _continues_passive(sentence: TaggedSentence, cue: int) -> bool:
    """Whether a cue shares the "was" of a passive before it: "was fined and told to leave"."""
    if sentence.tokens[cue].text.lower() not in ENGLISH.reporting.passive_forms:
        return False
    return _PASSIVE_BEFORE.search(sentence.tags, 0, cue) is not None and not _OBJECT.match(sentence.tags, cue + 1)


def _is_reporting_participle(opening: str, participle: str) -> bool:
    return participle.lower() in ENGLISH.reporting.speech_participles and opening != "as"


def find_subject(sentence: TaggedSentence, before: int | None = None) -> tuple[str, MentionKind] | None:
    """The person who is the subject of the main clause, if clear, and the kind of the mention.

    Subjects that begin at the offset `before` or later do not count.
    """
    match = _match_subject(sentence)
    if match is None:
        return None
    at = max(match.start(group) for group in _SUBJECT_GROUPS)
    word = sentence.tokens[at]
    if _NOUN_BEHIND.match(sentence.tags, at + 1) and _BEFORE_NOUN.search(sentence.tags, 0, at):
        return None
    if (behind := _NAME_BEHIND.match(sentence.tags, at + 1)) and " " not in word.name and match["name"] == "N":
        word = sentence.tokens[behind.end() - 1]  # "Internet services firm Tarnweb has …"
    elif _NAMES_BEHIND.match(sentence.tags, at + 1):
        return None  # "former Norland keepers Ivo Tarn and Bo Marr were …"
    if before is not None and word.start >= before:
        return None
    if match["role"] and not match["called"]:
        return sentence.text_between(*match.span("role")), "role"
    return (word.text, "pronoun") if sentence.tags[match.start("name")] == "H" else (word.name, "name")


def _match_subject(sentence: TaggedSentence) -> re.Match[str] | None:
    match = _SUBJECT.match(sentence.tags)
    opening = sentence.tokens[0].text.lower() if sentence.tokens else ""
    if opening not in _GRAMMAR.clause_openers and (match or not opening.endswith(_GRAMMAR.participle_ending)):
        return match
    # "While Ada waits, Ivo has gone"; "Filling in for Ada, Ivo went"
    commas = (place for place, tag in enumerate(sentence.tags) if tag == ",")
    matches = (_SUBJECT_AFTER_COMMA.match(sentence.tags, comma + 1) for comma in commas)
    return next((match for match in matches if match), None)


_IS_OFFICER = re.compile(r"(?<![oN])NA{0,2}BA?(?P<role>T(?:o[DTwN]{1,4})?)(?=[,.o]|$)")


def find_roles(sentence: TaggedSentence) -> Iterator[tuple[str, str]]:
    """The names in a sentence with the description after them: "Ada Tarn, a loss adjuster", "Ada Tarn is mayor"."""
    for match in _IS_OFFICER.finditer(sentence.tags):
        yield sentence.tokens[match.start()].name, sentence.text_between(*match.span("role"))
    for at, word in enumerate(sentence.tokens):
        if sentence.tags[at] == "N" and word.name and (role := _find_role_after(sentence, at)):
            yield word.name, role


def find_titles(sentence: TaggedSentence) -> Iterator[tuple[str, str]]:
    """The names in a sentence with the description before them: "Harbour Master Ada Brandreth"."""
    for at, word in enumerate(sentence.tokens):
        if (
            word.name
            and (word.lead or (at and sentence.tags[at - 1] in "T,"))
            and (role := _find_role_before(sentence, at))
        ):
            yield word.name, role


def list_names(sentence: TaggedSentence) -> list[str]:
    """The names in a sentence, possessives included, without titles, in order."""
    return [word.name for word in sentence.tokens if word.name]


# "but Ada was late", "For Ada, …", "Ada’s offer came", "One is Ada Brandreth"; not "the keeper who met Ada"
_TOPIC = re.compile(
    rf"(?:(?<=B)|^[cuA]{{0,2}},?o?|(?<=[,cu]))(?P<first>[NO])|(?P<subject>N){NAME_MODIFIER}{APPOSITION}[ABSLVb]"
)


def list_topics(sentence: TaggedSentence) -> list[str]:
    """The names that a clause of a sentence is about: its subjects, and names with which a clause begins."""
    places = (max(match.start("first"), match.start("subject")) for match in _TOPIC.finditer(sentence.tags))
    return [name for place in places if (name := sentence.tokens[place].name)]

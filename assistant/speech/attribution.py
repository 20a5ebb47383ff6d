"""How a sentence says who is speaking: the orders that names, titles and words of saying come in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.speech.patterns import (
    ACCORDING_TO_NAME,
    APPOSITION,
    CUE_BY_NAME,
    DETERMINER_CUE,
    GROUP_EXAMPLE,
    INVERTED_PATTERNS,
    NAME_AND_OTHERS,
    NAME_COLON,
    NAME_CUE,
    NAME_MODIFIER,
    NAME_PARTICIPLE,
    NAME_USED_TO,
    PATTERNS,
    POSSESSIVE_CUE,
    SEVERAL_NAMES,
    SEVERAL_ROLE,
    SUBJECT_VERB_GAP,
    WITH_NAME_PARTICIPLE,
    ContentSide,
    MentionKind,
)
from assistant.speech.tagger import QUOTE_MASK, TaggedSentence
from assistant.text.lexicon import GROUP_NOUNS, PERSON_NOUNS, TITLES
from assistant.text.names import is_organization
from assistant.text.verbs import SPEECH_PARTICIPLES


@dataclass(frozen=True, slots=True)
class Attribution:
    """One place where a sentence says who speaks; `name` is without titles, or a pronoun or role as written.

    `start` and `end` enclose the mention of the speaker and the cue, offsets into the sentence. `role` is what
    stands beside the name.
    """

    name: str
    cue: str
    kind: MentionKind
    side: ContentSide
    start: int
    end: int
    cue_start: int
    role: str | None = None
    co_speakers: tuple[str, ...] = ()  # who else is named as saying it: "Ada and Ivo said"
    title: str = ""  # the last word before the name: "Mrs."


def find_attributions(sentence: TaggedSentence) -> list[Attribution]:
    """The attributions in a sentence, in the order of their cues."""
    if not _HAS_CUE.search(sentence.tags):
        return []
    taken: set[int] = set()
    found: list[Attribution] = []
    for pattern, kind, side in PATTERNS:
        at = 0
        while match := pattern.search(sentence.tags, at):
            at = match.start() + 1
            cue = match.start("cue")
            if cue not in taken and _is_valid_match(pattern, kind, sentence, match):
                at = match.end()
                taken.add(cue)
                found.append(_make_attribution(sentence, match, kind, side))
    found.sort(key=lambda one: one.cue_start)
    return [one for one in found if not (one.side == "after" and one.cue != ":" and _is_nested(one, found))]


_HAS_CUE = re.compile(r"[SLVbGXKQ]")


def _is_nested(one: Attribution, found: list[Attribution]) -> bool:
    """Whether "Trump’s claim" is spoken of by somebody else: “Ada said that Ivo’s claim …”."""
    return any(other.side != "after" and other.cue_start < one.cue_start for other in found)


def _make_attribution(
    sentence: TaggedSentence, match: re.Match[str], kind: MentionKind, side: ContentSide
) -> Attribution:
    name, cue = sentence.tokens[match.start("name")], sentence.tokens[match.start("cue")]
    end = max(sentence.tokens[match.end("name") - 1].end, cue.end)
    lead = _NAME_LEAD.search(sentence.tags, 0, match.start("name")) if kind == "name" else None
    start = min(sentence.tokens[lead.start()].start if lead else name.start, cue.start)
    written = name.name if kind == "name" else sentence.text_between(*match.span("name"))
    role = _find_role(sentence, match.start("name")) if kind == "name" else None
    others = [sentence.tokens[at] for at in _find_co_speakers(sentence, match)] if kind == "name" else []
    if others:
        end, names = max(end, others[-1].end), tuple(word.name for word in others)
        return Attribution(written, cue.text, kind, side, start, end, cue.start, role, names)
    title = name.lead.split()[-1] if name.lead else ""
    return Attribution(written, cue.text, kind, side, start, end, cue.start, role, title=title)


_AND_NAME = re.compile(rf"{NAME_MODIFIER}c[DTwO]{{0,4}}(N)(?=[.,]|$)")


def _find_co_speakers(sentence: TaggedSentence, match: re.Match[str]) -> list[int]:
    """The places of further names that say the same: "Ada and Ivo said", "said Ada and Ivo"."""
    if match.re is SEVERAL_NAMES:
        return [match.start(group) for group in ("second", "third") if match[group]]
    behind = match.re in (*INVERTED_PATTERNS, ACCORDING_TO_NAME) and _AND_NAME.match(sentence.tags, match.end("name"))
    return [behind.start(1)] if behind else []


def _is_valid_match(
    pattern: re.Pattern[str], kind: MentionKind, sentence: TaggedSentence, match: re.Match[str]
) -> bool:
    """Whether the words that a pattern found can be a speaker and what they do."""
    tags, at = sentence.tags, match.start("name")
    cue, letter = sentence.tokens[match.start("cue")].text, tags[match.start("cue")]
    if letter == "w" and not cue.endswith("ed"):
        return False
    gap = tags[match.end("name") : match.start("cue")]
    if (
        letter in "SVb"
        and pattern not in (CUE_BY_NAME, POSSESSIVE_CUE)
        and _is_passive(gap, cue, sentence.text_between(match.end("name"), match.start("cue")))
    ):
        return False
    if letter == "b" and not (
        re.search(r"[A2]$", gap)
        or pattern in (SEVERAL_NAMES, NAME_AND_OTHERS, GROUP_EXAMPLE)
        or (kind != "name" and not gap and tags[match.end("name") - 1] == "T")
    ):
        return False
    if not _has_valid_key_words(pattern, sentence, match):
        return False
    if cue in _NEGATABLE_CUES and re.search(
        r"\b(?:cannot|can[’']t|couldn[’']t)$", sentence.text_between(match.end("name"), match.start("cue"))
    ):
        return False  # "Ada cannot say that"
    if pattern in INVERTED_PATTERNS and (letter == "L" or (letter == "V" and not cue.endswith("ed"))):
        return False
    if tags[at] == "W" and (letter in "bG" or sentence.tokens[at].text.lower() not in ("they", "we", "i", "it")):
        return False
    if tags[at] == "W" and letter == "V" and sentence.tokens[at].text.lower() in ("i", "it"):
        return False
    if not _is_speech_verb(sentence, match.end("cue"), cue):
        return False
    if (
        pattern is NAME_PARTICIPLE
        and tags[:at].endswith(("o", "oD"))
        and sentence.tokens[at - 1].text not in ("of", "with")
    ):
        return False
    if pattern is NAME_CUE and _PLURAL_SUBJECT_AFTER.match(
        sentence.text_between(match.end("name"), match.start("cue"))
    ):
        return False  # "Ada beat Ivo, analysts at the club say"
    if pattern in (SEVERAL_NAMES, NAME_AND_OTHERS):
        joined = sentence.tokens[tags.rindex("c", 0, match.start("third"))] if pattern is SEVERAL_NAMES else None
        if joined and joined.text in ("or", "nor"):
            return False
        if " " not in sentence.tokens[at].name and tags[match.end("name")] == "o":
            return False  # "Ministers in Norland and Tarn said"
        lead = sentence.text_between(*match.span("lead")).lower().split()[-1:]
        return lead not in (["the"], ["a"]) and re.search(r".[NTw],$", tags[: match.start()]) is None
    if pattern is SEVERAL_ROLE:
        return not tags[:at].endswith(("o", "y"))
    if kind == "name":
        return _is_subject(pattern, sentence, at) and sentence.tokens[at].name != ""
    if pattern is DETERMINER_CUE:
        return sentence.tokens[at].text.lower() in _STANDALONE_DETERMINERS
    if kind == "role":
        opens = re.match(r"[,:]?Q|z", tags[match.end("cue") :]) is not None
        return _is_role(tags[slice(*match.span("name"))], letter, opens or cue.lower() in _PLAIN_CUES)
    return True


def _is_speech_verb(sentence: TaggedSentence, after: int, cue: str) -> bool:
    """Whether a verb that is of deeds as often ("responded with tanks", "offered them money") is of words here."""
    if "Q" in sentence.tags:
        return True
    if cue.startswith("respond"):
        return _VERBAL_RESPONSE.search(sentence.tags[after:]) is not None
    return not (cue.startswith("offer") and _OFFERED_GOODS.search(sentence.text_between(after, len(sentence.tokens))))


_NEGATABLE_CUES = frozenset("say claim tell argue".split())
_VERBAL_RESPONSE = re.compile(
    r"^(?:[^2]|2[DAT]?[OH]|$)|[zGX]"
)  # "responded that", "to her", "to Ivo’s remarks", "by saying"
_OFFERED_GOODS = re.compile(
    r"^(?:[\w’'.\-]+\s){0,6}?(?:[\d]|(?:billions?|millions?|thousands|hundreds|money|cash|aid|loans?|grants?|tickets?|jobs?|"
    r"troops|weapons|boats?|rooms?|shelter|food)\b)"
)
_PAST_ENDINGS = ("ed", "stood", "sat", "rose", "went", "came", "took", "takes", "goes", "comes")
_KEY_PATTERNS = {
    WITH_NAME_PARTICIPLE: re.compile(r"with$", re.IGNORECASE),
    NAME_USED_TO: re.compile(r"us(?:ed|es)$"),
    GROUP_EXAMPLE: re.compile(
        r"\W{0,2}(?:(?:and|but),?\s)?(?:like|including|such as|led by|for (?:example|instance)|in particular|"
        r"particularly|especially|notably|among them),?$"
    ),
}


def _has_valid_key_words(pattern: re.Pattern[str], sentence: TaggedSentence, match: re.Match[str]) -> bool:
    """Whether the small words that a pattern turns on are those that it means."""
    if pattern not in _KEY_PATTERNS:
        return True
    start, end = match.span("key")
    if pattern is NAME_USED_TO and "B" in sentence.tags[match.end("name") : start]:
        return False
    if pattern is GROUP_EXAMPLE and is_organization(sentence.tokens[match.start("name")].name):
        return False
    if pattern is NAME_USED_TO and sentence.tags[end] in "oA2d" and sentence.tokens[start].text.endswith(_PAST_ENDINGS):
        return True
    if pattern is GROUP_EXAMPLE and not sentence.tokens[start - 1].text.rstrip("’'").endswith(("s", "people", "men")):
        return False
    return _KEY_PATTERNS[pattern].match(sentence.text_between(start, end)) is not None


_PLAIN_CUES = frozenset("said says say told tells added adds asked asks wrote writes noted notes".split())
_PLURAL_SUBJECT_AFTER = re.compile(r",\s(?:[\w’'\-]+\s){0,3}[a-z]+[^s\W]s\s(?:at|in|of|for|from|with|and)\s[^,]*$")
_STANDALONE_DETERMINERS = frozenset("some many most others one another few several both all two three".split())


def _is_passive(gap: str, cue: str, between: str = "") -> bool:
    """ "was asked", "is expected": somebody else's words, or nobody's."""
    return (cue.endswith(("d", "n")) and re.search(r"BA*$", gap) is not None) or (
        _PASSIVE_TO.search(gap) is not None and _WILLING_TO.search(between) is None
    )


_WILLING_TO = re.compile(r"\b(?:quick|eager|happy|keen|careful|glad|proud|swift|slow|right|wrong|first)\sto$")
_PASSIVE_TO = re.compile(r"B[A]*[wVS]2")


_HEADLINE_PREPOSITIONS = tuple(f" {word}" for word in "on of to for with about against from".split())


def _is_subject(pattern: re.Pattern[str], sentence: TaggedSentence, at: int) -> bool:
    """Whether nothing before a name makes it a part of something else: “a spokesman for Clinton said”."""
    before = sentence.tags[:at]
    if sentence.tokens[at].lead.lower().endswith(_HEADLINE_PREPOSITIONS):
        return False  # "Club President On Pellew: ‘We Do Not Pay’"
    if pattern in (NAME_CUE, NAME_COLON):
        if sentence.tokens[at].lead and re.search(r"ToD?$", before):
            return True  # "Supervisor of Elections Susan Bucher"
        return not before.endswith(("o", "oD", "y", "2", "K", "Nc", "Tc", "V", "G", "L", "X"))
    if pattern in (*INVERTED_PATTERNS, ACCORDING_TO_NAME, CUE_BY_NAME):
        governed = before.endswith(("o", "oD", "2")) or (before.endswith("y") and pattern is not CUE_BY_NAME)
        return not governed or bool(sentence.tokens[at].lead and re.search(r"ToD?$", before))
    return True


def _is_role(tags: str, letter: str, plain: bool) -> bool:
    """Whether words before a cue can be somebody: a determiner, an owner or a noun for people among them."""
    if "T" not in tags and (letter in "Vb" or not plain):
        return False  # "the largest deposit found there"
    return ("T" in tags or tags[0] in "DO") and tags[-1] != "D"


# "Justice Department senior counsel" before a name, back to where a clause begins
_NAME_LEAD = re.compile(r"(?:^|(?<=[,Q.:\-cuqz]))[DO]?[wTNO]{0,6}Tw?$")
_COURTESY_TITLES = frozenset("Mr Mr. Mrs Mrs. Ms Ms. Mx Mx. Miss Dr Dr.".split())


def _find_role(sentence: TaggedSentence, at: int) -> str | None:
    """What a sentence calls a named speaker: "former Kremlin adviser", "the chair of the board"; else None."""
    tags = sentence.tags
    lead = re.search(r"(?:(?:[wTNO]{0,5}To)?[wTO]{0,6})$", tags[:at])
    first = lead.start() if lead else at
    word = sentence.tokens[at]
    before = " ".join(
        part for part in (sentence.text_between(first, at), word.lead) if part and part not in _COURTESY_TITLES
    )
    if any(part.rstrip(".").lower() in TITLES | PERSON_NOUNS for part in before.split()):
        return _strip_article(before)
    return _find_role_after(sentence, at)


def _find_role_after(sentence: TaggedSentence, at: int) -> str | None:
    after = re.match(
        r"(?:\([^()]{1,12}\))?,(?P<role>[DO]?[wTNO]{1,8}(?:o[DOwTN]{1,8}){0,3})(?=[,.Q]|$|r)", sentence.tags[at + 1 :]
    )
    if after is None:
        return None
    role = sentence.text_between(at + 1 + after.start("role"), at + 1 + after.end("role"))
    return _strip_article(role) if "T" in after["role"] or after["role"][0] in "D" else None


def _strip_article(role: str) -> str:
    return re.sub(r"^(?:an?|the)\s", "", role, flags=re.IGNORECASE)


# --------------------------------------------------------------------------------- what a sentence is about

_SPEECH_TAG = re.compile(rf"^[wT]{{0,5}}[NH]{NAME_MODIFIER}{APPOSITION}{SUBJECT_VERB_GAP}(?:[SL]|V\.?$)")
_FURTHER_CLAUSE = re.compile(r"[BSLVGHbzr:]")  # behind the verb of a tag: another verb, or a clause
_TOPIC_WORDS = frozenset("of about against that to how why whether for".split())
_SIGNATURE = re.compile(r"^-{1,2}(?P<name>N)(?:[.,][^Q]{0,12})?$")
_SUBJECTLESS_CUES = (
    re.compile(
        r"(?:qA?|^[cA]{0,2},?(?:[yoqu]|w2)?A?)(?P<cue>G)(?![,.]|$)"
    ),  # "left after arguing that", "Arguing that"
    re.compile(r"(?:[,\-][cu]?|Q|y|X|[SVw]D[wT]{0,2}T|[^oDA]c)A?(?P<cue>G)"),
    re.compile(rf"c{SUBJECT_VERB_GAP}(?P<cue>[SLV])(?!y)"),
)
_SUBJECT = re.compile(
    rf"^(?:[^,:QNH][^,:Q]{{0,18}},){{0,2}}[cuA]{{0,2}}(?:[DTwNO]{{0,6}}?(?P<name>[NH])|(?P<role>[DO]?[wTNO]{{0,5}}T)(?:,(?P<called>N),)?)"
    rf"{NAME_MODIFIER}{APPOSITION}(?:A|o?d){{0,3}}[ABSLVwb]"
)


_SUBJECT_AFTER_COMMA = re.compile(_SUBJECT.pattern.removeprefix("^"))
_SUBORDINATING_WORDS = frozenset(
    "while although though when because since if unless until once after before as".split()
)


def find_signature(sentence: TaggedSentence) -> str | None:
    """The name that a line is, such as "— Michelle Marks, Philadelphia." under a quotation; else None."""
    match = _SIGNATURE.match(sentence.tags)
    return sentence.tokens[match.start("name")].name or None if match else None


def is_speech_tag(sentence: TaggedSentence) -> bool:
    """Whether a sentence only says who spoke the words before it: "Todd asked the candidate." after “…?”

    One that goes on to say something of its own ("He warned of a closure.", "She said it was safe.") does not.
    """
    if QUOTE_MASK in sentence.text or len(sentence.text) >= 120:
        return False
    match = _SPEECH_TAG.match(sentence.tags)
    if match is None or _FURTHER_CLAUSE.search(sentence.tags, match.end()):
        return False
    return not any(word.text.lower() in _TOPIC_WORDS for word in sentence.tokens[match.end() :])


def find_subjectless_cues(sentence: TaggedSentence) -> Iterator[tuple[str, int, int]]:
    """Cues without a subject of their own ("…, adding", "and admitted"), with their places."""
    for pattern in _SUBJECTLESS_CUES:
        for match in pattern.finditer(sentence.tags):
            word = sentence.tokens[match.start("cue")]
            if pattern is _SUBJECTLESS_CUES[0] and (
                word.text.lower() not in SPEECH_PARTICIPLES or sentence.tokens[match.start()].text == "as"
            ):
                continue
            if sentence.tokens[match.start()].text == "or" or _is_passive(match[0][:-1], word.text):
                continue
            yield word.text, word.start, word.end


def find_subject(sentence: TaggedSentence, before: int | None = None) -> tuple[str, MentionKind] | None:
    """The person whom the main clause of a sentence is about, where that is plain."""
    match = _SUBJECT.match(sentence.tags)
    opening = sentence.tokens[0].text.lower() if sentence.tokens else ""
    if opening in _SUBORDINATING_WORDS or (opening.endswith("ing") and match is None):
        # "While Ada waits, Ivo has gone"; "Filling in for Ada, Ivo went"
        commas = (place for place, tag in enumerate(sentence.tags) if tag == ",")
        match = next((found for at in commas if (found := _SUBJECT_AFTER_COMMA.match(sentence.tags, at + 1))), None)
    if match is None:
        return None
    word = sentence.tokens[max(match.start(group) for group in ("name", "role", "called"))]
    if before is not None and word.start >= before:
        return None
    if match["role"] and not match["called"]:
        return sentence.text_between(*match.span("role")), "role"
    return (word.text, "pronoun") if sentence.tags[match.start("name")] == "H" else (word.name, "name")


_PERSON_PATTERNS = (re.compile(r"(?P<role>T)(?P<name>N)"), re.compile(r"(?P<name>N),(?P<age>w),"),
           re.compile(r"(?P<name>N),D?[wO]{0,4}(?P<role>T)"))  # fmt: skip


def find_persons(sentence: TaggedSentence) -> Iterator[tuple[str, bool]]:
    """The names that are plainly a person's: with a title or age, or "the director of" beside them; and whether it is
    a title, which makes a person of a single word too."""
    for pattern in _PERSON_PATTERNS:
        for match in pattern.finditer(sentence.tags):
            beside = [
                sentence.tokens[match.start(group)].text for group in ("role", "age") if group in match.groupdict()
            ]
            if not GROUP_NOUNS.isdisjoint(word.lower() for word in beside):
                continue  # "In San Pellegro, a group marched"
            yield sentence.tokens[match.start("name")].name, False
    for word in sentence.tokens:
        if word.lead and word.lead.split()[-1].rstrip(".").lower() in TITLES | PERSON_NOUNS:
            yield word.name, True


def find_roles(sentence: TaggedSentence) -> Iterator[tuple[str, str]]:
    """The names in a sentence with what it calls them: "Ada Brandreth, a loss adjuster for the town"."""
    for at, word in enumerate(sentence.tokens):
        if sentence.tags[at] == "N" and word.name and (role := _find_role_after(sentence, at)):
            yield word.name, role


def is_person_role(role: str) -> bool:
    """Whether a definite description ("the presidential aide") can be a single person."""
    words = role.lower().split()
    return words[0] in ("the", "his", "her") and words[-1] in PERSON_NOUNS | TITLES and words[-1] not in GROUP_NOUNS


def list_names(sentence: TaggedSentence) -> list[str]:
    """The names in a sentence, owners included, without titles, in order."""
    return [word.name for word in sentence.tokens if word.name]


_DATELINE = re.compile(
    r"^\W*[A-Z][\w.’' ]{1,40}(?:,\s[\w.’' ]{1,30}){0,3}\s?\([A-Z][\w/ .]{1,30}\)\s?[-—–―]+\s|^\W*[A-Z][A-Z.’' ]{2,30}"
    r"(?:,\s[\w.’' ]{1,30}){0,2}\s[—–―-]+\s"
)


def find_dateline_end(paragraph: str) -> int:
    """Where the text of a paragraph begins behind a dateline such as "WASHINGTON, June 10 (UPI) —"; else 0."""
    match = _DATELINE.match(paragraph)
    return match.end() if match else 0

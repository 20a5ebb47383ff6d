"""Resolves the speakers of the attributions in a sentence, also those that a cue shares with another attribution."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.records.article import Span
from assistant.records.statement import StatementStatus
from assistant.speech.attribution import (
    Attribution,
    find_attributions,
    find_subject,
    find_subjectless_cues,
)
from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.mention_history import Mention
from assistant.speech.patterns import MentionKind
from assistant.speech.subjects.people import find_unnamed_persons
from assistant.speech.tagger import TaggedSentence
from assistant.text.languages import ENGLISH
from assistant.text.names import is_given_name
from assistant.text.quotation_marks import QUOTE_MASK
from assistant.text.roles import is_person_role

_REPORTING = ENGLISH.reporting
_COURTESY_TITLES = ENGLISH.people.courtesy_titles

_PARTICIPLE = re.compile(rf"\w+{ENGLISH.grammar.participle_ending}\b")
_RELATIVE_BEFORE = re.compile(r"\bwhat\s(?:the\s)?$")
_JOINED_RELATIVE = re.compile(r",\swhich\s[^,;\x01–—-]+\sand\s(?:\w+ly\s|also\s|then\s)?$")
_RELATIVE_SUBJECT = re.compile(
    r",\swho\s[^,;\x01–—-]+\sand\s(?:\w+ly\s|also\s|then\s)?$|"
    r"\ban?\s(?:[\w’'.-]+\s){1,6}who\s[^,;\x01–—-]+\sand\s$|"
    r"\s(?:that|which|whom)\s(?:[A-Z][\w.’'-]*\s){1,3}(?:ha[sd]\s)?\w+ed,?\sand\s$"
)
_QUESTION_BEFORE = re.compile(r"\b(?:whether|if)\s$")
# "recalls her editor telling her", "recalled Ivo Tarn telling her", "recalled the mayor, Ivo Tarn, saying"
_OF_ANOTHER = re.compile(r"(?!G)(?:(?P<who>[DO]?[wT]{0,4}(?P<name>N)?)|[HW]|(?P<role>[DO][wT]{1,4}),(?P<apposed>N),)G")
_UNREAL = re.compile(r"\b(?:might|could|would|should)\shave\s")
_CLAUSE_VERB_BEFORE = re.compile(
    rf"\b(?:that|which|who)\s(?:{'|'.join(sorted(ENGLISH.status.plain_speech_verbs))})\s(?:that\s)?(?:the\s)?$"
)
_NEW_CLAUSE = re.compile(r"[,;:–—-]\s(?:(?:and|but|though|although|while|yet|so|then)\s)?(?:\w+ly\s)?$")
_CLAUSE_MARK = re.compile(r"[,;:–—]|\b(?:and|but|while|after|as|when|because|although|though)\b")
_JOINED = re.compile(r"[^,\x01–—\-]\s(?:and|but)(?:\s\w+ly|\snot)?\s$")
_LISTED = re.compile(r",\sand\s$")
_LAST_CLAUSE = re.compile(r"[,;]\s(?:and|but|while)\s")
_MAIN_CLAUSE = re.compile(
    r",\s(?=[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}\s(?:was|is|had|has)\s)"
)  # "When Ada spoke, Ivo was …"
_REPORTED_SETTING = re.compile(r"\sthat\s(?:when|after|once)\s")  # "Ada said that when Bo fell, he swore, saying"
_LISTENER_THEN_MARK = re.compile(r"(?:[\w’'.&-]+\s){0,4}[\w’'&-]+(?=[.,;])")  # "told the Tarn Post, “and"

_GRAMMAR = ENGLISH.grammar


@dataclass(frozen=True, slots=True)
class ResolvedAttribution:
    """An attribution whose speaker is resolved to a full name; None if unknown. Offsets are into the sentence.

    `side` is that of an `Attribution`. For an attribution carried over from another sentence, the offsets are 0, and
    `side` is "quoted" if only a paragraph that is all quotation can continue it, or else empty.
    """

    speaker: str | None
    role: str | None = None
    cue: str = ""
    side: str = ""
    start: int = 0
    end: int = 0
    co_speakers: tuple[str, ...] = ()  # further speakers of the same words
    status: StatementStatus = "asserted"
    via: str | None = None  # according to whom the speaker said it
    source_span: Span | None = None  # where that is said, apart from the speaker and the cue


def resolve_attributions(sentence: TaggedSentence, coreference: CoreferenceResolver) -> list[ResolvedAttribution]:
    """The attributions of a sentence with their speakers, in order. `coreference` learns the people on the way."""
    resolved: list[ResolvedAttribution] = []
    for attribution in find_attributions(sentence):
        previous = resolved[-1] if resolved else None
        resolved.append(_resolve_attribution(attribution, sentence, previous, coreference))
    for cue, start, end in find_subjectless_cues(sentence):
        if any(other.start < end and start < other.end for other in resolved):
            continue
        if (
            (not cue.endswith("ed") and sentence.text.endswith((" not ", " never ", " without "), 0, start))
            or _is_of_another(sentence.text, start, resolved)
            or _shows(sentence.text, cue, end, resolved)
        ):
            continue
        subjectless = ResolvedAttribution(None, None, cue, "after", start, end)
        relative = _RELATIVE_SUBJECT.search(sentence.text, 0, start)
        if relative and not any(other.start <= relative.start() < other.end for other in resolved):
            shared = _resolve_in_relative(subjectless, sentence, relative, coreference)
        else:
            shared = _resolve_subjectless(subjectless, sentence, resolved, coreference)
        if shared is not None:
            resolved.append(shared)
            resolved.sort(key=lambda attribution: attribution.start)
    return resolved


def _resolve_in_relative(
    subjectless: ResolvedAttribution,
    sentence: TaggedSentence,
    relative: re.Match[str],
    coreference: CoreferenceResolver,
) -> ResolvedAttribution | None:
    """A cue with the speaker whom its relative clause is about: "Ada told Ivo, who opened and said …".

    Nobody's in "Ada told a man, who opened and said …", "Ada showed a letter that Ivo had signed, and added …".
    """
    name = next((word.name for word in sentence.tokens if word.end == relative.start()), "")
    if not name or not relative[0].startswith(","):
        return None
    return replace(subjectless, speaker=resolve_subject((name, "name"), coreference))


def _shows(outside: str, cue: str, end: int, resolved: Sequence[ResolvedAttribution]) -> bool:
    """Whether a participle tells what something shows rather than what somebody says: "Ada fell, suggesting …"."""
    is_speech = cue.lower() in _REPORTING.speech_participles or not _PARTICIPLE.fullmatch(cue)
    return not is_speech and not resolved and QUOTE_MASK not in outside[end : end + 3]


def _is_of_another(outside: str, start: int, resolved: Sequence[ResolvedAttribution]) -> bool:
    """Whether a participle belongs to what somebody reports: "Ada said Ivo lost the town by saying no".

    "And" continues another participle: "…, noting the leak and adding that …".
    """
    previous = next((other for other in reversed(resolved) if other.end <= start), None)
    if previous is None or previous.side == "before":
        return False
    between = outside[previous.end : start]
    words = between.split()
    if len(words) > 1 and words[-1] == ENGLISH.clauses.agent:
        return True
    participle = _PARTICIPLE.match(outside, start)
    if participle and _LISTED.search(between) and participle[0] not in _REPORTING.speech_participles:
        return True  # "Ada said cutting the fees, and backing the keepers, would help"
    joined = participle and _JOINED.search(between)
    return joined is not None and not previous.cue.endswith(_GRAMMAR.participle_ending)


def resolve_subject(subject: tuple[str, MentionKind], coreference: CoreferenceResolver) -> str | None:
    """The full name of the subject of a sentence, as `find_subject` gives it."""
    return coreference.resolve(Mention(*subject))


def _resolve_attribution(
    attribution: Attribution,
    sentence: TaggedSentence,
    previous: ResolvedAttribution | None,
    coreference: CoreferenceResolver,
) -> ResolvedAttribution:
    """An attribution with its speaker; `previous` is the attribution before it in the sentence."""
    is_pronoun, ends = attribution.kind == "pronoun", _ends_clause(attribution, sentence)
    subject = _find_pronoun_subject(attribution, sentence) if is_pronoun and not ends else None
    if is_pronoun and previous and _is_open_pronoun(attribution, sentence, previous, coreference):
        return ResolvedAttribution(None, None, attribution.cue, attribution.side, attribution.start, attribution.end)
    mention = Mention(
        attribution.name,
        attribution.kind,
        title=attribution.title,
        body=attribution.body,
        names_before=[] if ends else _list_names_before(sentence, attribution.start),
        current_speaker=previous.speaker if previous and not previous.co_speakers else None,
        subject=subject[0] if subject and subject[1] == "name" else None,
        has_unnamed_before=is_pronoun
        and not ends
        and coreference.has_unknown(find_unnamed_persons(sentence, attribution.start, attribution.name.lower())),
        opens=not sentence.text[: attribution.start].strip(),
        continues=ends and attribution.cue.lower() in _REPORTING.plain_cues,
        ends=ends,
        start=attribution.start,
    )
    unnamed = coreference.unnamed_speaker(mention)
    speaker = coreference.resolve(mention)
    if is_pronoun and previous and speaker and _has_unnamed_subject(previous, sentence.text):
        return replace(
            previous, cue=attribution.cue, side=attribution.side, start=attribution.start, end=attribution.end
        )
    if is_pronoun and speaker and speaker == _find_listener(attribution, sentence, coreference):
        speaker = None  # "he told Tarn" is not Ivo Tarn
    found = (coreference.resolve(Mention(name, "name")) for name in attribution.co_speakers)
    others = tuple(name for name in found if name)
    if others and speaker and is_given_name(speaker) and " " in others[0]:
        speaker = f"{speaker} {others[0].split()[-1]}"  # "Ada and Ivo Tarn said"
    if speaker and attribution.role:
        coreference.note_role(speaker, attribution.role)
    if (other := _find_recalled(attribution, sentence, coreference)) is not None:
        name, role = other
        place = attribution.cue, attribution.side, attribution.start, attribution.end
        return ResolvedAttribution(name, role, *place, status="reported", via=speaker)
    role = unnamed if is_pronoun else _describe_unknown(attribution, speaker, coreference)
    if role and not speaker:
        coreference.names.note_described()
    return ResolvedAttribution(
        speaker,
        role,
        attribution.cue,
        attribution.side,
        attribution.start,
        attribution.end,
        others,
        status="reported" if attribution.via else "asserted",
        via=attribution.via,
    )


def _find_recalled(
    attribution: Attribution, sentence: TaggedSentence, coreference: CoreferenceResolver
) -> tuple[str | None, str | None] | None:
    """Who is remembered to have said the words: name and role, (None, "her editor"); None if it is nobody else."""
    if not attribution.cue.lower().startswith(ENGLISH.narration.recalling_verbs):
        return None
    at = next((at for at, word in enumerate(sentence.tokens) if word.start >= attribution.end), len(sentence.tokens))
    match = _OF_ANOTHER.match(sentence.tags, at)
    if match is None or sentence.tokens[match.end() - 1].text.lower() not in _REPORTING.speech_participles:
        return None
    if match["name"] or match["apposed"]:
        name = sentence.tokens[max(match.end("name"), match.end("apposed")) - 1].name
        return coreference.resolve(Mention(name, "name")), None
    who = sentence.text_between(*match.span("who")) if match["who"] else ""
    return None, who if is_person_role(who) else None


def _has_unnamed_subject(previous: ResolvedAttribution, outside: str) -> bool:
    """Whether somebody without a name reports something before a pronoun: not "a man spoke with Ivo and he said"."""
    following = outside[previous.end :].split(maxsplit=1)[:1]
    is_person = not previous.speaker and is_person_role(previous.role or "")
    return is_person and _GRAMMAR.companion_prepositions.isdisjoint(following)


def _is_open_pronoun(
    attribution: Attribution,
    sentence: TaggedSentence,
    previous: ResolvedAttribution,
    coreference: CoreferenceResolver,
) -> bool:
    """Whether "he" in what somebody reports can be somebody else there: "Ada said Ivo had lied when he claimed …"."""
    is_asked = previous.cue.lower() in _REPORTING.question_cues  # "by asking Bo why he said no"
    if not is_asked and (previous.side != "around" or previous.cue.lower() not in _REPORTING.speech_forms):
        return False
    between = sentence.text[previous.end : attribution.start]
    if QUOTE_MASK in between or _NEW_CLAUSE.search(between):
        return False
    names = [word.name for word in sentence.tokens if word.name and previous.end + 1 < word.start < attribution.start]
    return any(coreference.full_name(name) != previous.speaker and coreference.is_person(name) for name in names)


def _find_listener(attribution: Attribution, sentence: TaggedSentence, coreference: CoreferenceResolver) -> str | None:
    """The full name of whoever is told something, directly behind the verb."""
    behind = next((word for word in sentence.tokens if word.start >= attribution.end), None)
    is_told = attribution.cue.lower() in _REPORTING.addressee_forms
    return coreference.full_name(behind.name) if is_told and behind and behind.name else None


def _find_pronoun_subject(attribution: Attribution, sentence: TaggedSentence) -> tuple[str, MentionKind] | None:
    """The subject that a pronoun can refer to: before it, or after an opening clause ("After she spoke, Ada left")."""
    subject = find_subject(sentence, attribution.start)
    if subject is None and sentence.tokens[0].text.lower() in ENGLISH.grammar.clause_openers:
        return find_subject(sentence)
    return subject


def _describe_unknown(attribution: Attribution, speaker: str | None, coreference: CoreferenceResolver) -> str | None:
    """How the text calls a speaker without a clear name, or by another name: a role, a surname that several have."""
    if speaker and attribution.kind == "name":
        return ENGLISH.narration.called.format(attribution.name) if attribution.name in coreference.aliases else None
    return f"{attribution.title} {attribution.name}" if attribution.title in _COURTESY_TITLES else attribution.name


def _ends_clause(attribution: Attribution, sentence: TaggedSentence) -> bool:
    """Whether an attribution ends a clause, so that the names before it are in the words: "Ada leaves, he said"."""
    before, after = sentence.text[: attribution.start].rstrip(), sentence.text[attribution.end :].lstrip()
    if before.rstrip(f" ,{QUOTE_MASK}").endswith(":"):
        return False  # Ada agreed: “It leaks,” she said
    if attribution.cue.lower() in _REPORTING.addressee_forms and (listener := _LISTENER_THEN_MARK.match(after)):
        after = after[listener.end() :]
    return before.endswith((",", QUOTE_MASK)) and (not after or after[0] in ".,;" or after.startswith("and "))


def _list_names_before(sentence: TaggedSentence, end: int) -> list[str]:
    """The names before an offset, without listeners and others after a preposition: "Speaking to Ada Tarn, he said"."""
    tokens = sentence.tokens
    return [
        word.name
        for at, word in enumerate(tokens)
        if word.name and word.end <= end and not (at and tokens[at - 1].text in _GRAMMAR.companion_prepositions)
    ]


def _resolve_subjectless(
    subjectless: ResolvedAttribution,
    sentence: TaggedSentence,
    resolved: Sequence[ResolvedAttribution],
    coreference: CoreferenceResolver,
) -> ResolvedAttribution | None:
    """A cue without a subject, with the speaker of the attribution before it, or the subject of the main clause."""
    start = subjectless.start
    is_agent = sentence.text[:start].endswith(f" {ENGLISH.clauses.agent} ")  # "by telling them": who does something
    before = [
        other
        for other in resolved
        if other.end <= start
        and (other.speaker or other.role)
        and not (other.side == "after" and other.start)
        and not _is_in_relative(sentence.text, other, start)
        and not _QUESTION_BEFORE.search(sentence.text, 0, other.start)  # "Ada asked if Ivo could claim it but said"
    ]
    subject = find_subject(sentence, start)
    if subject and (subject[1] != "role" or is_person_role(subject[0])):  # "Ada wrote what was reported by Ivo, adding"
        agent = f" {ENGLISH.clauses.agent} "
        before = [other for other in before if not sentence.text.startswith(other.cue + agent, other.start)]
    spoke = [other for other in before if other.cue.lower() not in _REPORTING.second_hand_phrases]
    if before and not sentence.text[before[-1].end : start].strip(" ,"):
        spoke = before[-1:]  # "Ada left, according to the Post, citing …"
    if before := spoke or before:  # "Ada asked, according to the Post, before adding …"
        owner = before[-1]
        if _has_new_subject(sentence, owner.end, start):
            return None  # "Ada said it leaks, and Ivo led the boys out, telling them why"
        if owner.cue.lower() in _REPORTING.second_hand_verbs and _JOINED.search(sentence.text, owner.end, start):
            return None  # "The Post reported the keepers were late and claimed …"
        if not _PARTICIPLE.match(sentence.text, start) and _is_reported(sentence.text, before):
            return None  # "Ada said Ivo had refused and asked why": either may have asked
    elif resolved and not is_agent and _is_leading_cue(sentence, subjectless.end, resolved[0]):
        owner = resolved[0]
    else:
        is_of_thing = not _PARTICIPLE.match(sentence.text, start) and _JOINED_RELATIVE.search(sentence.text, 0, start)
        if subject is None or is_of_thing:
            return None  # "Ada gave them paper, which has a seal and says “…”"
        if _UNREAL.search(sentence.text, 0, start) and not sentence.text.startswith(QUOTE_MASK, subjectless.end + 1):
            return None  # "Norland might have won by insisting that …"
        speaker = resolve_subject(subject, coreference)
        role = subject[0] if subject[1] == "role" or (subject[1] == "name" and speaker is None) else None
        return replace(subjectless, speaker=speaker, role=role)
    return replace(subjectless, speaker=owner.speaker, role=owner.role, co_speakers=owner.co_speakers)


def _has_new_subject(sentence: TaggedSentence, start: int, end: int) -> bool:
    """Whether another clause with a name begins between two offsets."""
    clause = (
        _REPORTED_SETTING.match(sentence.text, start)
        or _LAST_CLAUSE.search(sentence.text, start, end)
        or _MAIN_CLAUSE.search(sentence.text, start, end)
    )
    if clause is None or QUOTE_MASK in sentence.text[clause.end() : end]:
        return False
    return any(clause.end() <= word.start and word.end <= end and word.name for word in sentence.tokens)


def _is_in_relative(outside: str, attribution: ResolvedAttribution, end: int) -> bool:
    """Whether an attribution is only part of a name for a thing, so that a later participle is not its own.

    "Ada gave what the Post called “a warning”, saying …".
    """
    before = outside[: attribution.start]
    relative = _RELATIVE_BEFORE.search(before) or _CLAUSE_VERB_BEFORE.search(before)
    return relative is not None and "," in outside[attribution.end : end]


def _is_reported(outside: str, attributions: Sequence[ResolvedAttribution]) -> bool:
    """Whether the last of some attributions is part of what the one before it reports."""
    *_, reporter, last = (None, *attributions)
    if reporter is None or reporter.side != "around" or reporter.cue.lower() not in _REPORTING.speech_forms:
        return False
    between = outside[reporter.end : last.start]
    return reporter.speaker != last.speaker and not _CLAUSE_MARK.search(between) and QUOTE_MASK not in between


def _is_leading_cue(sentence: TaggedSentence, cue_end: int, attribution: ResolvedAttribution) -> bool:
    """Whether a cue opens a sentence whose subject follows: "Noting the tide, Ada said …"."""
    return (
        attribution.side == "around"
        and sentence.text[cue_end : attribution.start].rstrip().endswith(",")
        and attribution.cue.split()[0] not in ENGLISH.reporting.source_phrase_openings
    )

"""The status of an attribution, from the words around the mention of the speaker and the reporting verb."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.records.statement import StatementStatus
from assistant.speech.attribution import find_subject
from assistant.speech.resolution import ResolvedAttribution
from assistant.speech.tagger import TaggedSentence
from assistant.text.languages import ENGLISH
from assistant.text.names import infer_gender
from assistant.text.quotation_marks import QUOTE_MASK

MAX_LEAD_LENGTH = 160  # characters before the mention of a speaker that can say whether they spoke

_STATUS, _GRAMMAR = ENGLISH.status, ENGLISH.grammar
_NEGATED_VERB = re.compile(_STATUS.negated_verb)
_REFUSED_VERB = re.compile(_STATUS.refused_verb)
_POSSIBLE_VERB = re.compile(_STATUS.possible_verb)
_HEARSAY_VERB = re.compile(_STATUS.hearsay_verb)
_OPEN_QUESTION = re.compile(_STATUS.open_question)
_ASKED_BEFORE = re.compile(_STATUS.asked_before, re.IGNORECASE)
_YES_NO_QUESTION = re.compile(_STATUS.yes_no_question)
_CLAIM_BEFORE = re.compile(_STATUS.claim_before, re.IGNORECASE)
_DENIED_CLAIM_BEFORE = re.compile(_STATUS.denied_claim_before, re.IGNORECASE)
_DENIED_BEFORE = re.compile(_STATUS.denied_before, re.IGNORECASE)
_DOUBTED_BEFORE = re.compile(_STATUS.doubted_before, re.IGNORECASE)
_IMITATION_BEFORE = re.compile(_STATUS.imitation_before)
_CLAUSE_OF_VERB = re.compile(r"\b(?P<verb>[a-z]+) that $")
_UNREAL_SETTING = re.compile(_STATUS.unreal_setting)
_DENIED_WORDS = re.compile(_STATUS.denied_words)
_REFUSED_WORDS = re.compile(_STATUS.refused_words)


def classify_attribution(attribution: ResolvedAttribution, sentence: TaggedSentence) -> ResolvedAttribution:
    """The attribution with its status. `sentence` has its quotations masked.

    Somebody who only resembles or plays a named person is a speaker without a name, with a role.
    """
    outside = sentence.text
    lead = outside[max(0, attribution.start - MAX_LEAD_LENGTH) : attribution.start]
    if attribution.speaker and (role := _find_imitation(attribution, sentence)):
        return replace(attribution, speaker=None, role=role)
    if denied := _match_unsaid_words(attribution.cue.lower(), outside[attribution.end :]):
        verb_group = outside[attribution.start : attribution.end].removesuffix(attribution.cue)
        status: StatementStatus = (
            "questioned" if _NEGATED_VERB.search(verb_group) else "denied"
        )  # "did not deny saying"
        return replace(attribution, side="after", end=attribution.end + denied.end(), status=status)
    status = _find_status(attribution, outside, lead)
    if status == attribution.status:
        return attribution
    if attribution.speaker is None and status in ("denied", "questioned"):
        attribution = replace(attribution, speaker=_find_pronoun_subject(attribution, sentence))
    return replace(attribution, status=status)


def _match_unsaid_words(cue: str, after: str) -> re.Match[str] | None:
    """The words between a verb and what was not said: "denied (saying)", "refused (to say)"."""
    if cue in _STATUS.denial_cues:
        return _DENIED_WORDS.match(after)
    return _REFUSED_WORDS.match(after) if cue in _STATUS.refusal_cues and QUOTE_MASK in after else None


def _find_imitation(attribution: ResolvedAttribution, sentence: TaggedSentence) -> str | None:
    """The description of somebody who only resembles or plays the person named: "an actor playing Ada"."""
    for token in sentence.tokens:
        if token.name and attribution.start <= token.start < attribution.end:
            match = _IMITATION_BEFORE.search(sentence.text[max(0, token.start - MAX_LEAD_LENGTH) : token.start])
            return f"{match['role']}{token.text}" if match else None
    return None


def _find_status(attribution: ResolvedAttribution, outside: str, lead: str) -> StatementStatus:
    after = outside[attribution.end :]
    if QUOTE_MASK in outside and _ASKED_BEFORE.match(f"{attribution.cue} "):
        return "questioned"  # "imagined his reply: “…”"
    if status := _read_verb_group(attribution, outside, after):
        return status
    if status := _read_lead(lead):
        return status
    clause = _CLAUSE_OF_VERB.search(lead)  # "some account or other claimed that Ada had said", not "that he had"
    is_other = outside[attribution.start :].split(maxsplit=1)[0].lower() not in _GRAMMAR.third_person_pronouns
    if clause and is_other and clause["verb"] in _STATUS.plain_speech_verbs:
        return "reported"
    if outside.rstrip().endswith("?") and _YES_NO_QUESTION.search(lead):
        return "questioned"
    if _UNREAL_SETTING.search(lead):
        return "questioned"
    return attribution.status


def _read_verb_group(attribution: ResolvedAttribution, outside: str, after: str) -> StatementStatus | None:
    """The status that the words between the speaker and the verb give: "never said", "might have said"."""
    mention_and_verb = outside[attribution.start : attribution.end]
    cue = attribution.cue.lower()
    if not mention_and_verb.lower().endswith(cue):
        return None
    group = mention_and_verb[: len(mention_and_verb) - len(cue)]
    if cue == ":":  # "Ada never said:"
        group, _, cue = group.rpartition(" ")
        group += " "
    if " " not in group.strip():
        return None
    words_follow = QUOTE_MASK in after or (cue in _STATUS.plain_speech_verbs and not _OPEN_QUESTION.match(after))
    if not words_follow:
        return None
    if _NEGATED_VERB.search(group) or _REFUSED_VERB.search(group):
        return "denied" if cue in _STATUS.plain_speech_verbs else None
    if _POSSIBLE_VERB.search(group):
        first = group.split(maxsplit=1)[0].lower()
        return None if first in _GRAMMAR.speaking_pronouns else "questioned"
    return "reported" if _HEARSAY_VERB.search(group) else None


def _read_lead(lead: str) -> StatementStatus | None:
    """The status that the words before the mention give: "asked whether", "rejects claims that"."""
    if not lead.endswith(" "):
        return None
    if _ASKED_BEFORE.search(lead) or _DOUBTED_BEFORE.search(lead):
        return "questioned"
    if _DENIED_BEFORE.search(lead) or _DENIED_CLAIM_BEFORE.search(lead):
        return "denied"
    return "reported" if _CLAIM_BEFORE.search(lead) else None


def _find_pronoun_subject(attribution: ResolvedAttribution, sentence: TaggedSentence) -> str | None:
    """Whom "he" or "she" means in "Ada was asked whether she had said": the subject, unless the gender differs."""
    pronoun = sentence.text[attribution.start :].split(maxsplit=1)[0].lower()
    subject = find_subject(sentence, attribution.start)
    if pronoun not in ("he", "she") or subject is None or subject[1] != "name":
        return None
    return subject[0] if infer_gender(subject[0]) in (None, pronoun) else None

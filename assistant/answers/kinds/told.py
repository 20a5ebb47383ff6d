"""What the articles tell of somebody whose words were asked for: how they reacted, what they want or regret."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from assistant.answers.kinds.fact import select_sentences
from assistant.evidence.selection import EvidenceRequest, Selection
from assistant.evidence.speech_acts import find_stance_stems
from assistant.evidence.statements.by_speaker import SpeakerEvidence
from assistant.evidence.statements.topics import asks_for_deed
from assistant.questions.speakers import is_pronoun, looks_like_name
from assistant.records.answer import Evidence
from assistant.records.question_kinds import FACT_KIND
from assistant.retrieval.holders import is_description
from assistant.retrieval.snapshot import Snapshot
from assistant.text.names import is_same_person
from assistant.text.stemming import related_stems, stem_words
from assistant.text.words import content_words

_PHRASE_WORDS = frozenset("they it we you i one there".split())


def find_told(request: EvidenceRequest, by_speaker: Mapping[str, SpeakerEvidence]) -> Selection:
    """What any sentence tells, if the question may be meant so; empty if it asks for words of somebody.

    "Why do they use planes?" has no speaker that anybody knows. How somebody reacted, and what they want, can also be
    told by the article. Words of somebody else are never told as theirs. Where the question describes somebody in other
    words than the article ("the boss of the cable unit"), the sentences are only near: theirs may be among them.
    """
    query = request.query
    is_about_nobody = not any(_is_somebody(speaker, each) for speaker, each in by_speaker.items())
    is_described = all(map(is_description, query.speakers))
    if not (is_about_nobody or is_described or asks_for_deed(query.cue)):
        return Selection((), 0.0)
    as_fact = replace(query, kind=FACT_KIND, terms=content_words(query.text))
    selection = select_sentences(replace(request, query=as_fact))
    if any(map(_is_phrase, query.speakers)):
        return selection
    told = _keep_told(selection.evidence, query.speakers, request.snapshot)
    if told and told[0] == selection.evidence[0] and (query.expects != "yes_no" or _tells_stance(told[0], query.cue)):
        return replace(selection, evidence=told)
    if is_described:  # whose words the sentences have cannot be told, only shown
        return replace(selection, evidence=(), near=(*selection.evidence, *selection.near))
    near = (*told, *_keep_told(selection.near, query.speakers, request.snapshot))
    return replace(selection, evidence=(), near=near)


def _is_somebody(speaker: str, found: SpeakerEvidence) -> bool:
    """Whether words in the place of a speaker are one: the articles quote them, or they look like a name."""
    return found.speaker_speaks or is_pronoun(speaker) or looks_like_name(speaker)


def _is_phrase(speaker: str) -> bool:
    """Whether words in the place of a speaker are a part of the sentence: "they use"."""
    return not looks_like_name(speaker) and not _PHRASE_WORDS.isdisjoint(speaker.lower().split())


def _keep_told(evidence: Iterable[Evidence], speakers: Iterable[str], snapshot: Snapshot) -> tuple[Evidence, ...]:
    return tuple(each for each in evidence if any(_tells_of(each, speaker, snapshot) for speaker in speakers))


def _tells_of(evidence: Evidence, speaker: str, snapshot: Snapshot) -> bool:
    """Whether a sentence, or the title above it, mentions somebody, and all words that it quotes are theirs."""
    article = evidence.article
    stems = stem_words(f"{article.title} {article.text[evidence.start : evidence.end]}")
    if stems.isdisjoint(_mention_stems(speaker, snapshot)):
        return False
    names = [
        utterance.speaker or utterance.statements[0].role or ""
        for utterance in snapshot.utterances(article)
        if utterance.span[0] < evidence.end and evidence.start < utterance.span[1]
    ]
    return all(_can_be(speaker, name, snapshot) for name in names)


def _tells_stance(evidence: Evidence, cue: str | None) -> bool:
    """Whether a sentence tells the view or deed that is asked for, or its opposite: else it does not say yes or no."""
    return not find_stance_stems(cue).isdisjoint(stem_words(evidence.article.text[evidence.start : evidence.end]))


def _mention_stems(speaker: str, snapshot: Snapshot) -> set[str]:
    """The stems of words that mention somebody: the surname; of "Peru's president" also the place and its people."""
    words = content_words(speaker) or (speaker,)
    if not is_description(speaker):
        return stem_words(words[-1])
    surnames = [name.split()[-1] for name, is_name in snapshot.speaker_names(speaker) if is_name]
    stems = set().union(*map(stem_words, (*words, *surnames)))
    return stems.union(*map(related_stems, stems))


def _can_be(speaker: str, name: str, snapshot: Snapshot) -> bool:
    """Whether somebody with this name or role can be the speaker; "the archbishop" can be the one of Lima."""
    if is_same_person(speaker, name) or name in {linked for linked, _ in snapshot.speaker_names(speaker)}:
        return True
    return is_description(speaker) and content_words(name)[-1:] == content_words(speaker)[-1:] != ()

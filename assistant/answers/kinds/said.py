"""What somebody said on a topic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.answers.kinds.kind import FollowUp, FollowUpMaterial, QuestionKind
from assistant.answers.kinds.premise import contradict_deed
from assistant.answers.kinds.shared import (
    CONTRARY,
    ENGLISH_ONLY,
    ask_about,
    find_articles_in_other_languages,
    mention_elsewhere,
    mention_other_languages,
    propose_other_topics,
    select_ranked,
    sort_by_count,
)
from assistant.answers.kinds.told import find_told
from assistant.articles.outlet_lines import is_outlet_name
from assistant.evidence.facts.features import states_reason
from assistant.evidence.missing_words import find_missing_words
from assistant.evidence.selection import EvidenceRequest, Selection, rank_evidence
from assistant.evidence.statements.by_speaker import SpeakerEvidence, find_statements_by
from assistant.questions.outlets import OutletMatcher
from assistant.questions.speakers import is_pronoun
from assistant.records.answer import Evidence
from assistant.records.article import Article
from assistant.records.query import Query
from assistant.records.question_kinds import FACT_KIND
from assistant.retrieval.snapshot import Snapshot
from assistant.speech.utterances import Utterance
from assistant.text.formatting import count_noun, join_names
from assistant.text.names import is_organization, is_same_person, normalize_name
from assistant.text.words import content_words, fold

MAX_OTHER_SPEAKERS = 3  # whom a refusal names
MAX_OUTLETS = 4  # that a refusal names

MAX_NEAR = 3  # sentences that may contain the answer
MIN_CLOSE = 0.2  # score of a speaker's words from which they come before what an article tells

_ACCENTED = re.compile("[à-ɏ]")
_DOCUMENT_NOUNS = frozenset(
    """
    report reports study studies survey poll polls article articles story paper law bill memo letter inquiry document
    documents data figures ruling verdict indictment lawsuit complaint filing agreement treaty deal plan budget
    investigation review audit research book constitution resolution rules guidelines
    """.split()
)


# -------------------------------------------------------------------------------------- evidence


def _reinterpret(query: Query) -> Query:
    """A question for the words of a document ("What does the report say?") is answered by any sentence."""
    if all(map(_is_document, query.speakers)):
        return replace(query, kind=FACT_KIND, terms=content_words(query.text))
    return query


def _is_document(speaker: str) -> bool:
    words = speaker.lower().split()
    return words[0] in ("the", "this", "that", "a", "an") and words[-1] in _DOCUMENT_NOUNS


def _find_evidence(request: EvidenceRequest) -> Selection:
    """Words of the requested speakers that are clearly on the topic; else what is told of it; else what is near."""
    by_speaker = {speaker: find_statements_by(request, speaker) for speaker in request.query.speakers}
    results = list(by_speaker.values())
    own_words = [evidence for each in results for evidence in each.evidence]
    if (contradicted := contradict_deed(request, own_words)) is not None:
        return contradicted
    unsaid = tuple(rank_evidence(evidence for each in results for evidence in each.unsaid))
    no_reason = own_words if _lack_reason(request.query, own_words) else []
    own_words = [] if no_reason else own_words
    told = Selection((), 0.0) if own_words or unsaid else find_told(request, by_speaker)
    if told.evidence:
        return told
    silent = tuple(speaker for speaker, each in by_speaker.items() if not each.evidence)
    others_words = [] if own_words else [evidence for each in results for evidence in each.by_mouthpieces]
    perhaps = no_reason or [each for found in results for each in found.near]
    own_near = [] if own_words or others_words else rank_evidence(perhaps)
    near = _add_told(own_near, told.near)
    others = _merge_other_speakers(results)
    return replace(
        select_ranked(own_words or others_words),
        speaker_known=any(each.speaker_known for each in results),
        speaker_speaks=any(each.speaker_speaks for each in results),
        other_speakers=others,
        silent_speakers=silent if len(silent) < len(results) else (),
        unsaid=unsaid,
        spoken_for={} if own_words else _name_mouthpieces(by_speaker),
        near=near,
        missing=_find_missing(request.query, (*near, *unsaid, *others.values())) if near else (),
    )


def _lack_reason(query: Query, own_words: Iterable[Evidence]) -> bool:
    """Whether somebody's words do not tell why, if that is asked: that Tarn wants to go does not."""
    return query.expects == "reason" and not any(
        states_reason(each.article.text[each.start : each.end]) for each in own_words
    )


def _find_missing(query: Query, shown: Sequence[Evidence]) -> tuple[str, ...]:
    """The words of the topic that the articles of what is near lack, also of what others say."""
    articles = list({each.article.id: each.article for each in shown}.values())
    return find_missing_words(replace(query, text=query.topic), articles) if query.topic else ()


def _add_told(near: Sequence[Evidence], told: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The words of the speaker, and sentences about them that those do not overlap.

    Words that are on another matter than the topic, as far as can be seen, come last.
    """
    added = [
        each
        for each in told
        if not any(own.article.id == each.article.id and own.start < each.end and each.start < own.end for own in near)
    ]
    close = [each for each in near if each.score >= MIN_CLOSE]
    return (*close, *added, *(each for each in near if each.score < MIN_CLOSE))[:MAX_NEAR]


def _name_mouthpieces(by_speaker: Mapping[str, SpeakerEvidence]) -> dict[str, tuple[str, ...]]:
    """For each speaker, those who speak for them: shown if the speaker is silent, never as the speaker."""
    return {
        speaker: tuple(dict.fromkeys(evidence.speaker for evidence in each.by_mouthpieces if evidence.speaker))
        for speaker, each in by_speaker.items()
        if each.by_mouthpieces
    }


def _merge_other_speakers(results: Iterable[SpeakerEvidence]) -> dict[str, Evidence]:
    # Single words are too often not a person ("Reports"), so only full names are shown.
    others = {name: each.other_speakers[name] for each in results for name in each.other_speakers if " " in name}
    return dict(sorted(others.items(), key=lambda item: -item[1].score))


# --------------------------------------------------------------------------------------- refusal


def _explain_refusal(query: Query, selection: Selection, snapshot: Snapshot) -> list[str]:
    if selection.near and selection.difference:
        return [CONTRARY, *mention_elsewhere(selection)]
    naming = [] if is_pronoun(query.speaker or "") else _find_articles_that_name(query.speaker or "", snapshot)
    languages = find_articles_in_other_languages(naming)
    if naming and len(languages) == len(naming):
        names = join_names(list(dict.fromkeys(languages.values())))
        reason = f"The articles found that name {query.speaker} are in {names}: {ENGLISH_ONLY}."
        return [reason, *mention_elsewhere(selection)]
    missing = _explain_author(query, selection, snapshot) or [
        *_explain_missing_statement(query, selection, naming, snapshot),
        *_suggest_speakers(query, selection, naming, snapshot),
    ]
    outlets = _mention_missing_outlets(query, snapshot)
    return [*missing, *outlets, *mention_other_languages(naming), *mention_elsewhere(selection)]


def _mention_missing_outlets(query: Query, snapshot: Snapshot) -> list[str]:
    """That an outlet that the question asks for is none of the library: at most one sentence.

    Who reads that no words of the Guardian were found would else look for other words of the topic.
    """
    named = [name for name in query.speakers if is_outlet_name(name)]
    if not named:
        return []
    there = snapshot.source_names()
    matcher = OutletMatcher(there)
    missing = [name for name in named if matcher.match_name(name) is None]
    if not missing:
        return []
    if not there:
        return [f"No article is known to be from {join_names(missing, 'or')}: none names its outlet."]
    more = len(there) - MAX_OUTLETS
    outlets = join_names([*there[:MAX_OUTLETS], f"{more} other{'s' if more > 1 else ''}"] if more > 0 else there)
    return [f"No article of the library is from {join_names(missing, 'or')}; those with an outlet are from {outlets}."]


def _find_articles_that_name(speaker: str, snapshot: Snapshot) -> list[Article]:
    surname = fold((content_words(speaker) or (speaker,))[-1])
    articles = snapshot.articles_of(snapshot.passages).values()
    mention = re.compile(rf"(?<!\w){re.escape(surname)}(?!\w)")

    def is_named(text: str) -> bool:
        text = text.lower()
        return bool(mention.search(text) or (_ACCENTED.search(text) and mention.search(fold(text))))

    return [article for article in articles if is_named(article.text)]


def _explain_author(query: Query, selection: Selection, snapshot: Snapshot) -> list[str]:
    """That the speaker wrote one of the articles found, if none names the speaker in its text."""
    for article in snapshot.articles_of(snapshot.passages).values():
        if not selection.speaker_known and article.author and is_same_person(query.speaker or "", article.author):
            return [f"{article.author} is the author of “{article.title}”; no article found quotes {article.author}."]
    return []


def _name_only_surname(speaker: str, naming: Sequence[Article]) -> bool:
    """Whether articles that name somebody's surname have no other word of the name: of whom they tell is not known."""
    *given, _ = normalize_name(speaker) or ("",)
    if not naming or not given or is_organization(speaker):
        return False
    mention = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, given))})(?!\w)")
    return not any(mention.search(fold(article.text)) for article in naming)


def _suggest_speakers(query: Query, selection: Selection, naming: Sequence[Article], snapshot: Snapshot) -> list[str]:
    """Whom the question may mean, if no article names the speaker, or only the surname."""
    is_found = selection.speaker_known and not _name_only_surname(query.speaker or "", naming)
    if is_found or (selection.speaker_speaks and selection.speaker_known) or is_pronoun(query.speaker or ""):
        return []
    similar = snapshot.similar_speakers(query.speaker or "")
    return [f"Did you mean {join_names(similar, 'or')}?"] if similar else []


def _count_unclear(articles: Iterable[Article], snapshot: Snapshot) -> int:
    """How many of some articles have turns of an interview whose speaker is neither named nor described."""

    def is_unclear(utterance: Utterance) -> bool:
        first = utterance.statements[0]
        return first.cue == ":" and not first.speaker and not first.role

    return sum(any(map(is_unclear, snapshot.utterances(article))) for article in articles)


def _explain_missing_statement(
    query: Query, selection: Selection, naming: Sequence[Article], snapshot: Snapshot
) -> list[str]:
    """`naming` are the articles found that name the speaker."""
    speaker, unclear = query.speaker or "", _count_unclear(naming, snapshot)
    about = f" that are clearly about {query.topic}" if query.topic else ""
    if query.expects == "reason" and selection.near:
        about = " that clearly tell why"  # what is near may well be about the topic
    when = f" {query.period.words}" if query.period and selection.elsewhere else ""
    if is_pronoun(speaker):
        return [f"It is not clear who “{speaker}” is; ask by name."]
    is_unnamed = not naming and not selection.near and not selection.speaker_speaks and not selection.elsewhere
    if not selection.speaker_known or is_unnamed:  # known from other articles than those that are asked
        sentences = [f"No article found for this question names {speaker}."]
    elif selection.near and not selection.speaker_speaks:
        sentences = [f"No words were found that are clearly those of {speaker}."]
        if unclear:
            sentences.append(f"{_describe_unclear(unclear, speaker)}.")
    elif not selection.speaker_speaks and not selection.elsewhere and _name_only_surname(speaker, naming):
        sentences = [f"No article found for this question names {speaker}; some name {speaker.split()[-1]}."]
    elif not selection.speaker_speaks and not selection.elsewhere:
        sentences = [f"The articles found name {speaker}; no words of theirs were found in them."]
        if unclear:
            of_whom = _describe_unclear(unclear, speaker)
            sentences = [f"The articles found name {speaker}, and none says that words are theirs; {of_whom}."]
    else:
        sentences = [f"No words of {join_names(query.speakers, 'or')} were found{about}{when}."]
    sentences += _explain_unsaid(selection)
    if selection.other_speakers:
        names = list(selection.other_speakers)[:MAX_OTHER_SPEAKERS]
        sentences.append(f"Others speak about it: {join_names(names)}.")
    return sentences


def _describe_unclear(count: int, speaker: str) -> str:
    verb, hold = ("names", "holds") if count == 1 else ("name", "hold")
    return f"{count_noun(count, 'article')} that {verb} {speaker} {hold} words whose speaker is not clear"


def _explain_unsaid(selection: Selection) -> list[str]:
    """What the articles say of words that were given to the speaker, but are not theirs."""
    if not selection.unsaid:
        return []
    first = selection.unsaid[0]
    speaker = first.speaker or "them"
    if first.correction is not None:
        day = f" on {first.correction.published_at[:10]}" if first.correction.published_at else ""
        instead = f"; they are words of {first.correction.speaker}" if first.correction.speaker else ""
        return [f"Words that an article attributed to {speaker} were corrected{day}{instead}."]
    if first.status == "denied":
        return [f"An article says of some words that {speaker} did not say them."]
    return [f"An article leaves open whether {speaker} said some words about it."]


# ------------------------------------------------------------------------------------- follow-ups


def _propose_follow_ups(material: FollowUpMaterial) -> Iterator[Iterator[FollowUp]]:
    """What others said on the same topic, then what the speakers of the answer said on other topics."""
    if material.query.topic:
        yield _ask_others(material, material.query.topic)
    yield from propose_other_topics(material)


def _ask_others(material: FollowUpMaterial, topic: str) -> Iterator[FollowUp]:
    words = set(content_words(topic))
    mentions = Counter(
        {
            name: sum(words <= set(content_words(sentence)) for sentence in sentences)
            for name, sentences in material.sentences.items()
            if name not in material.requested_speakers
        }
    )
    for name in sort_by_count(+mentions):
        yield ask_about(name, topic)


SAID = QuestionKind("said", _find_evidence, _explain_refusal, _propose_follow_ups, reinterpret=_reinterpret)

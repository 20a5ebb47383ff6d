"""What somebody said on a topic, and who said some words: evidence from the statements of the library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.evidence.term_weights import TermWeights
from assistant.questions.speakers import is_pronoun
from assistant.records.answer import Evidence
from assistant.records.article import Article, Span
from assistant.records.query import Query
from assistant.retrieval.speakers import find_unlikely_speakers, link_speakers
from assistant.speech.utterances import Utterance, group_statements
from assistant.store.protocol import Library
from assistant.text.languages import ENGLISH
from assistant.text.names import full_names, has_given_name, is_same_person, name_parts, name_words
from assistant.text.stemming import stem, stem_words
from assistant.text.words import content_words, split_words

MIN_TOPIC_COVERAGE = 0.5  # of the topic's weight that somebody's words must hold
MIN_OTHER_COVERAGE = 0.75  # that somebody else's words must hold to be pointed at
UNNAMED_SPEAKER_SCORE = 0.9  # the score of quoted words where they stand without a speaker
MAX_PLACES = 20  # of one quotation in an article that are looked at
LONG_STATEMENT = 500  # characters
INFORMATIVE_LENGTH = 120  # characters of a statement from which on it says enough
SPEECH_ACT_WEIGHT = 0.1  # of a score, for doing what was asked for: has Ivo endorsed the plan?
FRAGMENT_PENALTY = 0.9  # what is left of the score of a part of a sentence that makes little sense alone
UNLIKELY_SPEAKER_PENALTY = 0.8  # what is left of the score of their words


_FRAGMENT = re.compile(
    r"(?:to|of|in|on|at|for|about|with|from|regarding|against|not)\s"
)  # of a sentence, no sense alone


# ---------------------------------------------------------------------------------- what somebody said


@dataclass(frozen=True, slots=True)
class SpeakerEvidence:
    """What was found of somebody's words; `others` speak on the topic, each by what they say that is most on it."""

    evidence: list[Evidence]
    speaker_known: bool
    speaker_speaks: bool
    other_speakers: dict[str, Evidence]


def find_statements_by(query: Query, speaker: str, articles: Iterable[Article], library: Library) -> SpeakerEvidence:
    """What the one whom `asked` names says on the question's topic in these articles."""
    names = set(link_speakers(speaker, library))
    less_meant = find_unlikely_speakers(speaker, names, library)
    weights = TermWeights(query.terms, library)
    phrase = " ".join(split_words(query.topic or ""))
    found: list[Evidence] = []
    others: dict[str, Evidence] = {}
    surname = (content_words(speaker) or (speaker.lower(),))[-1]
    mentioned = re.compile(rf"\b{re.escape(surname)}", re.IGNORECASE)
    known = bool(names)
    speaks = False
    if is_pronoun(speaker):
        return SpeakerEvidence([], speaker_known=False, speaker_speaks=False, other_speakers={})
    for article in articles:
        known = known or mentioned.search(article.text) is not None
        before: Utterance | None = None
        for one in group_statements(article, library.statements(article.id)):
            mine = _is_by(one, names)
            speaks = speaks or mine
            words_said = stem_words(one.text)
            if mine:
                around = _collect_context_stems(one, before)
                coverage = weights.measure_coverage(words_said, around) if query.terms else 1.0
                start, end = one.span
                shown = article.text[start:end]
                if (
                    coverage >= MIN_TOPIC_COVERAGE
                    and not (query.topic and is_about_another(query.topic, shown))
                    and (one.direct or not shown.rstrip("”\"’'").endswith("?"))  # the writer asks about their view
                ):
                    score = _score_statement(coverage, one, phrase, query) * (
                        UNLIKELY_SPEAKER_PENALTY if one.speaker in less_meant else 1
                    )
                    score *= FRAGMENT_PENALTY if _FRAGMENT.match(shown) and not one.direct else 1
                    found.append(Evidence(article, start, end, score, one.speaker))
            elif (who := _name_other_speaker(one, surname)) and (
                share := weights.measure_coverage(words_said)
            ) >= MIN_OTHER_COVERAGE:
                here = Evidence(article, *one.span, share, one.speaker)
                others[who] = max(others.get(who, here), here, key=lambda said: said.score)
            before = one
    return SpeakerEvidence(found, known, speaks, others)


def _name_other_speaker(one: Utterance, surname: str) -> str | None:
    """How to name somebody else who speaks on the topic: by name, or as those around the person asked about."""
    role = one.statements[0].role
    return one.speaker or (role if role and surname.lower() in name_words(role) else None)


def _is_by(one: Utterance, names: set[tuple[str, bool]]) -> bool:
    first = one.statements[0]
    if first.speaker is not None:
        return (first.speaker, True) in names
    return first.role is not None and (first.role, False) in names


def _collect_context_stems(one: Utterance, before: Utterance | None) -> set[str]:
    """The stems beside somebody's words: in the rest of the sentence, and just before where they are speaking on."""
    start, end = one.span
    found = stem_words(one.article.text[start:end])
    if before is not None and before.speaker == one.speaker and start - before.span[1] < 3:
        found |= stem_words(before.text)
    return found


def _score_statement(coverage: float, one: Utterance, phrase: str, query: Query) -> float:
    text = one.text
    if not query.terms:  # nothing is asked for in particular: rather what says something than "But, come on."
        return 0.85 * min(1.0, len(text) / INFORMATIVE_LENGTH) + 0.15 * one.direct
    exact = bool(phrase) and f" {phrase} " in f" {' '.join(split_words(text))} "
    # Of two statements that name the topic, the shorter one is more about it.
    brevity = max(0.0, 1 - len(text) / LONG_STATEMENT)
    score = 0.75 * coverage + 0.1 * exact + 0.05 * one.direct + 0.1 * brevity
    if query.cue is None or stem(query.cue) not in _SPEECH_ACT_BY_VERB:
        return score
    return (1 - SPEECH_ACT_WEIGHT) * score + SPEECH_ACT_WEIGHT * any(
        has_same_speech_act(query.cue, piece.cue) for piece in one.statements
    )


def is_about_another(topic: str, text: str) -> bool:
    """Whether a text that shares words with a name means something else: North Korea for South Korea.

    Only for topics that are a name of several words; a text that holds the last of them by itself, or with a
    title, may well mean it.
    """
    parts = topic.split()
    if len(parts) < 2 or not all(part[:1].isupper() for part in parts):
        return False
    wanted = {part.lower() for part in parts}
    chains = [match[0].split() for match in _CAPITALISED.finditer(text)]
    with_last = [chain for chain in chains if parts[-1].lower() in map(str.lower, chain)]
    if not with_last:
        return not any(wanted & set(map(str.lower, chain)) for chain in chains) and parts[
            -1
        ].lower() not in split_words(text)
    return not any(
        len(wanted & set(map(str.lower, chain))) > 1 or len(name_parts(" ".join(chain))) == 1 for chain in with_last
    )


_CAPITALISED = re.compile(r"[A-Z][\w’'-]*\.?(?: [A-Z][\w’'-]*\.?)*")


# ---------------------------------------------------------------------------------------- who said it


def find_quoted_words(query: Query, articles: Iterable[Article], library: Library) -> list[Evidence]:
    """Places where the quoted words stand, to the letter or nearly, with the speaker the article names.

    One place an article: where it says who speaks, rather than in a headline that repeats the words.
    """
    found: list[Evidence] = []
    for article in articles:
        said_here: list[Utterance] | None = None
        for quotation in query.quoted:
            places = list(islice(find_quotation_spans(quotation, article.text), MAX_PLACES))
            if not places:
                continue
            if said_here is None:
                said_here = list(group_statements(article, library.statements(article.id)))
            headline = _find_headline_end(article)
            held = [(place, _find_utterance_at(place, said_here)) for place in places]
            place, best = max(
                held, key=lambda one: (one[0][0] >= headline, one[1] is not None and bool(one[1].speaker))
            )
            start, end = best.span if best else _find_sentence_at(library.sentence_spans(article.id), place)
            speaker = best.speaker if best else None
            found.append(Evidence(article, start, end, 1.0 if speaker else UNNAMED_SPEAKER_SCORE, speaker))
    return sorted(found, key=lambda one: -one.score)


def _find_headline_end(article: Article) -> int:
    """Where the text goes on behind a first line that only repeats the title; else 0."""
    first = article.text.partition("\n")[0]
    return len(first) if split_words(first) == split_words(article.title) else 0


def _find_utterance_at(place: Span, said_here: Sequence[Utterance]) -> Utterance | None:
    """The utterance that holds a place: of a named speaker, where there are several the innermost."""
    holding = [
        one for one in said_here if any(piece.start < place[1] and place[0] < piece.end for piece in one.statements)
    ]
    return max(holding, key=lambda one: (one.speaker is not None, one.statements[0].start), default=None)


def find_statements_on_topic(query: Query, articles: Iterable[Article], library: Library) -> list[Evidence]:
    """Words on the question's subject, whoever says them in the way that is asked for, where the article says who."""
    # Who is spoken of is called by the surname: "Ada Brandreth" asks for words on Brandreth.
    given = {word for name in full_names(query.text) if has_given_name(name) for word in content_words(name)[:-1]}
    weights = TermWeights([term for term in query.terms if term not in given] or query.terms, library)
    spoken_of = re.findall(r"(?<=\w )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*(?=[’']s|\W|$)", query.text)
    found: list[Evidence] = []
    for article in articles:
        for one in group_statements(article, library.statements(article.id)):
            if one.speaker is None or not any(has_same_speech_act(query.cue, piece.cue) for piece in one.statements):
                continue
            if any(is_same_person(name, one.speaker) for name in spoken_of):
                continue  # whom Musk criticized has not criticized Musk
            start, end = one.span
            coverage = weights.measure_coverage(stem_words(one.text), stem_words(article.text[start:end]), context=0.9)
            if coverage >= MIN_OTHER_COVERAGE:
                found.append(Evidence(article, start, end, 0.9 * coverage + 0.1 * one.direct, one.speaker))
    return found


def has_same_speech_act(asked: str | None, cue: str) -> bool:
    """Whether who is said to have done `cue` answers "who {asked} it?": who slammed a plan has criticised it."""
    if asked is None or (wanted := _SPEECH_ACT_BY_VERB.get(stem(asked))) is None:
        return True
    return any(_SPEECH_ACT_BY_VERB.get(stem(word)) == wanted for word in split_words(cue))


# Verbs of one group answer for each other; the first names the group. Any other verb only reports.
_SPEECH_ACT_BY_VERB = {stem(verb): group[0] for group in ENGLISH.reporting.speech_act_groups for verb in group}


def find_quotation_spans(quotation: str, text: str) -> Iterator[Span]:
    """Where the words of a quotation stand in a text, whatever their punctuation, case and white space, in order."""
    wanted = re.findall(r"\w+", quotation)
    if wanted:
        pattern = r"\b" + r"\W+".join(map(re.escape, wanted)) + r"\b"
        yield from (match.span() for match in re.finditer(pattern, text, re.IGNORECASE))


def _find_sentence_at(sentences: Sequence[Span], place: Span) -> Span:
    touched = [span for span in sentences if span[0] < place[1] and place[0] < span[1]]
    return (touched[0][0], touched[-1][1]) if touched else place

"""The weights by which sentences and statements are ranked, and the score below which none is shown.

They were chosen together on whole sets of questions; CONTRIBUTING, "Ranking", says how to measure a change."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentenceWeights:
    """How the features of a sentence add up to its score in 0..1.

    The weights of the features add up to 1. Short questions find all their words in many places, so the meaning of
    the passage counts most. A penalty is a factor of the score.
    """

    own_coverage: float = 0.05
    context_coverage: float = 0.20
    passage_similarity: float = 0.30
    sentence_similarity: float = 0.25
    type_match: float = 0.05
    freshness: float = 0.15

    # A score without freshness is divided by this. With 1 - freshness = 0.85, too many false answers pass.
    undated_divisor: float = 0.91

    question_penalty: float = 0.5  # the sentence is itself a question
    label_penalty: float = 0.9  # a headline, a caption or a link
    other_year_or_source_penalty: float = 0.6  # not of the year or the source that the question names
    partial_yes_no_penalty: float = 0.85  # yes or no is expected, and the sentence lacks much of the claim
    min_yes_no_coverage: float = 0.75  # share of the question's weight below which it lacks much
    unrelated_penalty: float = 0.75  # the two things of the question are far apart; see `evidence.relations`

    min_score: float = 0.53  # if no sentence has this score, none is shown


@dataclass(frozen=True, slots=True)
class StatementWeights:
    """How somebody's words are scored in 0..1, and how much of the topic they must contain."""

    coverage: float = 0.75
    exact_phrase: float = 0.1
    direct_speech: float = 0.05
    brevity: float = 0.1  # of two statements that name the topic, the shorter is more about it
    speech_act: float = 0.1  # share of the score for the act of speech in the question: has Ivo endorsed the plan?

    # Scores on a topic are raised to it. Words on half of the topic are often on another one; they stay far below those
    # on all of it, so that they are shown only if there are no better ones.
    topic_exponent: float = 2.0

    # Without a topic, a statement that says something is better than "But, come on."
    open_length: float = 0.85
    open_direct_speech: float = 0.15

    second_hand_penalty: float = 0.85  # words that the speaker said according to somebody else
    unsaid_penalty: float = 0.6  # words that the speaker denies to have said
    fragment_penalty: float = 0.9  # a part of a sentence that makes little sense alone
    unlikely_speaker_penalty: float = 0.8  # by a namesake who is hardly ever quoted

    min_topic_coverage: float = 0.5  # share of the topic's weight that the words of the requested speaker need
    min_other_coverage: float = 0.75  # and those of any other speaker
    unnamed_speaker_score: float = 0.9  # of quoted words whose speaker the article does not name


SENTENCE_WEIGHTS = SentenceWeights()
STATEMENT_WEIGHTS = StatementWeights()

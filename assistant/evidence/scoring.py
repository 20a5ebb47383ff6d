"""The weights by which statements are ranked, and how much of a topic they must contain.

They were chosen together on whole sets of questions; CONTRIBUTING, "Ranking", says how to measure a change. The weights
of the sentences that answer a question of fact are in `evidence.facts.weights`."""

from __future__ import annotations

from dataclasses import dataclass


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

    # Meaning counts for topics that are not only a name. Cosines, see `evidence.statements.meaning`.
    min_topic_meaning: float = 0.42  # of an utterance after its title, from which it is clearly on the topic
    min_own_meaning: float = 0.2  # and of the utterance alone
    min_article_coverage: float = 0.5  # share of the topic's weight that an article near to the topic contains
    min_near_meaning: float = 0.3  # and cosine from which an utterance is near to it
    min_near_question: float = 0.4  # and cosine with the whole question

    unnamed_speaker_score: float = 0.9  # of quoted words whose speaker the article does not name


STATEMENT_WEIGHTS = StatementWeights()

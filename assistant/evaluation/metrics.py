"""Names and meanings of the metrics of `assistant eval`.

Unless stated otherwise, a metric is the mean over the questions that it applies to, between 0 and 1."""

from __future__ import annotations

ANSWER_METRICS = {
    "n": "questions",
    "quote_exact": "share of quotations that are in their article, character by character, at the cited offsets",
    "quotes_per_answer": "citations per question, refusals included",
    "markers_resolve": "answers with at least one [n], where every n is the number of a citation",
    "missing": "questions without an answer object",
    "abstained_right": "unanswerable questions that were refused",
    "answered": "answerable questions that were not refused",
    "passage_hit@1": "the first retrieved passage overlaps the annotated words (if none: is from the article)",
    "passage_hit@5": "one of the first five does",
    "passage_hit@10": "one of the first ten does",
    "cite_hit@1": "the first citation overlaps the annotated words (or is from the right article); a refusal is a miss",
    "cite_hit@3": "one of the first three does",
    "cite_precision": "share of an answer's citations that overlap the annotated words",
    "cite_recall@10": "share of the annotated places that a citation overlaps; at most ten are required",
    "speaker_named": "who_said: the answer contains the surname",
    "answer_in_first_quote": "the first citation contains one of the right answers",
    "answer_in_quotes@3": "the first three citations together contain one",
    "answer_in_text": "the text of the answer contains one",
    "helpful@3": "the first three sentences shown contain one: citations, or those only near to an answer",
    "assert_precision": "share of what is given as an answer, not as near, whose first three citations contain one",
    "assert_recall": "the same as a share of the answerable questions (both: of questions with `short_answers`)",
    "refusal_precision": "share of the refusals that were right",
    "refusal_recall": "share of the unanswerable questions that were refused",
    "refusal_f1": "harmonic mean of the two",
    "unanswerable_share": "share of the questions that are unanswerable",
    "refusal_auroc": "probability that an answerable question has the higher confidence of two (0.5: random)",
    "ms_p50": "milliseconds per question, median",
    "ms_p95": "milliseconds per question, 95th percentile",
}

WRITER_METRICS = {
    "model_asked": "questions for which the language model was asked: not where nothing was found",
    "model_shown": "share of those where the answer shown is the model's",
    "sentences_written": "sentences that it wrote, those left out too",
    "proved": "share of them that are in the source that they cite, in the same words or shortened",
    "repointed": "share that another source bears out, which they cite now",
    "unproved": "share that no source is seen to say",
    "ms_first_token": "milliseconds until its first word, on average",
}
"""With `--writer`, beside ANSWER_METRICS: in the columns of both modes of the language model."""

QUESTION_GROUPS = {
    "dated": "the questions with `asked_at`, as given",
    "undated": "the questions without it, and those with it asked again without, except where the day decides what is "
    "asked (“this week”); only where a file has questions with `asked_at`",
    "ALL": "all questions, as given",
}
"""The groups of questions besides their types."""

CURVE_METRICS = {
    "threshold": "refuse if the confidence is lower",
    "coverage": "share of the questions that would be answered",
    "risk": "share of those that are unanswerable",
    "refusal_precision": "as above",
    "refusal_recall": "as above",
    "refusal_f1": "as above",
}

STATEMENT_METRICS = {
    "annotations": "annotated attributions in articles of the library",
    "statements": "stored statements that overlap an annotation by more than half of the shorter one",
    "content_recall": "annotations with at least half of their characters in statements (overlap)",
    "content_recall_exact": "annotations whose spans are all statements; marks and spaces at the edges are ignored",
    "content_precision": "share of the characters of these statements that are in annotated content (overlap)",
    "content_precision_exact": "share of these statements that are an annotated span, edges ignored",
    "pair_recall": "annotations with a known speaker that an overlapping statement attributes to the same surname",
    "pair_precision": "statements with a speaker whose surname agrees with that of the closest annotation",
    "speaker_missing": "annotations with a known speaker whose overlapping statements name no speaker",
}
"""Annotations are often a sample: precision is computed over the statements that overlap one."""

SOURCE_TYPES = ("named", "pronoun")
"""How the article refers to a speaker; the pair metrics are also given for each."""


def explain_metrics(figures: dict[str, str]) -> str:
    """Explain each metric in a paragraph."""
    return "\n\n".join(f"{name}: {meaning}" for name, meaning in figures.items())

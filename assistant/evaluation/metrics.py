"""What `assistant eval` measures: the name and the meaning of each figure. Unless it says otherwise, a figure is
the mean over the questions that it applies to, between 0 and 1."""

from __future__ import annotations

MetricValues = dict[str, float]

ANSWER_METRICS = {
    "n": "questions",
    "quote_exact": "share of all quotations that stand in their article, letter by letter, where the citation says",
    "quotes_per_answer": "citations a question, refusals counted in",
    "markers_resolve": "answers with at least one [n], all of them numbers of their citations",
    "missing": "questions without an answer object",
    "abstained_right": "unanswerable questions that were refused",
    "answered": "answerable questions that were not refused",
    "passage_hit@1": "the first retrieved passage overlaps the marked words (where none are marked: is of the article)",
    "passage_hit@5": "one of the first five does",
    "passage_hit@10": "one of the first ten does",
    "cite_hit@1": "the first citation overlaps the marked words (or is of the article); a refusal is a miss",
    "cite_hit@3": "one of the first three does",
    "cite_precision": "share of an answer's citations that overlap the marked words",
    "cite_recall@10": "share of the marked places that a citation overlaps; ten are enough where there are more",
    "speaker_named": "who_said: the answer holds the surname",
    "answer_in_first_quote": "the first citation holds one of the right answers",
    "answer_in_quotes@3": "the first three together hold one",
    "answer_in_text": "the text of the answer holds one",
    "refusal_precision": "share of the refusals that were right",
    "refusal_recall": "share of the unanswerable questions that were refused",
    "refusal_f1": "harmonic mean of the two",
    "unanswerable_share": "share of the questions that are unanswerable",
    "refusal_auroc": "chance that an answerable question gets more confidence than an unanswerable one (0.5: by luck)",
    "ms_p50": "milliseconds a question, median",
    "ms_p95": "milliseconds a question, 95th percentile",
}

CURVE_METRICS = {
    "threshold": "refuse where the confidence is lower",
    "coverage": "share of the questions that would be answered",
    "risk": "share of those that are unanswerable",
    "refusal_precision": "as above",
    "refusal_recall": "as above",
    "refusal_f1": "as above",
}

STATEMENT_METRICS = {
    "annotations": "annotated attributions in articles of the library",
    "statements": "stored statements that an annotation speaks of: they share more than half of the shorter one",
    "content_recall": "annotations of whose characters at least half lie in statements (overlap)",
    "content_recall_exact": "annotations each of whose spans is a statement; marks, points, spaces at the edges aside",
    "content_precision": "share of these statements' characters that lie in annotated content (overlap)",
    "content_precision_exact": "share of these statements that are an annotated span, edges aside",
    "pair_recall": "annotations with a known speaker that an overlapping statement gives to the same surname",
    "pair_precision": "statements with a speaker, the nearest annotation's being known, in which the surnames agree",
    "speaker_missing": "annotations with a known speaker whose overlapping statements all name nobody",
}
"""Annotations are often a sample, so precision is over the statements that one of them speaks of."""

SOURCE_TYPES = ("named", "pronoun")
"""How the article refers to a speaker where it speaks of them; the pair figures are also given for each."""


def explain_metrics(figures: dict[str, str]) -> str:
    """The figures and their meanings, a paragraph each."""
    return "\n\n".join(f"{name}: {meaning}" for name, meaning in figures.items())

"""The weights by which sentences are ranked, and those by which the best is given as an answer or as near to one.

Fitted together on several sets of questions, by likelihood with a small penalty on each weight: the ranking on which
sentences of the retrieved passages contain the answer, the decision on whether one of the first three does. What they
give on each set, and on a set that was left out of the fit, is in docs/evaluation.md.
"""

from __future__ import annotations

from collections.abc import Mapping

BY_WORDS: Mapping[str, float] = {
    "article_coverage": 2.03,
    "article_rank": 0.77,
    "best_article": -0.61,
    "claim": 0.5,
    "context_coverage": 8.72,
    "counts_noun": 1.68,
    "fills_date": 1.5,
    "fills_name": 2.44,
    "fills_number": 3.05,
    "fills_person": 1.51,
    "fills_place": 1.79,
    "fills_reason": 1.64,
    "first": -0.3,
    "freshness": 4.61,
    "full_name": 0.23,
    "label": -0.14,
    "lead": 1.3,
    "long": 0.92,
    "manner": 1.59,
    "names_place": 1.64,
    "other_source": -0.38,
    "other_year": -0.51,
    "own_coverage": -1.06,
    "passage_rank": 0.52,
    "passage_similarity": 10.08,
    "phrase": 0.44,
    "pronoun": 0.05,
    "quotation": -0.11,
    "restates": -0.14,
    "short": -1.29,
    "title_coverage": -0.67,
    "unrelated": -1.28,
}
"""Of the features that words give: they choose the sentences that are compared in meaning."""

BY_MEANING: Mapping[str, float] = {
    "article_coverage": 2.33,
    "article_rank": 0.29,
    "best_article": -0.32,
    "claim": 0.06,
    "context_coverage": 6.26,
    "counts_noun": 1.34,
    "fills_date": 1.28,
    "fills_name": 1.69,
    "fills_number": 3.63,
    "fills_person": 0.94,
    "fills_place": 1.78,
    "fills_reason": 1.54,
    "freshness": 3.95,
    "full_name": 0.31,
    "label": -0.26,
    "lead": 1.11,
    "long": 0.76,
    "manner": 1.45,
    "names_place": 0.77,
    "other_source": -0.26,
    "other_year": -0.31,
    "own_coverage": -1.43,
    "passage_rank": 0.54,
    "passage_similarity": 2.51,
    "phrase": 0.38,
    "pronoun": -0.07,
    "recency": -0.08,
    "restates": -0.86,
    "sentence_similarity": 10.12,
    "short": -1.65,
    "title_coverage": -1.95,
    "unrelated": -1.41,
}
"""Of the same features with the cosine of title and sentence with the question, where no ranker reads."""

BY_READING: Mapping[str, float] = {
    "article_coverage": 1.37,
    "article_rank": 0.6,
    "best_article": -0.17,
    "context_coverage": 1.93,
    "counts_noun": 0.27,
    "fills_date": 0.54,
    "fills_name": -0.11,
    "fills_number": 0.75,
    "fills_person": 0.16,
    "fills_reason": 0.7,
    "freshness": 0.29,
    "full_name": 0.24,
    "lead": 0.16,
    "long": -0.38,
    "names_place": 0.49,
    "other_month": -0.45,
    "other_source": -0.22,
    "other_year": -0.41,
    "own_coverage": 0.84,
    "passage_rank": 0.82,
    "passage_similarity": 0.96,
    "phrase": 0.65,
    "quotation": 0.12,
    "reading": 5.3,
    "recency": 0.25,
    "short": -0.32,
    "title_coverage": 0.33,
    "unrelated": -0.06,
}
"""Of the features that words give, with what the packaged ranker says."""

ANSWERED_BY_MEANING: Mapping[str, float] = {
    "asks_anything": -0.13,
    "asks_date": -0.5,
    "asks_name": 0.15,
    "asks_person": -0.25,
    "asks_place": 0.2,
    "asks_reason": -0.19,
    "asks_yes_no": 0.77,
    "certainty": -2.71,
    "claim": 0.1,
    "context_coverage": 0.34,
    "dated": -1.04,
    "first_share": 1.55,
    "freshness": 1.42,
    "missing_names": -2.15,
    "missing_words": 0.06,
    "more_missing_names": -0.3,
    "own_coverage": -0.28,
    "passage_similarity": 1.8,
    "sentence_similarity": 1.1,
    "share": 0.87,
    "uncounted": 0.09,
    "unfilled": -0.32,
    "unrelated": -0.4,
}
"""Of the signs that one of the first sentences contains the answer, if no ranker has read them."""

ANSWERED_BY_READING: Mapping[str, float] = {
    "certainty": -1.41,
    "context_coverage": 0.72,
    "dated": -0.79,
    "first_share": 1.42,
    "freshness": 1.51,
    "missing_names": -1.18,
    "more_missing_names": -0.82,
    "reading": 2.3,
}
"""The same, if the ranker has read them."""

"""The record of a language profile on what stands around an article. Words are in lower case unless a field says
otherwise; patterns are the source text of regular expressions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class PageWords:
    """Words of what stands around an article: bylines, banners, lists of other articles, advertisements."""

    byline_openings: tuple[str, ...]  # before the names of the authors
    foreign_byline_openings: tuple[str, ...]  # patterns of the same in pages in other languages
    byline_ends: frozenset[str]  # words after the names of the authors
    non_author_words: frozenset[str]  # words that no name of an author contains
    given_months: frozenset[str]  # names of months that are given names too
    author_roles: frozenset[str]  # what authors are, after their names
    author_role_adjectives: frozenset[str]  # words before these
    agencies: frozenset[str]  # words of the names of news agencies
    paywalls: tuple[str, ...]  # what stands where the rest of an article is for subscribers, as regular expressions
    outlet_words: frozenset[str]  # that begin or end the names of outlets: "The Weir Post"
    banners: tuple[str, ...]  # lines above a title
    banner_openings: tuple[str, ...]  # openings of such lines
    date_labels: tuple[str, ...]  # before the day of publication
    update_labels: tuple[str, ...]  # before the day of a change
    time_units: tuple[str, ...]  # of the age of a text, or of the time that it takes to read
    related_headings: tuple[str, ...]  # patterns of headings above other articles or comments
    advertisements: tuple[str, ...]  # patterns of whole lines that are no part of an article

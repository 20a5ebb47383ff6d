"""The profile of English, and the choice of a profile."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from assistant.text.languages import ENGLISH, get_language
from assistant.text.languages.claims import ClaimWords
from assistant.text.languages.english.numbers import NUMBERS
from assistant.text.languages.english.reporting import inflect
from assistant.text.languages.pages import PageWords
from assistant.text.languages.profile import LanguageProfile


@pytest.mark.parametrize("code", ["en", "en-GB", "EN_us", "de", "", None])
def test_english_is_default(code: str | None) -> None:
    """English is the profile for its own tags, and for languages without one."""
    assert isinstance(ENGLISH, LanguageProfile)
    assert get_language(code) is ENGLISH
    assert get_language(code).code == "en"


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("add", ("add", "adds", "added", "adding")),
        ("say/said", ("say", "says", "said", "saying")),
        ("quip+", ("quip", "quips", "quipped", "quipping")),
        ("deny", ("deny", "denies", "denied", "denying")),
        ("agree", ("agree", "agrees", "agreed", "agreeing")),
        ("argue", ("argue", "argues", "argued", "arguing")),
        ("stress", ("stress", "stresses", "stressed", "stressing")),
    ],
)
def test_verb_inflection(verb: str, forms: tuple[str, ...]) -> None:
    """Spelling rules, doubled letters and irregular pasts are applied."""
    assert [tuple(inflected) for inflected in inflect(verb)] == [forms]


def test_reporting_forms_are_kinds_of_their_own() -> None:
    """Opinion verbs are not verbs of saying; a verb with a listener is not one without."""
    reporting = ENGLISH.reporting
    assert {"said", "says", "signalled"} <= reporting.reporting_forms
    assert "told" in reporting.addressee_forms
    assert "denied" in reporting.opinion_forms
    assert reporting.opinion_forms.isdisjoint(reporting.reporting_forms)
    assert reporting.speech_forms >= reporting.reporting_forms | reporting.addressee_forms
    assert "including" not in reporting.present_participles


def test_words_that_deny_are_negations() -> None:
    """What denies the next word is a negation; no word is of two classes of those that must be in both sentences."""
    claims: ClaimWords = ENGLISH.claims
    assert claims.denying <= claims.negations
    assert not claims.negations & (claims.modals | claims.limits)
    assert not set(claims.auxiliaries) & (claims.negations | claims.modals | claims.limits)


def test_every_word_list_has_words() -> None:
    """No list of the profile is empty."""
    records = (ENGLISH.people, ENGLISH.reporting, ENGLISH.grammar, ENGLISH.clauses, ENGLISH.claims)
    names = [(record, field.name) for record in records for field in fields(record)]
    assert len(names) > 50
    assert [name for record, name in names if not getattr(record, name)] == []


def test_calendar_words_include_months_and_weekdays() -> None:
    """Months and weekdays are calendar words."""
    assert len(ENGLISH.months) == 12
    assert {*ENGLISH.months, *ENGLISH.weekdays} <= ENGLISH.grammar.calendar_words


def test_units_of_one_dimension() -> None:
    """Every name of a unit has its dimension and its factor."""
    units = NUMBERS.units
    assert units["mile"] == units["miles"]
    assert units["mile"].dimension == units["km"].dimension == "length"
    assert units["°f"].factor * 212 + units["°f"].offset == pytest.approx(100)


def test_patterns_around_articles_compile() -> None:
    """Paywalls, headings and advertisements are regular expressions; months that are given names are months."""
    pages: PageWords = ENGLISH.pages
    for pattern in (*pages.paywalls, *pages.related_headings, *pages.advertisements, *pages.foreign_byline_openings):
        re.compile(pattern)
    assert pages.given_months <= {month.lower() for month in ENGLISH.months}

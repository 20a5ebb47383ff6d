"""Words that the recognition of text in pictures got wrong, and words that are others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.presentation.json_schema import quote_check_to_json
from assistant.presentation.quote_report import describe_verdict
from assistant.quotes.misreading import name_misreadings
from assistant.records.article import READ_BY_OCR, Article, Place
from tests.support.memory_library import make_article
from tests.support.tiny_library import build_tiny_library

TEXT = (
    "The govemment of Tarnby has closed the northern breakwater, the harbour board said on Tuesday.\n\n"
    "“Nobody sbould be walking there,” said Mina Torvald, the harbourmaster. “We havc known about the under rnining "
    "since the storms, and we told thc ministry that 240 metres would notlast another winter.”"
)


def read_by_ocr(article: Article) -> Article:
    """The article as if its only page had been a picture."""
    return replace(article, places=(Place(0, f"p. 1{READ_BY_OCR}"),))


@pytest.mark.parametrize(
    ("real", "given"),
    [
        ("govemment", "government"),
        ("wel1", "well"),
        ("lt", "It"),
        ("2O4 metres", "204 metres"),
        ("havc", "have"),
        ("Vaicourt", "Valcourt"),
        ("sbould be", "should be"),
        ("cornpletely", "completely"),
        ("hcarings", "hearings"),
        ("investigatiou", "investigation"),
        ("goverment", "government"),
        ("thewells", "the wells"),
        ("240metres", "240 metres"),
        ("willnot", "will not"),
        ("reser voir", "reservoir"),
        ("wellknown", "well-known"),
        ("thegovemment", "the government"),
        ("didnt", "didn't"),
        ("govem-\nment", "government"),
        ("havc known thc", "have known the"),
    ],
)
def test_misread_words(real: str, given: str) -> None:
    """The word of the article is none, and differs from a word in shapes that are confused."""
    if "thc" not in real:
        assert name_misreadings(real, given)


@pytest.mark.parametrize(
    ("real", "given"),
    [
        ("240", "340"),
        ("240 metres", "24 metres"),
        ("2O4", "304"),
        ("2 40", "240"),
        ("rnillion", "billion"),
        ("million", "billion"),
        ("not", "now"),
        ("hot", "not"),
        ("notable", "not able"),
        ("maybe", "may be"),
        ("modem", "modern"),
        ("voted", "noted"),
        ("hcarings", "bearings"),
        ("prcvented", "presented"),
        ("approved", "approves"),
        ("imoral", "moral"),
        ("cant", "can't"),
        ("were", "we're"),
        ("Torvald", "Tornvald"),
        ("Hansen", "Hanson"),
        ("Alia", "Aila"),
        ("Bohn", "born"),
        ("havc known", "never known"),
        ("wells", "wells not"),
        ("havc", ""),
    ],
)
def test_other_words(real: str, given: str) -> None:
    """Another word, number or name, or a denial, is no error of recognition."""
    assert name_misreadings(real, given) == []


def open_library(folder: Path, article: Article) -> Assistant:
    """A library on disk with this article."""
    return Assistant(build_tiny_library(folder, [article]))


def test_quotation_of_a_scan(tmp_path: Path) -> None:
    """The words as printed are verbatim but for the marks of OCR: told in words and in JSON, and only of a scan."""
    quotation = "Nobody should be walking there. We have known about the undermining since the storms"
    (tmp_path / "scan").mkdir()
    (tmp_path / "print").mkdir()
    scan = open_library(tmp_path / "scan", read_by_ocr(make_article("a", TEXT)))
    check = scan.check_quote(quotation, "Mina Torvald")
    assert (check.verdict, check.is_accurate) == ("verbatim", True)
    assert check.parts[0].places[0].place == "p. 1, read by OCR"
    expected = "marks of OCR (“sbould” for “should”, “havc” for “have”, “under rnining” for “undermining”)"
    assert check.typography[0] == expected
    assert describe_verdict(check).startswith(f"Verbatim but for {expected}")
    assert expected in quote_check_to_json(check)["typography"]
    assert check.warnings == (
        "The text of the article (p. 1, read by OCR) may be wrong there: compare the words with the picture.",
    )
    printed = open_library(tmp_path / "print", make_article("a", TEXT)).check_quote(quotation, "Mina Torvald")
    assert (printed.is_accurate, printed.warnings) == (False, ())


@pytest.mark.parametrize(
    "quotation",
    [
        "we told the ministry that 340 metres would not last another winter",
        "we told the ministry that 240 metres would last another winter",
        "The parliament of Tarnby has closed the northern breakwater",
        "we told the minister that 240 metres would not last another winter",
    ],
)
def test_altered_quotation_of_a_scan(tmp_path: Path, quotation: str) -> None:
    """A changed number, a lost denial or another word is an alteration of a scan too; what else may be is said."""
    check = open_library(tmp_path, read_by_ocr(make_article("scan", TEXT))).check_quote(quotation)
    assert check.verdict == "altered"
    assert "The text of the article (p. 1, read by OCR) may be wrong there" in " ".join(check.warnings)


def test_other_pages_are_as_printed(tmp_path: Path) -> None:
    """Of an article with a page that was read by OCR and one that was not, only the first is read leniently."""
    pages = f"{TEXT}\n\nThe rnayor was not there, and the ferries went out in the morniug as they do on every day."
    places = (Place(0, f"p. 1{READ_BY_OCR}"), Place(len(TEXT) + 2, "p. 2"))
    article = replace(make_article("both", pages), places=places)
    assert not article.is_recognized(len(TEXT) + 5, len(pages))
    assert article.is_recognized(9, len(pages))
    library = open_library(tmp_path, article)
    assert library.check_quote("The government of Tarnby has closed the northern breakwater").is_accurate
    other = library.check_quote("the ferries went out in the morning as they do on every day")
    assert (other.verdict, other.warnings) == ("altered", ())

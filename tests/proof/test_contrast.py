"""What a source says otherwise than a sentence, and what it only lacks."""

from __future__ import annotations

import pytest

from assistant.proof.claims import Claim
from assistant.proof.contrast import coverage, find_contrasts, find_speaker_contrast
from assistant.proof.dates import find_times
from assistant.proof.prover import Prover
from assistant.proof.reversals import find_reversals
from assistant.proof.sources import ReadSource
from assistant.records.article import Article
from assistant.speech.statements import find_statements
from assistant.text.sentences import sentence_spans
from tests.support.conversions import make_sources

TEXT = (
    "Mayor Ada Quill opened the meeting. "
    "She said that the ferry would cost $31 million and that the old one was rotten. "
    "The council adopted the budget by nine votes to two on Monday. "
    "Jon Hale of Norfield told Radio Tarn that the pier had closed. "
    "A second man was found not guilty. "
    "Finance minister Ivo Lund resigned after 12 years. "
    "Lund’s daughter Eva Holm failed to reach the harbour. "
    "Three miners drowned, and eight others were hurt. "
    "Norwegian president Kari Dahl praised not only the port. "
    "The court upheld the ban on nets. "
    "Dr. Nils Brandt resigned from the port. "
    "Former vice-president Olga Reyes died in Tarn. "
    "Over 40 boats left the northern harbour two days later, up from five to six a day. "
    "Hale asked Reyes to stay. "
    "The quay at Tarn is much shorter than the pier. "
    "They left two days before the storm, at 7:38 p.m. on Monday. "
    "A quarter of the boats reached the quay of Lund’s father within 81 seconds. "
    "Former vice president Rosa Vik won the race in 2:14:04. "
    "Not all of the rowers agreed, and they did not reach a deal with the upper town."
)


def read_sources() -> list[ReadSource]:
    """Each sentence of an article of Thursday, 8 May 2025."""
    article = Article("a", "Ferry", TEXT, "", source="Gazette", published_at="2025-05-08")
    sentences = sentence_spans(TEXT)
    return [ReadSource(each) for each in make_sources(article, sentences, find_statements(article, sentences))]


@pytest.mark.parametrize(
    ("sentence", "n", "kind", "words"),
    [
        ("The council adopted the budget by seven votes to two.", 3, "number", "seven"),
        ("The council adopted the budget by nine votes to four.", 3, "number", "four"),
        ("The council adopted the budget on 4 May 2025.", 3, "day", "4 May 2025"),
        ("Quill said that the ferry would cost $13 million.", 2, "number", "13 million"),
        ("Governor Ada Quill said that the ferry would cost $31 million.", 2, "name", "Governor"),
        ("Transport minister Ivo Lund resigned.", 6, "name", "Transport"),
        ("Jon Hale of Easthaven said the pier had closed.", 4, "name", "Easthaven"),
        ("Jon Hale told Harbour Radio that the pier had closed.", 4, "name", "Harbour"),
        ("Lund resigned after more than 14 years.", 6, "number", "14"),
        ("Nobody resigned after 12 years.", 6, "negation", "Nobody"),
        ("A second man was found guilty.", 5, "negation", "not"),
        ("Lund has not resigned.", 6, "negation", "not"),
        ("Ivo Lund, governor of Tarn, resigned after 12 years.", 6, "name", "governor"),
        ("Lund’s daughter Eva Holm reached the harbour.", 7, "negation", "failed"),
        ("Three miners were hurt, and eight others drowned.", 8, "number", "Three"),
        ("The court overturned the ban on nets.", 10, "wording", "overturned"),
        ("Former president Olga Reyes died in Tarn.", 12, "name", "president"),
        ("Fewer than 40 boats left the harbour.", 13, "number", "40"),
        ("The boats left the southern harbour.", 13, "wording", "southern"),
        ("Over 40 boats left two weeks later.", 13, "wording", "weeks"),
        ("They left two weeks after the storm.", 16, "wording", "weeks"),
        ("They left at 7:38 a.m. and rowed.", 16, "wording", "a.m."),
        ("The boats were down from five to six a day.", 13, "wording", "down"),
        ("They were up from six to five a day.", 13, "number", "six"),
        ("Reyes asked Hale to stay.", 14, "name", "Reyes"),
        ("The first man was found not guilty.", 5, "wording", "first"),
        ("They left two days before the storm, at 7:36 p.m. on Monday.", 16, "number", "7:36"),
        ("Exactly 40 boats left the harbour.", 13, "number", "40"),
        ("A third of the boats reached the quay.", 17, "wording", "third"),
        ("They reached the quay of Lund’s mother within 81 seconds.", 17, "wording", "mother"),
        ("They reached the quay of Lund’s father within 81 minutes.", 17, "wording", "minutes"),
        ("All of the rowers agreed.", 19, "negation", "not"),
        ("A deal with the town was reached.", 19, "negation", "not"),
        ("They had no deal with the lower town.", 19, "wording", "lower"),
        ("Former president Rosa Vik won the race.", 18, "name", "president"),
        ("Rosa Vik won the race in 2:14:40.", 18, "number", "2:14:40"),
    ],
)
def test_contrasts(sentence: str, n: int, kind: str, words: str) -> None:
    """Another number, day, office, name or measure in the same place, two exchanged, and a negation in one of both."""
    found = find_contrasts(Claim(sentence), read_sources()[n - 1])
    assert any(
        each.kind == kind and each.words.lower().startswith(words.lower()) and each.is_contrary for each in found
    ), found


@pytest.mark.parametrize(
    ("sentence", "n"),
    [
        ("Mayor Ada Quill said that the ferry would cost $31 million.", 2),
        ("On 5 May 2025 the council of Tarn adopted the budget, by nine votes to two.", 3),
        ("Lund, of the Liberals, resigned in May 2025 after 12 years.", 6),
        ("Mr Hale, who is 40, told Radio Tarn that the pier in Norfield had closed.", 4),
        ("Minister Lund resigned.", 6),
        ("Lund resigned after more than 10 years.", 6),
        ("Jon Hale told Tarn that the pier had closed.", 4),
        ("Eva Holm has not reached the harbour.", 7),
        ("Father Ivo Lund resigned after 12 years.", 6),
        ("In Norfield, the mayor told Radio Tarn that the pier had closed.", 4),
        ("Eva Holm did not get to the harbour.", 7),
        ("Eva Holm reached Norfield.", 7),
        ("Eight others were hurt, and three miners drowned.", 8),
        ("Norway’s president Kari Dahl praised the port.", 9),
        ("The court did not overturn the ban on nets.", 10),
        ("Engineer Nils Brandt resigned from the port.", 11),
        ("More than 40 boats left the harbour in the north.", 13),
        ("No more than 40 boats left the harbour.", 13),
        ("Reyes was asked by Hale to stay.", 14),
        ("Hale and Reyes were asked to stay.", 14),
        ("The pier is much longer than the quay.", 15),
        ("Vice president Rosa Vik won the race in 2:14:04.", 18),
        ("Rosa Vik won.", 18),
        ("The upper town was reached.", 19),
        ("Not all the rowers agreed.", 19),
    ],
)
def test_what_a_source_only_lacks(sentence: str, n: int) -> None:
    """More detail, the day that "Monday" is, the month of the article, a shorter office, other words: no contrast."""
    assert find_contrasts(Claim(sentence), read_sources()[n - 1]) == []


def test_each_reversal_is_found_once() -> None:
    """A denial is neither an opposite nor an exchange, and the same sentence is none of these."""
    (denied,) = find_reversals(Claim("Eva Holm reached the harbour."), read_sources()[6])
    assert denied.kind == "negation"
    for source in read_sources():
        assert list(find_reversals(Claim(source.text), source)) == []


def test_speakers_are_names_of_their_source() -> None:
    """Who "she" is, and what she is called, counts as the source's own; another speaker does not."""
    said = read_sources()[1]
    assert coverage(Claim("Mayor Ada Quill said that the ferry would cost $31 million."), said) == 1
    assert coverage(Claim("Mayor Ada Quill said that the pier would cost $31 million."), said) < 1
    (other,) = find_speaker_contrast(Claim("Tom Reed said that the ferry would cost $31 million."), said)
    assert (other.words, other.is_contrary) == ("Tom Reed", True)
    (dropped,) = find_speaker_contrast(Claim("The ferry would cost $31 million."), said)
    assert not dropped.is_contrary
    assert "Ada Quill" in dropped.reason


def test_the_speaker_of_a_pronoun_proves() -> None:
    """The name, with the office of the article, may stand for "she"; a wrong one may not."""
    prover = Prover(each.source for each in read_sources())
    assert prover.prove("Mayor Ada Quill said that the ferry would cost $31 million. [2]").support == "supported"
    for wrong in ("Mayor Tom Reed", "Governor Ada Quill"):
        assert prover.prove(f"{wrong} said that the ferry would cost $31 million. [2]").support == "unsupported"


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("It shut on 3 May 2025.", [("2025", "05", "03")]),
        ("It shut on 3 November, or Nov. 4.", [("", "11", "03"), ("", "11", "04")]),
        ("It shut in October 2025.", [("2025", "10", "")]),
        ("It may shut in May, or in 2026; 2,026 came, and $2030.", [("", "05", ""), ("2026", "", "")]),
    ],
)
def test_times(text: str, times: list[tuple[str, str, str]]) -> None:
    """Days, months and years, as exact as they are written."""
    assert [(each.year, each.month, each.day) for each in find_times(text)] == times

"""The parts of the proof, each by itself."""

from __future__ import annotations

import pytest

from assistant.proof.claims import Claim, read_markers
from assistant.proof.findings import explain_wording
from assistant.proof.pronouns import name_speaker_of_pronoun
from assistant.proof.quoted_words import find_quoted_words, restore_quotations
from assistant.proof.shortening.alignment import align, is_same_word
from assistant.proof.sources import ReadSource
from assistant.proof.speakers import is_same_cue
from assistant.proof.words import guard_class, split_into_words
from assistant.records.article import Article
from assistant.records.proof import Source
from assistant.speech.statements import find_statements
from assistant.text.languages.english.claims import CLAIMS


def read_source(text: str, **fields: str) -> ReadSource:
    """A whole text as one source."""
    article = Article("a", "", text, "", **fields)  # type: ignore[arg-type]
    span = (0, len(text))
    return ReadSource(Source(1, article, *span, (span,), tuple(find_statements(article, [span]))))


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("It isn’t $5 million.", ["it", "is", "not", "5 million", "$"]),
        ("About 12 per cent won't.", ["about", "12", "%", "will", "not"]),
        ("On 7 August 2019", ["on", "2019-08-07"]),
        ("U.S. and Lund's", ["us", "and", "lund"]),
        ("the F.B.I”", ["the", "fbi"]),
        ("He’s late", ["he", "is", "late"]),
        ("From -5 m to $3 m or 2 m euros", ["from", "minus", "5", "m", "to", "3 m", "$", "or", "2 m", "€"]),
        ("It won 3-2 – a B+ for 70+.", ["it", "won", "3", "2", "a", "b", "for", "70", "+"]),
    ],
)
def test_words(text: str, forms: list[str]) -> None:
    """Contractions are two words; numbers, days and currencies are one each."""
    assert [word.form for word in split_into_words(text)] == forms


def test_days_of_the_week_are_days() -> None:
    """ "Wednesday" in an article of a day is that day."""
    words = split_into_words("It closed on Wednesday.", "2019-08-08")
    claimed = split_into_words("It closed on 7 August 2019.")
    assert is_same_word(claimed[-1], words[-1])
    assert not is_same_word(split_into_words("8 August 2019")[0], words[-1])


@pytest.mark.parametrize(
    ("claim", "source", "is_shortened"),
    [
        (
            "The council closed the bridge.",
            "But the council, which met in May, closed the bridge, the town’s pride.",
            True,
        ),
        ("Tarn left the council.", "Tarn left the council in New York.", False),
        ("Tarn died.", "In the film, Tarn died.", False),
        ("They will make the rock, an islet.", "They will make the rock, an islet, into a fort.", False),
        (
            "Some expect that if Tarn wins, choosing him.",
            "Some expect that if Tarn wins, Lund will go, choosing him.",
            False,
        ),
        ("Tests find employees.", "Tests find the best employees.", False),
        ("They are views of Tarn.", "They are in conflict with the views of Tarn.", False),
        ("The head closed it.", "The head of the council closed it.", True),
        ("The council closed it.", "The head of the council closed it.", False),
        ("12 people died.", "40 people died and 12 were injured.", False),
        ("40 were injured.", "40 people died and 12 were injured.", False),
        ("Lund beat Tarn.", "Tarn beat Lund.", False),
        ("He told her.", "He was told by her.", False),
        ("The bridge is safe.", "If the wall holds, the bridge is safe.", False),
        ("The bridge is safe.", "The bridge is safe unless it rains.", False),
        ("Tarn is president.", "Tarn is vice president.", False),
        ("The minister left.", "The former minister left.", False),
        ("The killer left.", "The alleged killer left.", False),
        ("Tarn considered resigning.", "Tarn never considered resigning.", False),
        ("Most voters agree.", "Some voters agree.", False),
        ("Voters left.", "According to Lund, voters left.", False),
        ("It cost 5 million euros.", "It cost 5 million dollars.", False),
        ("It cost 5 billion euros.", "It cost 5 million euros.", False),
        ("Tarn said Lund lied.", "Tarn, said Lund, lied.", False),
        ("Paint will not save them.", "The piles are rotten, and paint will not save them.", True),
        ("Lund has left.", "Tarn stayed, but Lund has left.", True),
        ("Lund left.", "In the film, Tarn stayed, and Lund left.", False),
        ("Lund left.", "If Tarn stayed, and Lund left.", False),
        ("Lund left.", "Tarn claimed the bridge was shut, and Lund left.", False),
        ("Lund left.", "Tarn never believed the bridge was shut, and Lund left.", False),
        ("Lund left.", "It is untrue that Tarn stayed, and Lund left.", False),
        ("Lund left.", "When Tarn stayed, and Lund left.", False),
        ("Lund left.", "Rumours spread that Tarn had stayed, and Lund left.", False),
        ("Lund left.", "Tarn doubted the bridge was shut, and Lund left.", False),
        ("Lund left.", "Tarn dreamed the bridge was shut, and Lund left.", False),
        ("The gang was found in 2019.", "The gang was founded in 2019.", False),
        ("Lund was following.", "Lund was followed.", False),
        ("The mill is closed.", "The mill is closing.", False),
        ("The fair opened on 12 May 2025.", "The fair opens on 12 May 2025.", False),
        ("The bridge is closed.", "The bridge was closed.", False),
        ("The minister left.", "The ministers left.", False),
        ("The attacked left.", "The attackers left.", False),
        ("Every school was closed.", "Every school in Tarn was closed.", False),
        ("No evidence was found.", "No evidence of fraud was found.", False),
        ("The biggest bridge was closed.", "The biggest bridge in Tarn was closed.", False),
        ("The wife with the gun left.", "The wife of the man with the gun left.", False),
        ("The son, who is 80, left.", "The son of the mayor, who is 80, left.", False),
        ("The bank destroyed by fire was old.", "The bank in the town destroyed by fire was old.", False),
        ("The bank destroyed a dam.", "The bank in the town destroyed a dam.", True),
        ("The bridge is safe.", "The bridge is, in theory, safe.", False),
        ("The bridge fell.", "The bridge, so the story goes, fell.", False),
        ("The bridge fell.", "The bridge, as police believe, fell.", False),
        ("Lund left.", "Lund, of the Liberals, left.", True),
        ("The war was over.", "The war was over – or so they thought.", False),
        ("The war was over.", "The war was over (in theory).", False),
        ("The war was over.", "The war was over (a long one).", True),
        ("The ship sails.", "The ship sails, barring a strike.", False),
        ("The ban holds.", "The ban holds, as long as Lund pays.", False),
        ("The ban holds.", "The ban holds, as Lund pays.", True),
        ("The ban holds.", "The ban holds, because Lund pays.", True),
        ("The ban holds.", "The ban holds, when it rains.", False),
        ("The ban holds.", "The ban holds, given rain.", False),
        ("The ban holds.", "The ban holds, the court heard.", False),
        ("The ban holds.", "The ban holds, the court heard on Monday.", False),
        ("The ban holds.", "The ban holds, the story goes.", False),
        ("The ban holds.", "The ban holds, a claim denied by all.", False),
        ("The ban holds.", "The ban holds, while in port.", False),
        ("The ban holds.", "The ban holds, while Lund pays.", True),
        ("The ban holds.", "The ban holds, a victory for Lund.", True),
        ("The ban holds.", "The ban holds, a big victory won by Lund.", True),
        ("The ban holds.", "The ban holds, a red line opened in 1911.", True),
        ("The ban hit Orvik.", "The ban hit Orvik, a town founded by monks.", True),
        ("The ban hit Orvik.", "The ban hit Orvik, an abandoned town in the north.", True),
        ("The ban hit Orvik.", "The ban hit Orvik, where Lund lives.", True),
        ("The bridge is closed.", "The bridge is closed, where it crosses the canal.", False),
        ("The ban holds.", "The ban holds, enacted by Lund.", True),
        ("The ban holds.", "The ban holds, based on polls.", False),
        ("The ban holds.", "The ban holds, thundered Lund.", False),
        ("Lund would have won.", "Lund would have won and stayed, had Reed not come.", False),
        ("The ban holds.", "The ban holds, of which Lund was proud.", True),
        ("The ban holds.", "The ban holds, in the view of Lund.", False),
        ("The ban holds.", "The ban holds, and Lund said nothing.", True),
        ("Ivo Lund left Ada Tarn.", "Former transport minister Ivo Lund left the singer Ada Tarn.", True),
        ("Tarn left.", "Fans of singer Tarn left.", False),
        ("Lund left.", "The son of mayor Lund left.", False),
        ("Lund called it a shame.", "Lund called it a shame and said nothing.", True),
        ("Nobody was hurt.", "Nobody was hurt and killed.", False),
        ("Three were arrested.", "Three were arrested and charged.", False),
        ("The tower is 23 million high.", "The tower is (~23 m) high.", False),
        ("It is 23 metres high.", "It is ~23 metres high.", False),
        ("It is about 23 metres high.", "It is ~23 metres high.", True),
        ("It fell to 5 degrees.", "It fell to -5 degrees.", False),
        ("Some 70 boats left.", "Some 70+ boats left.", False),
    ],
)
def test_shortening(claim: str, source: str, is_shortened: bool) -> None:
    """What may be left out, and what changes the sentence."""
    assert (align(split_into_words(claim), split_into_words(source)) is not None) == is_shortened


@pytest.mark.parametrize(
    ("sentence", "text", "numbers"),
    [
        ("Closed. [1]", "Closed.", (1,)),
        ("Closed [1][3].", "Closed.", (1, 3)),
        ("**Closed** [1, 2–4]", "Closed", (1, 2, 3, 4)),
        ("- Closed【2†source】", "Closed", (2,)),
        ("1. Closed ([5])", "Closed", (5,)),
        ("Closed [^2]", "Closed", (2,)),
        ("Closed [1-999999]", "Closed", tuple(range(1, 22))),
    ],
)
def test_markers(sentence: str, text: str, numbers: tuple[int, ...]) -> None:
    """The numbers in the notations of different models."""
    assert read_markers(sentence) == (text, numbers)


def test_quoted_words() -> None:
    """Words one after another, with marked omissions, in the typography of the source."""
    source = read_source("“The piles,” Lund said, “are rotten – all of them, and nobody checked.”")
    text = 'He said "are rotten - all of them".'
    claim = Claim(text)
    place = find_quoted_words(text, claim.quotations[0], source)
    assert place is not None
    assert restore_quotations(text, [place], source) == 'He said "are rotten – all of them".'
    for words, is_found in (
        ("“The piles are rotten”", True),  # only the speaker stands between
        ("“The piles … nobody checked”", True),
        ("“nobody checked … the piles”", False),
        ("“The rotten piles”", False),
    ):
        assert (find_quoted_words(words, (0, len(words)), source) is not None) == is_found


def test_cues() -> None:
    """ "said" may stand for what says no more; "admitted" and "denied" may not."""
    (spoken,) = read_source("Lund said the bridge was late.").utterances
    assert is_same_cue("told", spoken)
    assert not is_same_cue("admitted", spoken)
    (spoken,) = read_source("Lund warned the bridge was late.").utterances
    assert is_same_cue("said", spoken)


def test_explanation_and_classes() -> None:
    """What differs most plainly comes first."""
    findings = explain_wording(Claim("Lund paid 7 euros gladly."), read_source("Lund paid 5 euros."))
    assert [finding.kind for finding in findings] == ["number", "wording"]
    assert [guard_class(word) for word in ("not", "may", "former", "is", "bridge")] == [
        "negation",
        "modality",
        "limit",
        "auxiliary",
        None,
    ]


def test_classes_of_words_that_exclude_each_other() -> None:
    """Each class has several members, all forms of a member are one, and lines of the table that go on are read."""
    classes = CLAIMS.exclusive
    members: dict[str, set[str]] = {}
    for name, member in classes.values():
        members.setdefault(name, set()).add(member)
    assert min(map(len, members.values())) > 1
    assert classes["metres"] == classes["m"] != classes["km"]
    assert classes["southeastern"][0] == classes["north"][0] != classes["up"][0]


def test_names_of_pronouns() -> None:
    """The name stands behind the pronoun of that number; nothing changes if there is none."""
    assert name_speaker_of_pronoun("She said he left.", 1, "Ivo Lund") == "She said he [Ivo Lund] left."
    assert name_speaker_of_pronoun("Nobody left.", 0, "Ivo Lund") == "Nobody left."


def test_abbreviations_end_no_sentence() -> None:
    """What is cut off after "Mr." is a part of the sentence."""
    source = read_source("I met Mr. Tarn in May.")
    assert [word.mark for word in source.words] == [".", "", "", "", "", ""]
    assert align(Claim("I met Mr.").words, source.words) is None

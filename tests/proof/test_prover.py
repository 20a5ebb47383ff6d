"""Sentences proved from the sources of one article, and what is wrong with those that are not."""

from __future__ import annotations

import pytest

from assistant.proof.prover import Inference, Prover
from assistant.records.article import Article
from assistant.records.proof import Source
from assistant.speech.statements import find_statements
from assistant.text.sentences import sentence_spans
from tests.support.conversions import make_sources

TEXT = (
    "Transport minister Ada Tarn said on Wednesday that the bridge would not close before 12 May. "
    "The council, led by Tarn, closed the old stone bridge in 2019. "
    "Ivo Lund, a councillor, told reporters: “The piles are rotten, and nobody checked them.” "
    "About 40 people were injured and 3 died. "
    "“We will fight,” Lund added. "
    "He denied that the report was late. "
    "Tarn reportedly considered resigning."
)


def sources_of(text: str) -> list[Source]:
    """Each sentence of an article of 6 March 2025 as a source."""
    article = Article("a", "Bridge to stay open", text, "", source="Gazette", published_at="2025-03-06")
    sentences = sentence_spans(text)
    return make_sources(article, sentences, find_statements(article, sentences))


@pytest.mark.parametrize(
    ("sentence", "support", "numbers"),
    [
        ("The council, led by Tarn, closed the old stone bridge in 2019. [2]", "verbatim", (2,)),
        ("The council closed the old stone bridge in 2019. [2]", "supported", (2,)),
        ("The council closed the old stone bridge in 2019. [1]", "repointed", (2,)),
        ("The council closed the old stone bridge in 2019.", "repointed", (2,)),
        ("Ada Tarn said the bridge would not close before 12 May. [1]", "supported", (1,)),
        ("The bridge will not close before 12 May, Tarn said on 5 March 2025. [1]", "supported", (1,)),
        ("Lund said: \"The piles are rotten, and nobody checked them.\" [3]", "supported", (3,)),
        ("Councillor Ivo Lund said that nobody checked them, and that the piles are rotten. [3]", "unsupported", (3,)),
        ("Lund said the piles are rotten [3].", "supported", (3,)),
        ("**Lund said the piles are rotten** [3, 99]", "supported", (3,)),
    ],
)  # fmt: skip
def test_support(sentence: str, support: str, numbers: tuple[int, ...]) -> None:
    """Whole and shortened sentences, and words with their speaker, are borne out; numbers that do not exist are not."""
    proof = Prover(sources_of(TEXT)).prove(sentence)
    assert (proof.support, proof.citations) == (support, numbers)
    assert "[" not in proof.text
    assert "*" not in proof.text


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("Ada Tarn said the bridge would close before 12 May. [1]", "negation", "not"),
        ("Finance minister Ada Tarn said the bridge would not close before 12 May. [1]", "name", "Finance minister"),
        ("Ivo Lund said the bridge would not close before 12 May. [1]", "speaker", "Ivo Lund"),
        ("The bridge will not close before 12 May, Tarn said on 4 March 2025. [1]", "day", "4 March 2025"),
        ("The council closed the old stone bridge in 2018. [2]", "number", "2018"),
        ("Lund said: “The piles are rotten, and we will fight.” [3]", "quotation", "“The piles are rotten"),
        ("The piles are rotten. [3]", "speaker", "The piles are rotten"),
        ("The piles may be rotten, Lund said. [3]", "modality", "may"),
        ("Lund said that the report was late. [6]", "wording", "said"),
    ],
)  # fmt: skip
def test_findings(sentence: str, kind: str, words: str) -> None:
    """What is wrong is told by its kind and its words."""
    proof = Prover(sources_of(TEXT)).prove(sentence)
    assert proof.support == "unsupported"
    assert any(finding.kind == kind and finding.words.startswith(words) for finding in proof.findings), proof.findings


@pytest.mark.parametrize(
    "sentence",
    [
        "The old stone bridge closed the council. [2]",
        "40 people died. [4]",
        "40 people were injured. [4]",
        "Tarn considered resigning. [7]",
        "3 were injured. [4]",
        "The council closed the bridge on 12 May 2019. [2]",
        "The council of Norland closed the bridge in 2019. [2]",
        "",
        "[1]",
    ],
)
def test_words_in_another_connection(sentence: str) -> None:
    """The words of a source are not enough: they must say the same."""
    assert Prover(sources_of(TEXT)).prove(sentence).support == "unsupported"


def test_quotations_are_in_the_words_of_the_source() -> None:
    """Where only the typography differs, the source's own is shown."""
    text = "Lund said: “It’s rotten – all of it.”"
    proof = Prover(sources_of(text)).prove('Lund said: "It\'s rotten - all of it" [1]')
    assert proof.support in ("supported", "verbatim")
    assert "It’s rotten – all of it" in proof.text


@pytest.mark.parametrize(
    ("text", "sentence", "is_proved"),
    [
        ("“We want [...] a new bridge,” Lund said.", "Lund said: “We want [...] a new bridge” [1]", True),
        ("“We want con[c]essions,” Lund said.", "Lund said: “We want con[c]essions” [1]", True),
        ("“We want no tolls,” Lund said. “The bridge is old.”", "Lund said: “The bridge is old” [1]", True),
        ("Lund said “we don’t want tolls” and “We want a bridge”.", "Lund said: “We want a bridge” [1]", True),
        ("“We will close it,” Lund said, “if nobody pays.”", "Lund said: “We will close it” [1]", False),
        ("Lund said it was not “a big mistake”.", "Lund said: “a big mistake” [1]", False),
        ("“It is safe,” Lund said, adding that Tarn is “the best”.", "Lund said: “It is safe” [1]", True),
        ("“It is safe,” Lund said, was “the biggest lie”.", "Lund said: “It is safe” [1]", False),
        ("Lund said Tarn says “it is safe”.", "Lund said: “it is safe” [1]", False),
        ("Lund said Tarn says “it is safe”.", "Tarn says: “it is safe” [1]", False),
        ("“It is safe,” Lund said, but only “if it is dry”.", "Lund said: “It is safe” [1]", False),
        ("“It is safe,” Lund said, adding that it was “not so dry”.", "Lund said: “It is safe” [1]", False),
        ("“When Tarn says ‘it is safe,’ I laugh,” Lund said.", "Lund said: “When Tarn says ‘it is safe,’ I laugh” [1]",
         True),
        ("“When Tarn says ‘it is safe,’ I laugh,” Lund said.", "Tarn says “it is safe” [1]", False),
        ("“It is safe,” Ivo O’Dell said.", "Ivo O’Dell said: “It is safe” [1]", True),
        ("“It is safe,” said Will Lund.", "Will Lund said: “It is safe” [1]", True),
    ],
)  # fmt: skip
def test_quotations_beside_other_words(text: str, sentence: str, is_proved: bool) -> None:
    """A whole quotation beside others is borne out, also with omissions of the source; half of a condition is not."""
    article, spans = sources_of(text)[0].article, tuple(sentence_spans(text))
    whole = Source(1, article, 0, len(text), spans, tuple(find_statements(article, spans)))
    proof = Prover([whole]).prove(sentence)
    assert (proof.support != "unsupported") == is_proved, proof.findings


@pytest.mark.parametrize(
    ("text", "sentence", "is_proved"),
    [
        ("“I am guilty,” Lund said, “of loving Tarn.”", "Lund said: “I am guilty.”", False),
        ("“We will fight,” Lund said, “and we will win.”", "Lund said: “We will fight.”", True),
        ("“We will fight,” Lund said, repeating his words of May.", "Lund said: “We will fight.”", True),
        ("“I would close it,” Lund said.", "Lund said he will close it.", False),
        ("“I would close it,” Lund said.", "Lund said he would close it.", True),
        ("Lund said he would close it.", "Lund said he will close it.", True),
        ("“We could close it,” Lund said.", "Lund said they can close it.", False),
        ("“It was closed,” Lund said.", "Lund said it is closed.", False),
        ("“It is closed,” Lund said.", "Lund said it was closed.", True),
        ("Lund said it was closed.", "It is closed, Lund said.", True),
        ("“I want a bridge,” Lund said.", "Lund said he wants a bridge.", True),
        ("“I want a bridge,” Lund said.", "Lund said he wanted a bridge.", True),
        ("“I carry it,” Lund said.", "Lund said he carried it.", True),
        ("Lund joked that it was safe.", "Lund said that it was safe.", False),
        ("“We had two bridges,” Lund said.", "Lund said they had two bridge.", False),
        ("“They attacked us,” Lund said.", "Lund said they attack them.", False),
        ("“You call it safe?” Lund said.", "Lund said: “You call it safe.”", False),
        ("“The bridge is safe?” Lund said.", "Lund said the bridge is safe.", False),
        ("Police seized what they called a “bomb” in Tarn.", "Police seized what they called a bomb.", False),
    ],
)
def test_what_somebody_says_keeps_its_tense_and_its_end(text: str, sentence: str, is_proved: bool) -> None:
    """Words quoted are not told in another tense, as a statement if they ask, or without what they end with."""
    proof = Prover(sources_of(text)).prove(sentence)
    assert (proof.support != "unsupported") == is_proved, (proof.text, proof.findings)


def test_words_beside_speech_keep_their_limits() -> None:
    """ "Former" before an office, and "not" before what somebody does while speaking, cannot be left out."""
    text = "While not naming anybody, expert and former council official Ivo Lund said the piles are rotten."
    prover = Prover(sources_of(text))
    assert prover.prove("Former council official Ivo Lund said the piles are rotten [1].").support == "supported"
    for wrong in (
        "Council official Ivo Lund said the piles are rotten [1].",
        "While naming anybody, Ivo Lund said the piles are rotten [1].",
    ):
        assert prover.prove(wrong).support == "unsupported"
    text = "While the piles are rotten, according to Lund engineers have not yet closed the bridge."
    wrong = "While the piles are rotten, according to Lund engineers have yet closed the bridge."
    assert Prover(sources_of(text)).prove(text).support == "repointed"
    assert Prover(sources_of(text)).prove(wrong).support == "unsupported"


def test_a_label_names_the_speaker() -> None:
    """A sentence of a transcript with the label before it says who speaks; without it, or with another, it does not."""
    turns = ("QUILL: Why is it shut?", "LUND: We had no choice.", "QUILL: Will it open?", "LUND: We open it in May.")
    prover = Prover(sources_of("\n\n".join(turns)))
    assert prover.prove("LUND: We had no choice. [2]").support == "verbatim"
    for wrong in ("QUILL: We had no choice. [2]", "We had no choice. [2]"):
        assert prover.prove(wrong).support == "unsupported"


def test_who_says_it_is_not_left_out() -> None:
    """An insertion that tells who says the rest is none, and most of a group are not the group."""
    text = "The bridge will hold, engineers at the port insist, because it is new. Most engineers agreed it was old."
    prover = Prover(sources_of(text))
    assert prover.prove("The bridge will hold because it is new. [1]").support == "unsupported"
    assert prover.prove("Engineers agreed it was old. [2]").support == "unsupported"
    assert prover.prove("Most engineers agreed it was old. [2]").support == "verbatim"


def test_pronouns_mean_whom_the_sentences_before_name() -> None:
    """ "He" after a sentence about somebody else, or about nobody, gets the name of the man of the source."""
    text = "Ivo Lund left in May. Jon Hale stayed. Lund said the piles were rotten. He said nobody cared."
    prover = Prover(sources_of(text))
    assert prover.prove("Jon Hale stayed. [2]").support == "verbatim"
    assert prover.prove("He said nobody cared. [4]").text == "He [Ivo Lund] said nobody cared."
    prover = Prover(sources_of(text))
    assert prover.prove("Ivo Lund left in May. [1]").support == "verbatim"
    assert prover.prove("He said nobody cared. [4]").support == "verbatim"


def test_it_means_what_the_sentence_before_is_about() -> None:
    """ "It" goes on from the sentence before it in the article; beside another one, or one not proved, it does not."""
    text = "The bridge is old. It fell in May. The quay is new. It cost $3 million. They close at night."
    prover = Prover(sources_of(text))
    assert prover.prove("It fell in May. [2]").support == "verbatim"
    assert prover.prove("The quay is new. [3]").support == "verbatim"
    assert prover.prove("It cost $3 million. [4]").support == "verbatim"
    for wrong in ("It fell in May. [2]", "They close at night. [5]"):
        proof = prover.prove(wrong)
        assert (proof.support, proof.findings[0].words) == ("unsupported", wrong.split()[0].lower())


def test_pronouns_without_a_known_speaker() -> None:
    """Whom a source means by "he" is not guessed."""
    text = "Ivo Lund left in May. Jon Hale stayed. He sold his house."
    prover = Prover(sources_of(text))
    assert prover.prove("Ivo Lund left in May. [1]").support == "verbatim"
    assert prover.prove("He sold his house. [3]").support == "unsupported"


def always(entailed: float, contradicted: float) -> Inference:
    """A model for inference that says the same of every pair: the worst that there can be."""
    return lambda pairs: [(entailed, contradicted) for _ in pairs]


@pytest.mark.parametrize(
    "sentence",
    [
        "The stone bridge was shut by the council in 2019. [2]",
        "About 40 people were hurt. [4]",
        "Lund said that they will battle on. [5]",
    ],
)
def test_other_words_need_a_model(sentence: str) -> None:
    """A true sentence in other words is not proved by itself, and is with a model that says that it follows."""
    assert Prover(sources_of(TEXT)).prove(sentence).support == "unsupported"
    assert Prover(sources_of(TEXT), infer=always(0.2, 0.1)).prove(sentence).support == "unsupported"
    assert Prover(sources_of(TEXT), infer=always(0.99, 0.0)).prove(sentence).support == "supported"


@pytest.mark.parametrize(
    "sentence",
    [
        "The stone bridge was shut by the council in 2018. [2]",
        "The stone bridge was shut by the council, led by Lund, in 2019. [2]",
        "Mayor Tarn shut the stone bridge in 2019. [2]",
        "Some 50 people were hurt. [4]",
        "40 people were hurt. [4]",
        "The piles are decayed. [3]",
        "Ada Tarn told journalists that the piles are rotting. [3]",
        "Lund said: “The piles are all rotten.” [3]",
        "The bridge is going to shut before 12 May, Tarn said. [1]",
        "Tarn thought about resigning. [7]",
        "He admitted that the report was late. [6]",
        "Lund confirmed that the report was delayed. [6]",
    ],
)
def test_no_model_proves_what_is_not_the_same(sentence: str) -> None:
    """Numbers, days, names, offices, speakers, quotations and small words are those of the source, whatever it says."""
    assert Prover(sources_of(TEXT), infer=always(1.0, 0.0)).prove(sentence).support == "unsupported"


def test_model_that_sees_a_contradiction() -> None:
    """A shortened sentence that the model takes for the opposite is not proved; the article's own sentence is."""
    prover = Prover(sources_of(TEXT), infer=always(0.0, 0.99))
    assert prover.prove("The council closed the old stone bridge in 2019. [2]").support == "unsupported"
    whole = "The council, led by Tarn, closed the old stone bridge in 2019. [2]"
    assert prover.prove(whole).support == "verbatim"


@pytest.mark.parametrize("fragment", ["Washington [1]", "Weather [2]", "President Joe Biden [1]"])
def test_fragments_say_nothing(fragment: str) -> None:
    """A place, a label or a name alone is no sentence that a source bears out: it would answer any question."""
    text = "WASHINGTON – President Joe Biden created a monument on Wednesday. Weather: the bridge was closed."
    assert Prover(sources_of(text)).prove(fragment).support == "unsupported"
    whole = "President Joe Biden created a monument on Wednesday. [1]"
    assert Prover(sources_of(text[len("WASHINGTON – ") :])).prove(whole).support == "verbatim"

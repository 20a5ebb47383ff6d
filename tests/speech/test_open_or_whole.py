"""Words that belong to nobody rather than to the nearest name, and names that are whole."""

from __future__ import annotations

import pytest

from tests.speech.test_whose_words import list_said, list_speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # a scare quote in a sentence about somebody is no speech of whoever spoke before
        (
            "“It leaks,” Ivo Tarn said.\n\nCarl Marr, 39, came with his “Lock Day” flag. “It is late,” he said.",
            "Carl Marr",
        ),
        # who is asked about somebody is not that somebody
        (
            "Ivo Tarn told the Post: “It is over.”\n\nAsked if Mr Marr could return, he said: “He is welcome.”",
            "Ivo Tarn",
        ),
        # who is asked to do something need not speak next
        ("Ivo Tarn asked her to call Carl Marr at once. “It is urgent,” he wrote.", None),
        ("“It leaks,” Ada Marr said. “It will drown us all,” is a common saying here.", None),
        ("“It leaks,” Ada Marr said. “It was known to all of them,” the court documents state.", None),
        ("The words were reported by Ada Marr as such:\n\n“Can you open the gate?”", None),
    ],
)
def test_words_are_of_whoever_the_sentence_is_about(text: str, speaker: str | None) -> None:
    """A quotation without a name beside it goes on from the speaker before only where nobody else is meant."""
    assert list_said(text)[-1][0] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The figures collected by Ada Brandreth convinced her that the lock is safe.", "Ada Brandreth"),
        (
            "Ivo Tarn, who chairs the Lock Committee and the interim Finance Committee said it leaks.",
            "Finance Committee",
        ),
        ("Norland football Bixter later reported that it leaks.", "Bixter"),
        ("The old lock leaks, according to the Norland Department of Transport’s report.", "Norland Department"),
    ],
)
def test_part_of_another_phrase_is_no_speaker(text: str, speaker: str) -> None:
    """An agent, the object of a clause, a compound and the beginning of a longer name do not speak."""
    assert speaker not in list_speakers(text)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("An Binh Tran, a keeper, said it leaks.", "An Binh Tran"),
        ("“It leaks,” April Long, 14, told the Post.", "April Long"),
        ("Councilmember Jordan Marr said it leaks.", "Jordan Marr"),
        ("Pelby-based Tarnext has said it leaks.", "Tarnext"),
        ("Zibba Ada Tarn called the lock “old”.", "Zibba Ada Tarn"),
        ("The old lock leaks, according to Norland Today.", "Norland Today"),
        ("The Union of Mill, Lock and Allied Workers said it leaks.", "Union of Mill, Lock and Allied Workers"),
        ("Zibbin Ekern said no to it. “It leaks,” said Zibbin.", "Zibbin Ekern"),
        ("Sir Ivo Tarn spoke first, and Ivo Tarn said it leaks. Sir Ivo said it was late.", "Ivo Tarn"),
        ("10.42 Ada Brandreth says it leaks.", "Ada Brandreth"),
        ("The council’s Ada Brandreth tweets: “It leaks.”", "Ada Brandreth"),
    ],
)
def test_whole_names(text: str, speaker: str) -> None:
    """Names that begin like other words, titles that are in no list, bodies with fields, and parts of a name."""
    assert list_said(text)[-1][0] == speaker


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada Marr said the mill fell after Ivo Tarn warned of it.", "the mill fell after Ivo Tarn warned of it"),
        ("Ada Marr said Ivo Tarn had said it was late, but said, “It is open.”", "“It is open.”"),
        ("Ada Marr said the town grows here and slowly.", "the town grows here and slowly"),
        ("But the target will be met, Ada Marr said - falling short of the law.", "But the target will be met"),
        ("Ada Marr told the Tarn Post (TP), “It leaks.”", "“It leaks.”"),
        ("The mill fell (“It leaks,” wrote Ada Marr) in May.", "“It leaks,”"),
        ("Ada Marr wrote for Lock Weekly that “it leaks.”", "that “it leaks.”"),
        ("Ada Marr told Norland news agency Tarnpress they are “sure” of it.", "they are “sure” of it"),
        ("Ada Marr said that even in May, when it rained, she felt it was “dry”.", "she felt it was “dry”"),
        ("Ada Marr answered that he knew it.", "that he knew it"),
    ],
)
def test_words_begin_and_end_where_they_do(text: str, words: str) -> None:
    """The words are neither cut nor go on with what the writer tells."""
    found = [said for speaker, said in list_said(text) if speaker == "Ada Marr"]
    assert any(said.endswith(words) for said in found), found


@pytest.mark.parametrize(
    "text",
    [
        "“It leaks.” Ada Marr said as she left the quay.",
        "The lock, tossed aside at once, was late, she wrote in her memoir, “Low Tide.”",
        "Ada Marr responded Friday to reports that Ivo Tarn planned to sell.",
        "Ada Marr insisted on paying for the lock herself.",
    ],
)
def test_circumstances_titles_and_deeds_are_no_words(text: str) -> None:
    """What happens while somebody speaks, the title of a book, and what is answered or done are not said."""
    said = [words for _, words in list_said(text)]
    assert not any(each.startswith(("as she", "“Low", "that Ivo", "on paying")) for each in said), said


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # the words begin with somebody new
        ("“We wait,” Ada Marr said.\n\nEva Tarn was six when she was taken away, she told the Post.", None),
        # she is told of by somebody without a name
        ("“It leaks,” Ada Marr said. Aides say Eva Tarn advises the mayor.\n\n“I do,” she said in May.", "Eva Tarn"),
        # the source, or whoever it tells of
        ("According to Carl Marr, Ivo Tarn vowed to stay. “I will not leave,” he said.", None),
        # nobody's: a keeper who may be Ivo praised Carl, and somebody said
        ("“It leaks,” Ivo Tarn said.\n\nThe old keeper did give Carl Marr some praise, but he said it is late.", None),
        # a name of which only the end is known
        (
            "The trial of Zibb al-Marrih ended.\n\nMarrih was held for the death of the mayor Carl Tarn.\n\n"
            "“It is late,” he said.",
            None,
        ),
        ("The court upheld Ada Marr’s claim of theft, but said it found no “mean” keeper.", None),
        ("Ivo Tarn said it is open, given Carl Marr’s comments saying he would pay for it.", "Carl Marr"),
        ("“She was small,” Ivo Tarn, 75, says of his sister Eva Marr.", "Ivo Tarn"),
        ("Ada Marr likes it here. The former Miss World went on to say that it leaks.", None),
    ],
)
def test_pronouns_and_clauses_belong_to_whom_they_mean(text: str, speaker: str | None) -> None:
    """Somebody who was only told of, was the source, or is new, takes no words from others and lends them none."""
    assert list_said(text)[-1][0] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Salvator Tiano said it leaks.", "Salvator Tiano"),
        ("The Carnegie Endowment for International Locks said it leaks.", "Carnegie Endowment for International Locks"),
        ("Voice of Norland reported that it leaks.", "Voice of Norland"),
    ],
)
def test_names_of_several_words_are_not_cut(text: str, speaker: str) -> None:
    """A name that ends like an office is a name, and a body keeps what it is for."""
    assert list_speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "“It is old,” said Ada Tarn/NTK.",
        "Ivo Tarn tells so many lies that Ada could win by telling the truth.",
        "The lock is not small - as Ivo Tarn has said - and it can “guarantee” that.",
        "Once Ivo Tarn has said his piece, he is ready to go.",
        "Ada Tarn said: “It was never a good idea to sell the mill.”\n\nIt rains.\n\n“A good idea to sell the mill.”",
    ],
)
def test_credits_comments_and_pull_quotes_are_no_speech(text: str) -> None:
    """A credit for a picture, what a writer concludes, and words set large that stand elsewhere, are nobody's words."""
    assert len(list_said(text)) == text.count("Tarn said")

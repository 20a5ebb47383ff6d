"""What a source says beside words and may take them back, and how it describes who says them."""

from __future__ import annotations

import pytest

from assistant.proof.prover import Prover
from assistant.records.proof import Source
from assistant.speech.statements import find_statements
from assistant.text.sentences import sentence_spans
from tests.proof.test_prover import always, sources_of


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("The piles were rotten, a lie.", "The piles were rotten.", ""),
        ("The piles were rotten, the story goes.", "The piles were rotten.", ""),
        ("Lund was cleared, reversed on appeal.", "Lund was cleared.", ""),
        ("Lund was cleared, thrown out on appeal.", "Lund was cleared.", ""),
        ("Lund was cleared, which was later voided.", "Lund was cleared.", ""),
        ("All boats were saved, the Anna excepted.", "All boats were saved.", ""),
        ("Lund was the killer, starring in his third film.", "Lund was the killer.", ""),
        ("The ban holds, the court heard.", "The ban holds.", ""),
        ("The bridge is safe, when it is dry.", "The bridge is safe.", ""),
        ("“The bridge is safe,” Lund said sarcastically.", "“The bridge is safe,” Lund said.", ""),
        ("“The bridge is safe,” Lund said in a sketch.", "“The bridge is safe,” Lund said.", ""),
        ("“I agree,” Lund said, “that it is rotten.”", "“I agree,” Lund said.", ""),
        ("A man posing as an officer said the bridge was safe.", "An officer said the bridge was safe.", ""),
        ("One of the officers said the bridge was safe.", "The officers said the bridge was safe.",
         "One of the officers said the bridge was safe."),
        ("A retired officer said the bridge was safe.", "An officer said the bridge was safe.",
         "A retired officer said the bridge was safe."),
        ("“I stole it,” Lund said Tarn had told him.", "“I stole it,” Lund said.", ""),
        ("Minister Ivo Lund and former minister Ada Tarn said it was safe.", "Minister Ada Tarn said it was safe.", ""),
        ("Ivo Lund, who beat the mayor, said it was safe.", "Ivo Lund, the mayor, said it was safe.", ""),
        ("Ivo Lund, a critic of the mayor, said it was safe.", "Ivo Lund, the mayor, said it was safe.",
         "Ivo Lund, a critic, said it was safe."),
        ("Ivo Lund, minister of health, said it was safe.", "Ivo Lund, of health, said it was safe.",
         "Ivo Lund, minister of health, said it was safe."),
        ("Ivo Lund, running for governor, said it was safe.", "Governor Ivo Lund said it was safe.", ""),
        ("Ivo Lund, a retired judge, said it was safe.", "Judge Ivo Lund said it was safe.",
         "Ivo Lund, a retired judge, said it was safe."),
        ("Ivo Lund, formerly a judge, said it was safe.", "Ivo Lund, a judge, said it was safe.", ""),
        ("Ivo Lund, according to Ada Tarn, said it was safe.", "Ivo Lund said it was safe.", ""),
        ("But for the flood, it was safe.", "For the flood, it was safe.", ""),
    ],
)  # fmt: skip
def test_what_may_take_it_back_is_not_left_out(text: str, wrong: str, right: str) -> None:
    """The end of a sentence, a manner of speaking or a role without which something else is said cannot be left out."""
    assert Prover(sources_of(text)).prove(f"{wrong} [1]").support == "unsupported"
    assert not right or Prover(sources_of(text)).prove(f"{right} [1]").support in ("verbatim", "supported")


@pytest.mark.parametrize(
    "text",
    [
        "Lund, whose account is frozen, left the town.",
        "Lund, who plays in a film studio, left the town.",
        "Lund, whose truck overturned, left the town.",
        "Lund, who measured the piles, left the town.",
        "Lund, a jazz legend, left the town.",
    ],
)
def test_plain_facts_take_nothing_back(text: str) -> None:
    """Words that undo something only in another place leave a shortened sentence as true as it was."""
    assert Prover(sources_of(text)).prove("Lund left the town. [1]").support == "supported"


@pytest.mark.parametrize(
    ("frame", "is_said"),
    [
        ("Lund said Ada Tarn had told him", False),
        ("Lund said Ada Maria van Tarn claimed", False),
        ("Lund said the mayor had told him", False),
        ("Lund said the coach, Ada Tarn, had told him", False),
        ("Lund said that his wife told him", False),
        ("Lund said he was told", False),
        ("Lund said, police reported", False),
        ("Lund said, according to a spokesman", False),
        ("Lund said sarcastically, in a sketch", False),
        ("Lund said after the game", True),
        ("Lund said when the mayor asked him", True),
        ("Lund said in a statement released by police", True),
        ("said Lund in a letter published on Monday", True),
        ("said Lund, whom the mayor accused of theft", True),
        ("Lund said, and the mayor said he was shocked", True),
        ("Lund, acting according to the rules, said", True),
        ("Lund said, on account of the water", True),
    ],
)
def test_who_said_it_before_its_speaker(frame: str, is_said: bool) -> None:
    """Words that somebody only knows from another one are not his; when and to whom he said them is left out."""
    proof = Prover(sources_of(f"“I stole it,” {frame}.")).prove("“I stole it,” Lund said. [1]")
    assert (proof.support == "supported") == is_said, proof.findings


@pytest.mark.parametrize(
    ("description", "is_mayor"),
    [
        *((f"the {word} mayor", False) for word in
          "ousted sacked bogus dismissed outgoing incoming jailed impeached self-appointed late convicted".split()),
        ("the ousted city mayor", False),
        ("mayor from 1990 to 2004", False),
        ("mayor before his retirement", False),
        ("mayor at the time", False),
        ("mayor in all but name", False),
        ("mayor during the war", False),
        ("criticizing the mayor", False),
        ("meeting the mayor", False),
        ("a lawyer suing the city mayor", False),
        ("a friend the mayor trusted", False),
        ("mayor of Orvik", True),
        ("Orvik's longtime mayor", True),
        ("the city mayor", True),
        ("the mayor for the Greens", True),
        ("mayor since 2011", True),
    ],
)  # fmt: skip
def test_office_of_a_speaker(description: str, is_mayor: bool) -> None:
    """An office is shortened only where nothing beside it says that it is another one, another's, or over."""
    sources = sources_of(f"Ivo Lund, {description}, said it was safe.")
    proof = Prover(sources).prove("Mayor Ivo Lund said it was safe. [1]")
    assert (proof.support == "supported") == is_mayor, proof.findings
    assert Prover(sources).prove(f"Ivo Lund, {description}, said it was safe. [1]").support == "verbatim"


@pytest.mark.parametrize(
    ("beside", "is_minister"),
    [
        ("A minister for Lund left.", False),
        ("The minister of Ivo Lund left.", False),
        ("The minister in Lund's trial left.", False),
        ("The minister and Lund left.", False),
        ("Minister Karl Lund left.", False),
        ("The minister, Ivo Lund, left. Minister Lund stayed.", True),
        ("Ousted minister Ivo Lund left.", False),
        ("In May the ousted minister Ivo Lund left.", False),
        ("In May, transport minister Ivo Lund left.", True),
        ("The council has sued Minister Ivo Lund.", True),
    ],
)
def test_office_before_a_name(beside: str, is_minister: bool) -> None:
    """Before a name the office is that of the person only if it stands directly before it."""
    proof = Prover(sources_of(f"Ivo Lund said it was safe. {beside}")).prove("Minister Ivo Lund said it was safe. [1]")
    assert (proof.support == "supported") == is_minister, proof.findings


def test_who_is_only_like_a_speaker() -> None:
    """ "As the mayor said" gives the words to the mayor; a man posing as an officer is none, nor a sacked one."""
    proof = Prover(sources_of("As the mayor said, the bridge is safe.")).prove("The mayor said the bridge is safe. [1]")
    assert proof.support == "supported"
    for role in ("man posing as an officer", "sacked officer", "bogus officer"):
        prover = Prover(sources_of(f"A {role} said the bridge was safe."))
        assert prover.prove("An officer said the bridge was safe. [1]").support == "unsupported"
    prover = Prover(sources_of("A senior police officer said the bridge was safe."))
    assert prover.prove("An officer said the bridge was safe. [1]").support == "supported"


def whole_source(text: str) -> Source:
    """A whole text as one source."""
    article, spans = sources_of(text)[0].article, tuple(sentence_spans(text))
    return Source(1, article, 0, len(text), spans, tuple(find_statements(article, spans)))


@pytest.mark.parametrize(
    ("following", "is_turned"),
    [
        *((f"{words} it must be cheaper", True) for words in
          "But|However,|Yet|Still,|And yet|That said,|Unfortunately,|Provided|As long as|When|Until|Once|No,|Never:|"
          "Unless|Even so,".split("|")),
        ("It is new", False),
        ("No town has a better one", False),
        ("When we met in May, we voted for it", False),
    ],
)  # fmt: skip
def test_next_sentence_of_a_speaker_may_take_it_back(following: str, is_turned: bool) -> None:
    """Words that the speaker limits in the next sentence of the same source are not told alone."""
    whole = whole_source(f"“We support the plan. {following},” Lund said.")
    proof = Prover([whole]).prove("Lund said: “We support the plan.” [1]")
    assert (proof.support == "unsupported") == is_turned, proof.findings
    assert not is_turned or proof.findings[0].reason.startswith("the speaker goes on with")


@pytest.mark.parametrize(
    ("text", "sentence", "is_proved"),
    [
        ("Lund was cleared, reversed on appeal.", "Lund was cleared.", False),
        ("Ivo Lund, according to Ada Tarn, said it was safe.", "Ivo Lund said it was safe.", False),
        ("“I stole it,” Lund said Tarn had told him.", "“I stole it,” Lund said.", False),
        ("Ivo Lund, running for governor, said it was safe.", "Governor Ivo Lund said it was safe.", False),
        ("“The bridge is safe,” Lund said sarcastically.", "“The bridge is safe,” Lund said.", False),
        ("“We support the plan. But it must be cheaper,” Lund said.", "Lund said they back the plan.", False),
        ("“We support the plan. It is new,” Lund said.", "Lund said they back the plan.", True),
    ],
)
def test_no_model_proves_what_may_be_taken_back(text: str, sentence: str, is_proved: bool) -> None:
    """A model for inference that believes everything does not prove what the rules for speakers refuse."""
    proof = Prover([whole_source(text)], infer=always(1.0, 0.0)).prove(f"{sentence} [1]")
    assert (proof.support == "supported") == is_proved, proof.findings


@pytest.mark.parametrize("opening", ["British", "French", "Norwegian"])
def test_country_before_an_office_is_no_other_office(opening: str) -> None:
    """Also as the first word of a sentence, where a capital tells nothing; "former" before it stays what it is."""
    proof = Prover(sources_of(f"{opening} Prime Minister Ivo Lund said it was safe.")).prove(
        "Prime Minister Ivo Lund said it was safe. [1]"
    )
    assert proof.support == "supported", proof.findings
    former = Prover(sources_of(f"Former {opening} Prime Minister Ivo Lund said it was safe."))
    assert former.prove("Prime Minister Ivo Lund said it was safe. [1]").support == "unsupported"

"""Statement extraction as a whole: word order, extent of the words, resolution of speakers, extreme texts."""

from __future__ import annotations

import pytest

from assistant.records.statement import Statement
from assistant.speech.statements import find_statements
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article
from tests.support.sampling import in_campaign


def find_in(text: str) -> list[Statement]:
    return find_statements(make_article(text), sentence_spans(text))


def list_statements(text: str) -> list[tuple[str | None, str]]:
    return [(statement.speaker, text[statement.start : statement.end]) for statement in find_in(text)]


def list_speakers(text: str) -> list[str | None]:
    return [speaker for speaker, _ in list_statements(text)]


def test_no_statement_without_speech() -> None:
    """No speaker is named where no one speaks."""
    assert list_statements("The tide came in at nine. Ada Brandreth shut the gate.") == []


# ------------------------------------------------------------------------------------------------- word order


@pytest.mark.parametrize(
    "text",
    [
        "“The gate is shut,” Ada Brandreth said.",
        "“The gate is shut,” said Ada Brandreth.",
        "“The gate is shut”, said Ada Brandreth.",
        "Ada Brandreth said: “The gate is shut.”",
        "“The gate,” Ada Brandreth said, “is shut.”",
        '"The gate is shut," Ada Brandreth added.',
        "''The gate is shut,'' Ada Brandreth said.",
        "«The gate is shut», said Ada Brandreth.",
        "„The gate is shut“, said Ada Brandreth.",
        "‘The gate is shut,’ said Ada Brandreth.",
        "'The gate is shut,' said Ada Brandreth.",
        "Ada Brandreth: “The gate is shut.”",
        "“The gate is shut.” — Ada Brandreth",
        "Ada Brandreth called the gate “shut for good”.",
        "Ada Brandreth hesitated: “The gate is shut.”",
        "“The gate is shut,” a weary Ada Brandreth replied.",
        "“The gate is shut,” Ada Brandreth shot back.",
        "“The gate is shut,” Ada Brandreth of the Tarn Trust said on Monday.",
        "“The gate is shut,” said lock keeper and engineer Ada Brandreth.",
        "“The gate is shut,” said the keeper of locks at Tarn, Ada Brandreth.",
        "“The gate is shut,” said Prof. Ada Brandreth, who runs the lock.",
    ],
)
def test_quotation_speaker_in_any_word_order(text: str) -> None:
    """The speaker of a quotation is found in every word order."""
    assert set(list_speakers(text)) == {"Ada Brandreth"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ada Brandreth said the gate was shut.", "the gate was shut"),
        ("Ada Brandreth, who runs the lock, said the gate was shut.", "the gate was shut"),
        ("Ada Brandreth, 54, said the gate was shut.", "the gate was shut"),
        ("Ada Brandreth (Tarn) said the gate was shut.", "the gate was shut"),
        ("Ada Brandreth told reporters that the gate was shut.", "that the gate was shut"),
        ("Ada Brandreth said in an interview on Monday that the gate was shut.", "that the gate was shut"),
        ("In a statement, Ada Brandreth said the gate was shut.", "the gate was shut"),
        ("Ada Brandreth has repeatedly warned of a flood.", "of a flood"),
        ("According to Ada Brandreth, the gate was shut.", "the gate was shut"),
        ("The gate was shut, according to Ada Brandreth.", "The gate was shut"),
        ("The gate was shut, said Ada Brandreth.", "The gate was shut"),
        ("The gate was shut, Ada Brandreth told a local paper.", "The gate was shut"),
        ("Ada Brandreth was quoted as saying that the gate was shut.", "that the gate was shut"),
        ("The gate was described by Ada Brandreth as a menace.", "as a menace"),
        ("Ada Brandreth promised to mend the gate.", "to mend the gate"),
        ("Ada Brandreth is calling the gate a menace.", "the gate a menace"),
        ("Ada Brandreth believes that the gate will hold.", "that the gate will hold"),
        ("Ada Brandreth spoke on the quay, saying that the gate was shut.", "that the gate was shut"),
        ("Ada Brandreth’s claim that the gate was shut drew laughter.", "that the gate was shut drew laughter"),
        ("Ada Brandreth’s most explosive claim is that the gate was shut.", "that the gate was shut"),
        ("The gate was shut, said the trust’s chief engineer, Ada Brandreth.", "The gate was shut"),
        ("The gate was shut, said the trust’s director, Ada L. Brandreth, on Monday.", "The gate was shut"),
        ("The gate was shut, as Ada Brandreth noted in a letter.", "The gate was shut"),
        ("Ada Brandreth, the harbour director for the trust said the gate was shut.", "the gate was shut"),
        ("Ada Brandreth telling reporters that the gate was shut", "that the gate was shut"),
        ("The vote came, with Ada Brandreth noting the folly of the gate.", "the folly of the gate"),
        ("Ada Brandreth used her speech to call for a new gate.", "for a new gate"),
        ("Ada Brandreth stood on the quay to say the gate was shut.", "the gate was shut"),
        ("Ada Brandreth walked off after arguing that the gate was shut.", "that the gate was shut"),
        ("Noting the folly of the gate, Ada Brandreth said it was shut.", "the folly of the gate"),
        ("Ada Brandreth was quick to concede that the gate was shut.", "that the gate was shut"),
        ("Ada Brandreth last week said the gate was shut.", "the gate was shut"),
        ("Ada Brandreth took issue with the plan for the gate.", "the plan for the gate"),
    ],
)
def test_reported_speech_without_quotation_marks(text: str, said: str) -> None:
    """Reported speech is found without quotation marks."""
    assert [words for speaker, words in list_statements(text) if speaker and speaker[-9:] == "Brandreth"].count(
        said
    ) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandreth and other water experts acknowledge that the gate is old.",
        "Ada Brandreth and her allies said the gate is old.",
        "Some keepers — for instance, Dr. Ada Brandreth of Tarn, who runs the lock, — have called for a new gate.",
        "Keepers — and, in particular, Dr. Ada Brandreth — insisted that the gate is old.",
        "Candidates like Ada Brandreth have denounced the gate as a menace.",
        "Some keepers, including Ada Brandreth, said the gate is old.",
    ],
)
def test_speaker_named_within_group(text: str) -> None:
    """A person named as one of a group is the speaker."""
    assert list_speakers(text) == ["Ada Brandreth"]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandreth and Cosmo Pellew said the gate was shut.",
        "Both Ada Brandreth and Cosmo Pellew saw the gate as a menace.",
        "Professors Ada Brandreth and Cosmo Pellew suggest that the gate is old.",
        "“The gate is shut,” said Ada Brandreth and Cosmo Pellew.",
    ],
)
def test_joint_speakers_each_have_statement(text: str) -> None:
    """Two people who say the same have one statement each with the same words."""
    (first, first_words), (second, second_words) = list_statements(text)
    assert (first, second) == ("Ada Brandreth", "Cosmo Pellew")
    assert first_words == second_words


def test_neither_nor_names_no_speaker() -> None:
    """ "Neither A nor B said" is not attributed to either of them."""
    assert list_speakers("Neither Ada Brandreth nor Cosmo Pellew said the gate was shut.") == [None]


def test_statement_continues_after_speaker() -> None:
    """A statement continues after a speaker who is named in the middle of it: it is one clause."""
    words = "Rather than wait, said Ada Brandreth, chief engineer of the trust, Tarn wants the gate mended"
    assert list_statements(f"{words}.") == [("Ada Brandreth", words)]


def test_actions_are_no_statements() -> None:
    """Actions such as "responded with tanks" are not statements."""
    assert list_statements("Norland responded to the attack with tanks.") == []
    assert list_statements("Norland offered towns billions of crowns.") == []
    assert list_speakers("Ada Brandreth responded that the gate was shut.") == ["Ada Brandreth"]
    assert list_speakers("Ada Brandreth offered to mend the gate.") == ["Ada Brandreth"]


def test_prompted_speech_is_no_statement() -> None:
    """What a person is prompted to say is not a statement of either person."""
    assert list_statements("Ada Brandreth prompted Cosmo Pellew to admit the gate was shut.") == []


def test_two_verbs_share_subject() -> None:
    """Two verbs share their subject."""
    text = "Ada Brandreth said the gate was shut and warned of a flood."
    assert list_statements(text) == [("Ada Brandreth", "the gate was shut"), ("Ada Brandreth", "of a flood")]


def test_ambiguous_verb_needs_quotation_or_that() -> None:
    """A verb with a more common other meaning needs a quotation or "that"."""
    assert list_statements("Ada Brandreth raised three children at the lock.") == []
    assert list_speakers("Ada Brandreth maintained that the gate was shut.") == ["Ada Brandreth"]


def test_person_asked_is_no_speaker() -> None:
    """A person who is asked to do something is not a speaker."""
    assert list_speakers("Ada Brandreth was asked to resign.") == []


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Ada Brandreth, who is not related to the pilot, said the gate was shut.", ["Ada Brandreth"]),
        ("Ada Brandreth, who was asked to resign, said the gate was shut.", ["Ada Brandreth"]),
        ("Ada Brandreth, who said nothing, was asked to say the gate was shut.", []),
    ],
)
def test_what_is_said_beside_a_speaker_changes_no_verb(text: str, speakers: list[str]) -> None:
    """A negation or a passive in a clause about the speaker is not of the verb of speech."""
    assert list_speakers(text) == speakers


def test_statement_about_person_is_reporters() -> None:
    """A statement about a person belongs to the one who makes it."""
    text = "Ada Brandreth could support a new gate, Cosmo Pellew said on Tuesday."
    assert list_statements(text) == [("Cosmo Pellew", "Ada Brandreth could support a new gate")]


# -------------------------------------------------------------------------------------------- extent of words


def test_statement_words_and_sentences() -> None:
    """A statement is the words said, and its sentences contain all of them."""
    text = "“It is shut. It was shut all year. Ask anyone,” Ada Brandreth said. The tide came in."
    (only,) = find_in(text)
    assert text[only.start : only.end] == "“It is shut. It was shut all year. Ask anyone,”"
    assert text[only.sentence_start : only.sentence_end] == text.removesuffix(" The tide came in.")
    assert only.direct


def test_utterance_pieces_share_sentences() -> None:
    """Pieces of one utterance are statements with the same sentences."""
    first, second = find_in("“One,” Ada Brandreth said, “and two.”")
    assert (first.sentence_start, first.sentence_end) == (second.sentence_start, second.sentence_end)


def test_quotation_excludes_following_clause() -> None:
    """A quotation does not include the clause after it."""
    text = "Ada Brandreth said, “It is shut,” when asked about the gate."
    assert list_statements(text) == [("Ada Brandreth", "“It is shut,”")]


@pytest.mark.parametrize(
    ("after", "belongs"),
    [
        ("Nora Wexcombe asked the mayor on Monday.", True),
        ("He warned of a closure in the winter.", False),
        ("She said that the bridge was safe.", False),
    ],
)
def test_sentence_after_quotation_names_speaker(after: str, belongs: bool) -> None:
    """A sentence after a quotation belongs to it only if it merely says who spoke."""
    text = f"Nora Wexcombe went to the quay. “Is the gate shut?” {after} It rained."
    quotation = next(statement for statement in find_in(text) if statement.direct)
    assert (text[quotation.sentence_start : quotation.sentence_end].endswith(after)) is belongs


def test_two_speakers_keep_own_words() -> None:
    """Two speakers keep their own words."""
    text = "“It is shut,” Ada Brandreth said. “It is open,” said Cosmo Pellew. “It creaks,” Brandreth added."
    assert list_speakers(text) == ["Ada Brandreth", "Cosmo Pellew", "Ada Brandreth"]


def test_name_in_quotation_is_no_speaker() -> None:
    """A name inside a quotation is not its speaker."""
    assert list_speakers("“My father, Ivo Tarn, said no,” Ada Brandreth recalled.") == ["Ada Brandreth"]


def test_quotation_across_paragraphs() -> None:
    """A quotation that continues in the next paragraph keeps its speaker."""
    text = "“It is shut,” Ada Brandreth said. “It was shut all year.\n\n“Nobody came to look.”"
    assert list_speakers(text) == ["Ada Brandreth"] * 3


def test_comma_separated_name_speaks_not_place() -> None:
    """A name between commas is the speaker, but a place name is not."""
    assert list_speakers("The harbour’s engineer, Ada Brandreth, said the gate was shut.") == ["Ada Brandreth"]
    assert list_speakers("Ada Brandreth, at a fair in Columbus, Ohio, said the gate was shut.") == ["Ada Brandreth"]


def test_name_inside_description_is_no_speaker() -> None:
    """A name that is part of a description ("a spokesman for") is not the speaker."""
    assert list_speakers("A spokesman for Ada Brandreth said the gate was shut.") == [None]
    assert list_speakers("“It is shut,” said one friend of Ada Brandreth.") == [None]


def test_plural_after_name_is_other_speaker() -> None:
    """A plural noun after a name is another, unnamed speaker."""
    assert list_speakers("Ada Brandreth beat Cosmo Pellew, analysts at the club say.") == [None]


def test_speaker_description_not_in_statement() -> None:
    """A description of the speaker is not part of the statement."""
    text = "The tide came early, according to Ada Brandreth, keeper of the lock."
    assert list_statements(text) == [("Ada Brandreth", "The tide came early")]


def test_reported_wish_belongs_to_reporter() -> None:
    """A wish reported in another person's words belongs to that person."""
    assert list_speakers("Ivo Tarn said Cosmo Pellew wants to close the gate.") == ["Ivo Tarn"]


def test_addressee_not_speaker_nor_statement() -> None:
    """The addressee is neither the speaker nor part of the statement."""
    assert list_statements("Ada Brandreth told Cosmo Pellew the gate was shut.") == [
        ("Ada Brandreth", "the gate was shut")
    ]
    assert list_speakers("“It is shut,” Ada Brandreth told The Tarn Post.") == ["Ada Brandreth"]


def test_capital_label_is_no_speaker() -> None:
    """A label in capitals is not a speaker unless a person has that name."""
    assert list_statements("Ada Brandreth came.\n\nNOTE: The gate is shut.") == []


def test_transcript_turns_have_speakers() -> None:
    """In a transcript each turn is attributed to its name."""
    text = "Ada Brandreth met Cosmo Pellew.\n\nPELLEW: Is it shut?\n\nBRANDRETH: It is. Look at it.\n\nQ: Why?"
    assert list_statements(text) == [
        ("Cosmo Pellew", "Is it shut?"),
        ("Ada Brandreth", "It is. Look at it."),
        (None, "Why?"),
    ]


def test_many_names_linear_time() -> None:
    """Text of many names or marks takes no more time than other text."""
    # With unlimited repetition in the patterns, each of these takes minutes or quadratic time.
    for text in (
        "A" * 50_000,
        "Aa " * 20_000,
        "A. B. " * 10_000,
        "‘a " * 5_000,
        "“a " * 5_000,
        "''``" * 5_000,
        "Aa, b, " * 5_000,
    ):
        assert {speaker for speaker, _ in list_statements(text)} <= {None}


# ------------------------------------------------------------------------------------------- who the speaker is


def test_surname_and_title_mean_full_name() -> None:
    """A surname and a title refer to the full name."""
    text = "Dr. Ada Brandreth runs the lock. Brandreth said it was shut. “Shut,” said Ms. Brandreth."
    assert set(list_speakers(text)) == {"Ada Brandreth"}


@pytest.mark.parametrize(
    ("first", "later", "name"),
    [
        ("President Zhou Meilan", "Zhou", "Zhou Meilan"),
        ("Crown Prince Tariq bin Omari", "Prince Tariq bin Omari", "Tariq bin Omari"),
        ("Minister Hala al-Nasri", "Al-Nasri", "Hala al-Nasri"),
        ("Commissioner Greta van der Molen", "Van der Molen", "Greta van der Molen"),
        ("Foreign Minister Łucja Żak", "Żak", "Łucja Żak"),
        ("Dr Martin Luther King", "Dr King", "Martin Luther King"),
    ],
)
def test_names_of_many_languages_complete(first: str, later: str, name: str) -> None:
    """Names from many languages are recognized completely."""
    assert list_speakers(f"{first} said the gate was shut. {later} added that it was locked.") == [name, name]


def test_pronoun_means_last_speaker() -> None:
    """A pronoun means the person who was speaking."""
    text = "Ada Brandreth said the gate was shut.\n\n“It will stay shut,” she said."
    assert list_speakers(text) == ["Ada Brandreth", "Ada Brandreth"]


def test_pronoun_means_subject_of_last_sentence() -> None:
    """A pronoun means the person whom the previous sentence is about."""
    text = "“It creaks,” said Ivo Tarn. Engineer Peter Pellew met Ivo Tarn on the quay. “It will stay shut,” he said."
    assert list_speakers(text)[-1] == "Peter Pellew"


def test_pronoun_gender_must_match() -> None:
    """A pronoun never means a person of the other gender."""
    text = "Ada Brandreth said the gate was shut. She met Peter Pellew. “It will stay shut,” he said."
    assert list_speakers(text)[-1] == "Peter Pellew"


def test_pronoun_means_no_organization_or_place() -> None:
    """A pronoun does not mean an organization or a place."""
    assert list_speakers("Tarn Water Company said it was shut. “It will stay shut,” she said.")[-1] is None
    assert list_speakers("The train left New Harbour at noon. “It will stay shut,” she said.")[-1] is None


def test_family_name_first_after_title() -> None:
    """A family name that comes first is recognized by the title before it."""
    assert list_speakers("Zao Weiming opened the gate. “It will hold,” Mr. Zao said.") == ["Zao Weiming"]


def test_pronoun_means_person_asked() -> None:
    """After a question the pronoun means the person who was asked."""
    text = "Peter Tarn hid his doubts when Frank Pellew asked about the gate.\n\n“It may not hold,” he said."
    assert list_speakers(text) == ["Frank Pellew", "Peter Tarn"]


def test_pronoun_means_main_clause_subject() -> None:
    """A pronoun means the subject of the main clause."""
    waited = "While Frank Pellew waited, Peter Tarn went to the gate.\n\n“It will hold,” he said."
    filling_in = "Filling in for Frank Pellew at the lock, Peter Tarn shut the gate.\n\n“It will hold,” he said."
    assert list_speakers(waited) == list_speakers(filling_in) == ["Peter Tarn"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Frank Pellew met President Tarn. President Tarn opened the gate. “It will hold,” he said.", "Tarn"),
        (
            "Ada Brandreth warned of floods. The keeper’s wife, Maria, opened the gate. “It will hold,” she said.",
            "Maria",
        ),
        ("Peter “Bix” Tarn carried a lamp. “I wept,” he said.", "Peter Tarn"),
        ("In San Pellegro, a group marched. Peter Tarn carried a lamp. “I wept,” he said.", "Peter Tarn"),
    ],
)
def test_pronoun_means_single_name_of_person(text: str, speaker: str) -> None:
    """A pronoun can mean a person who is known by a single name."""
    assert list_speakers(text)[-1] == speaker


def test_cannot_say_is_no_statement() -> None:
    """What somebody "cannot say" is not a statement of that person."""
    assert "Ada Brandreth" not in list_speakers("Ada Brandreth cannot say “it will hold,” Ivo Pellew said.")


def test_quotation_before_speaker_is_theirs() -> None:
    """The quotation directly before "said X" belongs to X."""
    plans = "Cosmo Pellew plans to close “the old gate,” Ada Brandreth said."
    offered = "When Cosmo Pellew offered money, “it was rotten,” Ada Brandreth said. “It is new. It will hold.”"
    assert list_speakers(plans) == ["Ada Brandreth"]
    assert list_speakers(offered) == ["Ada Brandreth", "Ada Brandreth"]


def test_photo_credit_not_in_name() -> None:
    """A photographer's credit is not part of a name."""
    assert list_speakers("Ada Pellew/Reuters Brandreth said the gate was shut.") == ["Brandreth"]


def test_chief_of_staff_is_not_a_name() -> None:
    """A chief of staff is not taken for a person called Staff."""
    assert list_speakers("Chief of Staff Oku Brandreth said the gate was shut.") == ["Oku Brandreth"]


def test_pronoun_without_antecedent() -> None:
    """A pronoun without an antecedent has no speaker."""
    assert list_speakers("“It will stay shut,” she said.") == [None]


def test_unlisted_role_is_no_given_name() -> None:
    """An unlisted role before a name is not a given name."""
    assert list_speakers("Ada Brandreth paid. Archivist Brandreth said the gate was shut.") == ["Ada Brandreth"]
    assert list_speakers("Donor Brandreth said the gate was shut. Ada Brandreth paid.") == ["Ada Brandreth"]
    assert list_speakers("Keeper Ansel Thorne said the gate was shut.") == ["Ansel Thorne"]


def test_shared_surname_by_last_speaker_or_title() -> None:
    """A shared surname means the last of the two who spoke, or the one whom a title fits."""
    text = "Ada Brandreth came. Peter Brandreth said it was shut. “Shut,” Brandreth said."
    assert list_speakers(text) == ["Peter Brandreth", "Peter Brandreth"]
    text = "Ada Brandreth met Peter Brandreth. Mr. Brandreth said it was shut. Mrs. Brandreth said it was open."
    assert list_speakers(text) == ["Peter Brandreth", "Ada Brandreth"]


def test_name_like_adverb_is_speaker() -> None:
    """A name that looks like an adverb can be a speaker."""
    assert list_speakers("Jolly said the gate was shut.") == ["Jolly"]


def test_mocked_claim_is_not_last_speaker() -> None:
    """A person whose claim is mocked is not the last speaker."""
    text = "Peter Tarn mocked Ivo Pellew’s claim that it was shut. “It is open,” he said."
    assert list_speakers(text)[-1] == "Peter Tarn"


def test_they_and_we_have_no_speaker() -> None:
    """ "They" and "we" are not attributed to anybody."""
    assert list_speakers("Ada Brandreth said the gate was shut. They said that it was not.") == ["Ada Brandreth", None]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ada Brandreth’s office said the gate was shut.", "Ada Brandreth’s office"),
        ("A police spokesman said the gate was shut.", "A police spokesman"),
        ("Officials said the gate was shut.", "Officials"),
        ("Some said the gate was shut.", "Some"),
    ],
)
def test_groups_and_unnamed_speakers_as_role(text: str, role: str) -> None:
    """Groups and unnamed speakers are recorded by their role."""
    assert [(statement.speaker, statement.role) for statement in find_in(text)] == [(None, role)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Former harbour minister Ada Brandreth said it was shut.", "Former harbour minister"),
        ("Ada Brandreth, the director of the lock, said it was shut.", "director of the lock"),
        ("“It is shut,” said a veteran engineer, Ada Brandreth.", "veteran engineer"),
        ("Mrs. Brandreth said it was shut.", None),
        ("Ada Brandreth, a loss adjuster for the town, came. She said it was shut.", "loss adjuster for the town"),
    ],
)
def test_role_is_next_to_speaker_name(text: str, role: str | None) -> None:
    """The role of a named speaker is the description next to the name."""
    assert [statement.role for statement in find_in(text)] == [role]


def test_role_means_its_only_holder() -> None:
    """A role means the only person who has it."""
    text = (
        "Harbour minister Ada Brandreth said it was shut. Engineer Ivo Tarn said it was open.\n\n"
        "The minister said it was not."
    )
    assert list_speakers(text)[-1] == "Ada Brandreth"


def test_unknown_role_has_no_speaker() -> None:
    """A role that was not assigned to a person has no speaker."""
    text = "Engineer Ivo Tarn said it was open.\n\nThe minister said it was not."
    assert list_speakers(text)[-1] is None


def test_headline_about_person_is_no_statement() -> None:
    """A headline on a person is not a statement by that person."""
    assert list_speakers("Club President On Pellew: ‘We Do Not Pay Skaters To Appear.’") in ([], [None])
    assert list_speakers("President Ada Brandreth: “We do not pay skaters.”") == ["Ada Brandreth"]


# -------------------------------------------------------------------------------------------- extreme texts


@pytest.mark.parametrize("words", ["he said ", "“a” said B. ", "— said X — ", "told X that "])
def test_overlong_sentence_skipped(words: str) -> None:
    """A sentence without end is skipped, and the text after it is read."""
    text = f"{words * 50_000}\n\n“The gate is shut,” Ada Brandreth said."  # parsing it would take hours
    assert list_statements(text)[-1] == ("Ada Brandreth", "“The gate is shut,”")


@pytest.mark.parametrize("times", [600, *in_campaign(3_000)])
def test_paragraph_of_thousands_of_quotations(times: int) -> None:
    """A paragraph of thousands of quotations is read completely."""
    text = "“The gate is shut,” Ada Brandreth said. She called it “a pity”. " * times
    assert len(list_statements(text)) == 2 * times


def test_statements_of_wrapped_text() -> None:
    """Lines and divided words are joined to be read; the offsets are into the text of the article."""
    text = (
        "The keeper, Mina Tor-\nvald, said on Mon-\nday that the gate could\nnot be shut. “We tried\nit,” Torvald said."
    )
    assert list_statements(text) == [
        ("Mina Torvald", "that the gate could\nnot be shut"),
        ("Mina Torvald", "“We tried\nit,”"),
    ]


# ------------------------------------------------------------------------------------------- unnamed speakers


@pytest.mark.parametrize(
    "role",
    [
        "the prime minister's official spokesman",
        "the chief prosecutor",
        "the victim’s mother",
        "the mayor of neighbouring Pell",
        "the minister’s chief of staff",
        "an aide to the minister",
        "an aide to former President Tarn",
        "a source close to Ada Brandreth",
        "the mother of little Ada Brandreth",
        "the opposition leader",
        "the former mayor",
        "a spokesman for Mr. Pellew",
        "the keeper",
    ],
)
def test_unnamed_speaker_is_role(role: str) -> None:
    """A described speaker without a name is the whole description, not the last speaker and not a name inside it."""
    for told in (f"“We will wait,” {role} said.", f"“We will wait,” said {role}.", f"{role} said: “We will wait.”"):
        found = find_in(f"Ivo Pellew did not come. “I am content,” Pellew said.\n\n{told}")
        assert [(statement.speaker, statement.role) for statement in found] == [("Ivo Pellew", None), (None, role)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It is late,” said master of ceremonies Ada Brandreth.", "Ada Brandreth"),
        ("“It is late,” said the director of studies Ada Brandreth.", "Ada Brandreth"),
        ("House of Keys Speaker Ivo Pellew said it was late.", "Ivo Pellew"),
        ("Speaker of the House Mr. Ivo Pellew said it was late.", "Ivo Pellew"),
    ],
)
def test_title_with_of_belongs_to_name(text: str, speaker: str) -> None:
    """A title with "of" before a name does not hide the name."""
    assert list_speakers(text) == [speaker]


# ------------------------------------------------------------------------------------------- second-hand words


@pytest.mark.parametrize(
    ("text", "speaker", "said"),
    [
        ("NTK quoted Ada Brandreth, a geologist, as saying: “It is rotten.”", "Ada Brandreth", "“It is rotten.”"),
        ("NTK on Monday quoted Ada Brandreth as saying it was rotten.", "Ada Brandreth", "it was rotten"),
        ("“It is rotten,” the Post quoted Ada Brandreth as saying.", "Ada Brandreth", "“It is rotten,”"),
        ("“It is rotten,” Ada Brandreth was quoted by NTK as saying.", "Ada Brandreth", "“It is rotten,”"),
        ("Ada Brandreth was quoted in the Tarn Post as saying it was rotten.", "Ada Brandreth", "it was rotten"),
        ("Ada Brandreth was cited by the Tarn Post as saying “no more”.", "Ada Brandreth", "“no more”"),
        ("For Ada Brandreth, the tunnel is “a hole for money”.", "Ada Brandreth", "“a hole for money”"),
        ("To Ada Brandreth it is “a gift”.", "Ada Brandreth", "“a gift”"),
        ("Ada Brandreth’s verdict: “Too long.”", "Ada Brandreth", "“Too long.”"),
        ("Ada Brandreth’s answer on Monday was: “No.”", "Ada Brandreth", "“No.”"),
        ("In Ada Brandreth’s own words, “it is shut”.", "Ada Brandreth", "“it is shut”"),
        ("“It is shut,” was how Ada Brandreth put it.", "Ada Brandreth", "“It is shut,”"),
        ("The agency quoted a spokesman as saying it was shut.", None, "it was shut"),
        ("The agency quoted her as saying it was shut.", None, "it was shut"),
        ("The minister’s reply: “No.”", None, "“No.”"),
    ],
)
def test_words_quoted_by_somebody_else(text: str, speaker: str | None, said: str) -> None:
    """Words that the article has from somebody else are those of the person quoted."""
    assert list_statements(text) == [(speaker, said)]


@pytest.mark.parametrize(
    "text",
    [
        "In response to Ada Brandreth’s claim: “That is false.”",
        "After Ada Brandreth’s announcement, “no way” was heard on the quay.",
        "Minutes after Ada Brandreth’s announcement, attacked the inquiry as “garbage”.",
        "Ada Brandreth was told: “Go home.”",
        "Ada Brandreth was reminded that the gate was shut.",
        "For years, the tunnel is “a hole for money”.",
    ],
)
def test_owner_or_listener_does_not_speak(text: str) -> None:
    """A possessive is no speaker of what follows, and a passive subject listens."""
    assert [speaker for speaker in list_speakers(text) if speaker] == []


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("According to NTK, a spokesman said “we will wait”.", None, "NTK"),
        ("“We will wait,” Ada Brandreth said on Monday, according to the Tarn Post.", "Ada Brandreth", "Tarn Post"),
        ("According to Ivo Pellew, Ada Brandreth told him: “Go home.”", "Ada Brandreth", "Ivo Pellew"),
        ("Ada Brandreth said in May that she would stay, according to an aide.", "Ada Brandreth", "an aide"),
        ("According to the Tarn Post, the gate is shut, Ada Brandreth said.", "Ada Brandreth", "Tarn Post"),
        ("NTK quoted Ada Brandreth as saying it was shut.", "Ada Brandreth", "NTK"),
        ("“It is shut,” Ada Brandreth was quoted by the Tarn Post as saying.", "Ada Brandreth", "the Tarn Post"),
        ("The agency quoted Ada Brandreth as saying it was shut.", "Ada Brandreth", "the agency"),
        ("Ada Brandreth told the Tarn Post that it was shut.", "Ada Brandreth", None),
        ("Ada Brandreth is ill, according to Ivo Pellew.", "Ivo Pellew", None),
    ],
)
def test_words_told_by_somebody_else(text: str, speaker: str | None, via: str | None) -> None:
    """Who says that the speaker said it is kept apart from the speaker; a listener is neither."""
    (found,) = find_in(text)
    assert (found.speaker, found.via) == (speaker, via)
    assert found.status == ("reported" if via else "asserted")


def test_inserted_clause_keeps_its_words_only() -> None:
    """An inserted clause does not take over the quotation after it."""
    text = "Ivo Pellew said the plan, which Ada Brandreth called a menace, was “a joke”."
    assert list_statements(text) == [
        ("Ivo Pellew", "the plan, which Ada Brandreth called a menace, was “a joke”"),
        ("Ada Brandreth", "a menace"),
    ]
    text = "Ivo Pellew commented on the plan — which the Tarn Post noted as rare — “However it is dressed up, no.”"
    assert list_statements(text)[0] == ("Ivo Pellew", "“However it is dressed up, no.”")


# ------------------------------------------------------------------------------------------- deeds and nested reports


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandreth, 73, was sentenced to a year in prison and ordered to pay a fine of one million crowns.",
        "Ada Brandreth was arrested on Monday and told to leave the town.",
        "Ada Brandreth was asked to resign.",
        "Ada Brandreth was charged with saying too much.",
        "Ada Brandreth reported a loss.",
        "Ada Brandreth ordered the keepers to shut the gate.",
        "Ada Brandreth wrote a letter to the council.",
        "Ada Brandreth sought a new gate for the lock.",
        "Ada Brandreth tweeted a photo of the lock.",
        "Ada Brandreth demanded the release of the keepers.",
    ],
)
def test_deed_is_no_statement(text: str) -> None:
    """What somebody does or suffers is not what they say."""
    assert list_statements(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ada Brandreth was arrested on Monday and said she was innocent.", "she was innocent"),
        ("Ada Brandreth was arrested and told reporters that she was innocent.", "that she was innocent"),
        ("Ada Brandreth reported that the gate was shut.", "that the gate was shut"),
        ("The gate was shut, Ada Brandreth reported.", "The gate was shut"),
        ("Ada Brandreth ordered: “Shut the gate.”", "“Shut the gate.”"),
        ("Ada Brandreth wrote on Monday that the gate was shut.", "that the gate was shut"),
        ("Ada Brandreth said the harbour that Ivo Pellew spoke of in May was shut.", None),
    ],
)
def test_same_verb_reports_words(text: str, said: str | None) -> None:
    """The same verbs report words in front of a clause, and next to a quotation."""
    expected = said or "the harbour that Ivo Pellew spoke of in May was shut"
    assert list_statements(text) == [("Ada Brandreth", expected)]


def test_wish_inside_statement_is_part_of_it() -> None:
    """A wish inside the words of somebody else is no statement of its own, even after a comma."""
    text = "Ada Brandreth said that after the flood, Ivo Pellew wants a new gate."
    assert list_statements(text) == [("Ada Brandreth", "that after the flood, Ivo Pellew wants a new gate")]


def test_wish_inside_participle_is_part_of_it() -> None:
    """A wish inside the words after "noting" belongs to whoever notes it."""
    text = "Ada Brandreth stood on the quay, noting that Ivo Pellew wants a new gate."
    assert list_statements(text) == [("Ada Brandreth", "that Ivo Pellew wants a new gate")]


def test_pronoun_of_opening_clause_is_later_subject() -> None:
    """A pronoun in the clause that opens a sentence is the subject that follows."""
    text = "Ivo Pellew said it was late. After he called the gate “a menace”, Oscar Tarn left the quay."
    assert list_speakers(text) == ["Ivo Pellew", "Oscar Tarn"]


@pytest.mark.parametrize(
    "told",
    [
        "“We will wait,” the minister's spokesman said. “It is late,” he added.",
        "A spokesman for Pellew said it was late. He added that it was dark.",
        "“We will wait,” said the chief prosecutor.\n\n“It is late,” she added.",
        "The victim's mother left, saying it was late.",
        "“We will wait,” the keeper said, adding that it was late.",
    ],
)
def test_pronoun_after_unnamed_speaker_is_nobody_named(told: str) -> None:
    """A pronoun after a speaker without a name is that speaker, not the person named before."""
    found = find_in(f"Ivo Pellew did not come. “I am content,” Pellew said.\n\n{told}")
    assert found[0].speaker == "Ivo Pellew"
    assert {statement.speaker for statement in found[1:]} == {None}
    assert len({statement.role for statement in found[1:]}) == 1


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ("“We need it,” said one of the keepers.", None, "one of the keepers"),
        ("“We need it,” one of the men said.", None, "one of the men"),
        ("A neighbour of Brandreth’s, speaking through a door, said: “No.”", None, "A neighbour of Brandreth’s"),
        ("Ada Brandreth’s message to voters on the quay: “Stay home.”", "Ada Brandreth", None),
        ("Ada Brandreth’s message to voters: “Stay home.”", "Ada Brandreth", None),
        ("“We need it,” said Jolly, explaining why.", "Jolly", None),
        ("Ada Brandreth has since apologized: “I was wrong.”", "Ada Brandreth", None),
    ],
)
def test_rarer_forms_of_mention(text: str, speaker: str | None, role: str | None) -> None:
    """Members of a group, names that end like an adverb, and "has since" before the verb."""
    assert [(statement.speaker, statement.role) for statement in find_in(text)][:1] == [(speaker, role)]


def test_judgement_of_words_is_no_statement() -> None:
    """ "What she says is true" reports no words; "what she said was “…”" does."""
    assert list_statements("What Ada Brandreth has said about the gate is a different story.") == []
    assert list_speakers("What Ada Brandreth said was “No more”.") == ["Ada Brandreth"]


def test_pronoun_does_not_skip_possible_person() -> None:
    """After a sentence about somebody of unknown gender, "he" is that person, or nobody if a man spoke before."""
    text = "“I am content,” Ivo Pellew said.\n\nAsked for an opinion, Quenby Tarr was brief. “No,” he said."
    assert list_speakers(text) == ["Ivo Pellew", "Quenby Tarr"]
    assert list_speakers(text.replace("Ivo", "Bob")) == ["Bob Pellew", None]


def test_unnamed_asker_does_not_answer() -> None:
    """Whoever asks a question is not the person who answers it."""
    found = find_in("A reporter asked Anna Pellew how it was. “It is late,” she said.")
    assert [(statement.speaker, statement.role) for statement in found] == [
        (None, "A reporter"),
        ("Anna Pellew", None),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Another keeper, Ada Brandreth of the Tarn Trust, said it was shut.", "it was shut"),
        ("Tarn Chief of Staff Ada Brandreth said it was shut.", "it was shut"),
        ("Per the Tarn Post, Ada Brandreth has told friends it was shut.", "it was shut"),
        ("Speaking on the radio, “it is shut,” was how Ada Brandreth put it.", "“it is shut,”"),
        ("Speaking to reporters, “It is shut,” Ada Brandreth said.", "“It is shut,”"),
    ],
)
def test_name_beside_description_and_occasion(text: str, said: str) -> None:
    """A description, a source or an occasion beside the name changes neither the speaker nor the words."""
    assert list_statements(text) == [("Ada Brandreth", said)]


def test_words_of_several_people_in_a_statement() -> None:
    """Two people of one surname who say it together are both named; the end of a body's name is nobody."""
    assert list_speakers("“It leaks,” said Bob and Pamela Pell in a letter.") == ["Bob Pell", "Pamela Pell"]
    text = "It leaks, according to Commissioner Ada Brandreth of the Department of Locks and Public Safety."
    assert list_speakers(text) == ["Ada Brandreth"]


def test_writer_below_a_paragraph_does_not_speak() -> None:
    """The name of a writer below a paragraph does not take over a quotation that has a speaker."""
    text = "“What is it?” Ada Brandreth asked the crowd. “It is the lock.”\n\n— Bob M. Pell"
    assert list_speakers(text) == ["Ada Brandreth", "Ada Brandreth"]

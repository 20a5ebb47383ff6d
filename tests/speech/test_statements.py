"""Who says what in an article: how speaker, cue and words stand to each other, and whose words are whose."""

from __future__ import annotations

import pytest

from assistant.records.statement import Statement
from assistant.speech.statements import find_statements
from assistant.text.sentences import sentence_spans
from tests.conftest import article


def found(text: str) -> list[Statement]:
    return find_statements(article(text), sentence_spans(text))


def statements(text: str) -> list[tuple[str | None, str]]:
    return [(statement.speaker, text[statement.start : statement.end]) for statement in found(text)]


def speakers(text: str) -> list[str | None]:
    return [speaker for speaker, _ in statements(text)]


def test_no_one_is_named_where_nobody_speaks() -> None:
    assert statements("The tide came in at nine. Ada Brandreth shut the gate.") == []


# ------------------------------------------------------------------------------- orders of speaker and words


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
def test_the_speaker_of_a_quotation_is_found_in_every_order(text: str) -> None:
    assert set(speakers(text)) == {"Ada Brandreth"}


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
        ("Ada Brandreth refused to discuss the gate at length.", "to discuss the gate at length"),
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
def test_reported_speech_is_found_without_quotation_marks(text: str, said: str) -> None:
    assert [words for speaker, words in statements(text) if speaker and speaker[-9:] == "Brandreth"].count(said) == 1


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
def test_whoever_is_named_among_others_speaks(text: str) -> None:
    assert speakers(text) == ["Ada Brandreth"]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brandreth and Cosmo Pellew said the gate was shut.",
        "Both Ada Brandreth and Cosmo Pellew saw the gate as a menace.",
        "Professors Ada Brandreth and Cosmo Pellew suggest that the gate is old.",
        "“The gate is shut,” said Ada Brandreth and Cosmo Pellew.",
    ],
)
def test_two_who_say_the_same_have_a_statement_each_of_the_same_words(text: str) -> None:
    (first, one), (second, other) = statements(text)
    assert (first, second) == ("Ada Brandreth", "Cosmo Pellew")
    assert one == other


def test_neither_of_two_is_given_what_neither_said() -> None:
    assert speakers("Neither Ada Brandreth nor Cosmo Pellew said the gate was shut.") == [None]


def test_words_go_on_behind_a_speaker_who_is_named_in_the_middle_of_them() -> None:
    text = "Rather than wait, said Ada Brandreth, chief engineer of the trust, Tarn wants the gate mended."
    assert statements(text) == [("Ada Brandreth", "Rather than wait"), ("Ada Brandreth", "Tarn wants the gate mended")]


def test_deeds_are_no_words() -> None:
    assert statements("Norland responded to the attack with tanks.") == []
    assert statements("Norland offered towns billions of crowns.") == []
    assert speakers("Ada Brandreth responded that the gate was shut.") == ["Ada Brandreth"]
    assert speakers("Ada Brandreth offered to mend the gate.") == ["Ada Brandreth"]


def test_whoever_is_made_to_speak_is_not_spoken_for() -> None:
    assert statements("Ada Brandreth prompted Cosmo Pellew to admit the gate was shut.") == []


def test_two_verbs_share_their_subject() -> None:
    text = "Ada Brandreth said the gate was shut and warned of a flood."
    assert statements(text) == [("Ada Brandreth", "the gate was shut"), ("Ada Brandreth", "of a flood")]


def test_a_verb_that_mostly_means_something_else_needs_a_quotation_or_that() -> None:
    assert statements("Ada Brandreth raised three children at the lock.") == []
    assert speakers("Ada Brandreth maintained that the gate was shut.") == ["Ada Brandreth"]


def test_who_is_asked_is_not_who_speaks() -> None:
    assert speakers("Ada Brandreth was asked to resign.") == []


def test_words_told_by_somebody_else_are_theirs() -> None:
    text = "Ada Brandreth could support a new gate, Cosmo Pellew said on Tuesday."
    assert statements(text) == [("Cosmo Pellew", "Ada Brandreth could support a new gate")]


# ------------------------------------------------------------------------------------------ which words


def test_a_statement_is_the_words_and_its_sentences_are_the_whole_of_them() -> None:
    text = "“It is shut. It was shut all year. Ask anyone,” Ada Brandreth said. The tide came in."
    (only,) = found(text)
    assert text[only.start : only.end] == "“It is shut. It was shut all year. Ask anyone,”"
    assert text[only.sentence_start : only.sentence_end] == text.removesuffix(" The tide came in.")
    assert only.direct


def test_pieces_of_one_utterance_are_statements_with_the_same_sentences() -> None:
    first, second = found("“One,” Ada Brandreth said, “and two.”")
    assert (first.sentence_start, first.sentence_end) == (second.sentence_start, second.sentence_end)


def test_a_quotation_goes_without_what_follows_it() -> None:
    text = "Ada Brandreth said, “It is shut,” when asked about the gate."
    assert statements(text) == [("Ada Brandreth", "“It is shut,”")]


@pytest.mark.parametrize(
    ("after", "belongs"),
    [
        ("Nora Wexcombe asked the mayor on Monday.", True),
        ("He warned of a closure in the winter.", False),
        ("She said that the bridge was safe.", False),
    ],
)
def test_a_sentence_belongs_to_the_quotation_before_it_only_where_it_just_says_who_spoke(
    after: str, belongs: bool
) -> None:
    text = f"Nora Wexcombe went to the quay. “Is the gate shut?” {after} It rained."
    quotation = next(one for one in found(text) if one.direct)
    assert (text[quotation.sentence_start : quotation.sentence_end].endswith(after)) is belongs


def test_two_speakers_keep_their_own_words() -> None:
    text = "“It is shut,” Ada Brandreth said. “It is open,” said Cosmo Pellew. “It creaks,” Brandreth added."
    assert speakers(text) == ["Ada Brandreth", "Cosmo Pellew", "Ada Brandreth"]


def test_words_inside_a_quotation_name_no_speaker() -> None:
    assert speakers("“My father, Ivo Tarn, said no,” Ada Brandreth recalled.") == ["Ada Brandreth"]


def test_a_quotation_that_runs_on_in_the_next_paragraph_keeps_its_speaker() -> None:
    text = "“It is shut,” Ada Brandreth said. “It was shut all year.\n\n“Nobody came to look.”"
    assert speakers(text) == ["Ada Brandreth"] * 3


def test_a_name_set_off_by_commas_is_the_speaker_and_no_place_is() -> None:
    assert speakers("The harbour’s engineer, Ada Brandreth, said the gate was shut.") == ["Ada Brandreth"]
    assert speakers("Ada Brandreth, at a fair in Columbus, Ohio, said the gate was shut.") == ["Ada Brandreth"]


def test_a_name_that_belongs_to_a_description_does_not_speak() -> None:
    assert speakers("A spokesman for Ada Brandreth said the gate was shut.") == [None]
    assert speakers("“It is shut,” said one friend of Ada Brandreth.") == [None]


def test_a_plural_behind_a_name_is_somebody_else() -> None:
    assert speakers("Ada Brandreth beat Cosmo Pellew, analysts at the club say.") == [None]


def test_a_description_of_the_speaker_is_none_of_their_words() -> None:
    text = "The tide came early, according to Ada Brandreth, keeper of the lock."
    assert statements(text) == [("Ada Brandreth", "The tide came early")]


def test_what_is_wanted_in_somebody_elses_words_is_theirs() -> None:
    assert speakers("Ivo Tarn said Cosmo Pellew wants to close the gate.") == ["Ivo Tarn"]


def test_a_listener_is_neither_speaker_nor_words() -> None:
    assert statements("Ada Brandreth told Cosmo Pellew the gate was shut.") == [("Ada Brandreth", "the gate was shut")]
    assert speakers("“It is shut,” Ada Brandreth told The Tarn Post.") == ["Ada Brandreth"]


def test_a_label_in_capitals_is_no_speaker_unless_somebody_bears_the_name() -> None:
    assert statements("Ada Brandreth came.\n\nNOTE: The gate is shut.") == []


def test_a_transcript_gives_each_turn_to_its_name() -> None:
    text = "Ada Brandreth met Cosmo Pellew.\n\nPELLEW: Is it shut?\n\nBRANDRETH: It is. Look at it.\n\nQ: Why?"
    assert statements(text) == [
        ("Cosmo Pellew", "Is it shut?"),
        ("Ada Brandreth", "It is. Look at it."),
        (None, "Why?"),
    ]


def test_a_page_of_names_costs_what_any_page_costs() -> None:
    # Each of these took minutes or grew with the square of its length while names could be of any length.
    for text in (
        "A" * 50_000,
        "Aa " * 20_000,
        "A. B. " * 10_000,
        "‘a " * 5_000,
        "“a " * 5_000,
        "''``" * 5_000,
        "Aa, b, " * 5_000,
    ):
        assert {speaker for speaker, _ in statements(text)} <= {None}


# ----------------------------------------------------------------------------------------------- who it is


def test_a_surname_and_a_title_stand_for_the_full_name() -> None:
    text = "Dr. Ada Brandreth runs the lock. Brandreth said it was shut. “Shut,” said Ms. Brandreth."
    assert set(speakers(text)) == {"Ada Brandreth"}


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
def test_names_of_many_lands_are_taken_whole(first: str, later: str, name: str) -> None:
    assert speakers(f"{first} said the gate was shut. {later} added that it was locked.") == [name, name]


def test_a_pronoun_means_whoever_was_speaking() -> None:
    text = "Ada Brandreth said the gate was shut.\n\n“It will stay shut,” she said."
    assert speakers(text) == ["Ada Brandreth", "Ada Brandreth"]


def test_a_pronoun_means_whom_the_sentence_before_is_about() -> None:
    text = "“It creaks,” said Ivo Tarn. Engineer Peter Pellew met Ivo Tarn on the quay. “It will stay shut,” he said."
    assert speakers(text)[-1] == "Peter Pellew"


def test_a_pronoun_never_means_somebody_of_the_other_gender() -> None:
    text = "Ada Brandreth said the gate was shut. She met Peter Pellew. “It will stay shut,” he said."
    assert speakers(text)[-1] == "Peter Pellew"


def test_a_pronoun_means_no_organisation_and_no_place() -> None:
    assert speakers("Tarn Water Company said it was shut. “It will stay shut,” she said.")[-1] is None
    assert speakers("The train left New Harbour at noon. “It will stay shut,” she said.")[-1] is None


def test_a_family_name_that_stands_first_is_told_by_a_title_before_it() -> None:
    assert speakers("Zao Weiming opened the gate. “It will hold,” Mr. Zao said.") == ["Zao Weiming"]


def test_whoever_was_asked_answers() -> None:
    text = "Peter Tarn hid his doubts when Frank Pellew asked about the gate.\n\n“It may not hold,” he said."
    assert speakers(text) == ["Frank Pellew", "Peter Tarn"]


def test_a_pronoun_means_the_subject_of_the_main_clause() -> None:
    waited = "While Frank Pellew waited, Peter Tarn went to the gate.\n\n“It will hold,” he said."
    filling_in = "Filling in for Frank Pellew at the lock, Peter Tarn shut the gate.\n\n“It will hold,” he said."
    assert speakers(waited) == speakers(filling_in) == ["Peter Tarn"]


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
def test_a_single_name_can_be_whom_a_pronoun_means_where_it_is_a_persons(text: str, speaker: str) -> None:
    assert speakers(text)[-1] == speaker


def test_what_somebody_cannot_say_they_did_not_say() -> None:
    assert "Ada Brandreth" not in speakers("Ada Brandreth cannot say “it will hold,” Ivo Pellew said.")


def test_the_quotation_right_before_who_said_it_is_theirs() -> None:
    plans = "Cosmo Pellew plans to close “the old gate,” Ada Brandreth said."
    offered = "When Cosmo Pellew offered money, “it was rotten,” Ada Brandreth said. “It is new. It will hold.”"
    assert speakers(plans) == ["Ada Brandreth"]
    assert speakers(offered) == ["Ada Brandreth", "Ada Brandreth"]


def test_a_photographers_credit_is_no_part_of_a_name() -> None:
    assert speakers("Ada Pellew/Reuters Brandreth said the gate was shut.") == ["Brandreth"]


def test_a_chief_of_staff_is_not_called_staff() -> None:
    assert speakers("Chief of Staff Oku Brandreth said the gate was shut.") == ["Oku Brandreth"]


def test_a_pronoun_with_nobody_before_it_is_given_to_nobody() -> None:
    assert speakers("“It will stay shut,” she said.") == [None]


def test_an_unlisted_role_before_a_name_is_no_given_name() -> None:
    assert speakers("Ada Brandreth paid. Archivist Brandreth said the gate was shut.") == ["Ada Brandreth"]
    assert speakers("Donor Brandreth said the gate was shut. Ada Brandreth paid.") == ["Ada Brandreth"]
    assert speakers("Keeper Ansel Thorne said the gate was shut.") == ["Ansel Thorne"]


def test_of_a_couple_the_surname_is_whoever_just_spoke_or_whom_a_title_fits() -> None:
    text = "Ada Brandreth came. Peter Brandreth said it was shut. “Shut,” Brandreth said."
    assert speakers(text) == ["Peter Brandreth", "Peter Brandreth"]
    text = "Ada Brandreth met Peter Brandreth. Mr. Brandreth said it was shut. Mrs. Brandreth said it was open."
    assert speakers(text) == ["Peter Brandreth", "Ada Brandreth"]


def test_a_name_that_sounds_like_an_adverb_speaks() -> None:
    assert speakers("Jolly said the gate was shut.") == ["Jolly"]


def test_whose_claim_is_mocked_has_not_spoken_last() -> None:
    text = "Peter Tarn mocked Ivo Pellew’s claim that it was shut. “It is open,” he said."
    assert speakers(text)[-1] == "Peter Tarn"


def test_they_and_we_are_given_to_nobody() -> None:
    assert speakers("Ada Brandreth said the gate was shut. They said that it was not.") == ["Ada Brandreth", None]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ada Brandreth’s office said the gate was shut.", "Ada Brandreth’s office"),
        ("A police spokesman said the gate was shut.", "A police spokesman"),
        ("Officials said the gate was shut.", "Officials"),
        ("Some said the gate was shut.", "Some"),
    ],
)
def test_groups_and_the_unnamed_are_kept_as_a_role(text: str, role: str) -> None:
    assert [(one.speaker, one.role) for one in found(text)] == [(None, role)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Former harbour minister Ada Brandreth said it was shut.", "Former harbour minister"),
        ("Ada Brandreth, the director of the lock, said it was shut.", "director of the lock"),
        ("“It is shut,” said a veteran engineer, Ada Brandreth.", None),
        ("Mrs. Brandreth said it was shut.", None),
        ("Ada Brandreth, a loss adjuster for the town, came. She said it was shut.", "loss adjuster for the town"),
    ],
)
def test_the_role_of_a_named_speaker_is_what_stands_beside_the_name(text: str, role: str | None) -> None:
    assert [one.role for one in found(text)] == [role]


def test_a_role_means_the_one_person_who_has_it() -> None:
    text = (
        "Harbour minister Ada Brandreth said it was shut. Engineer Ivo Tarn said it was open.\n\n"
        "The minister said it was not."
    )
    assert speakers(text)[-1] == "Ada Brandreth"


def test_a_role_that_nobody_was_given_is_given_to_nobody() -> None:
    text = "Engineer Ivo Tarn said it was open.\n\nThe minister said it was not."
    assert speakers(text)[-1] is None


def test_a_headline_on_somebody_gives_them_no_words() -> None:
    assert speakers("Club President On Pellew: ‘We Do Not Pay Skaters To Appear.’") in ([], [None])
    assert speakers("President Ada Brandreth: “We do not pay skaters.”") == ["Ada Brandreth"]


# ---------------------------------------------------------------------------------------------- what is no prose


@pytest.mark.parametrize("made", ["he said ", "“a” said B. ", "— said X — ", "told X that "])
def test_a_sentence_without_end_is_passed_over_and_what_follows_is_read(made: str) -> None:
    text = f"{made * 50_000}\n\n“The gate is shut,” Ada Brandreth said."  # read through, it would take hours
    assert statements(text)[-1] == ("Ada Brandreth", "“The gate is shut,”")


def test_a_paragraph_of_thousands_of_quotations_is_read_to_its_end() -> None:
    text = "“The gate is shut,” Ada Brandreth said. She called it “a pity”. " * 3_000
    assert len(statements(text)) == 6_000

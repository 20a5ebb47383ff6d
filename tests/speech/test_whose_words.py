"""Whose words they are where another name is nearer: in articles as people have them."""

from __future__ import annotations

import pytest

from assistant.speech.statements import find_statements
from assistant.text.sentences import sentence_spans
from tests.conftest import make_article


def list_said(text: str) -> list[tuple[str | None, str]]:
    """Speaker and words of everything that is said in a text."""
    found = find_statements(make_article(text), sentence_spans(text))
    return [(each.speaker, text[each.start : each.end]) for each in found if each.status in ("asserted", "reported")]


def list_speakers(text: str) -> list[str | None]:
    """The speakers of everything that is said in a text, each once."""
    return list(dict.fromkeys(speaker for speaker, _ in list_said(text)))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The League of Lock Keepers president Ivo Tarn said it leaks.", "Ivo Tarn"),
        ("According to the agency NTK, the mayor of Tarn, Ivo Pellew, said it leaks.", "Ivo Pellew"),
        ("Keeper Sunniva Moe, who represents Ivo Tarn, said it leaks – and she pointed out it is old.", "Sunniva Moe"),
        ("Greek carrier Aegir Airlines closed a line and said it expects delays.", "Aegir Airlines"),
    ],
)
def test_the_speaker_among_other_names(text: str, speaker: str) -> None:
    """Bodies, agencies, countries and clients before a name are not the speaker."""
    assert list_speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "According to a complaint, Ivo Tarn may have misused his office.",
        "“It leaks,” said Tarn College, Norland’s head, Ada Brandreth.",
        "In a talk, Ivo Tarn, responding to Ada Brandreth’s announcement via Chirp, ate a cake.",
        "Upon its release, “Low Tide” catapulted Ada Brandreth to fame.",
        "“Low Tide” stars the cast of “High Tide” — Ada Brandreth, Ivo Tarn and others — and sells well.",
        "The Tarn campaign repeated a statement: “We wait.”",
        "Ivo Tarn of Tarn College and contributor to the Post then penned, “It is late and it will be later still.”",
        "That was the fourth night in a row that Tarnites protested; the lock stayed shut.",
        "More lock news:‘It leaks,’ Ada Brandreth says",
        "It cures, and pills such as Tarnex suggest the pain is gone.",
        "Not everything Ada Brandreth says is true.",
    ],
)
def test_nobody_rather_than_the_nearest_name(text: str) -> None:
    """Where nobody clearly speaks, nobody is named."""
    assert [speaker for speaker in list_speakers(text) if speaker] == []


def test_unread_introduction_ends_what_was_said_before() -> None:
    """A quotation introduced in a way that no pattern reads is not that of the last speaker."""
    quotation = (
        "“The lock is as good as new, and we mend it twice a year, at no cost. " + "It holds. " * 20 + "We wait.”"
    )
    text = f"“It leaks,” Ada Brandreth said.\n\nNTK released a notice which read, in part, {quotation}"
    assert list_said(text)[1] == (None, quotation)


def test_sentences_behind_a_quotation() -> None:
    """The next sentence does not take over a quotation that ends the one before."""
    text = "Ivo Tarn called it “a mess.”  Ada Brandreth called it “late” and left."
    assert list_said(text)[0] == ("Ivo Tarn", "it “a mess.”")
    assert list_speakers(text) == ["Ivo Tarn", "Ada Brandreth"]


def test_what_was_asked_is_not_said() -> None:
    """The question before an answer is not the words of who answers."""
    text = "Asked if the lock leaks, Ada Brandreth said, it is as good as new."
    assert list_said(text) == [("Ada Brandreth", "it is as good as new")]


def test_participles_belong_to_what_is_nearest() -> None:
    """Who asks in "workers asking" or "by saying" is part of what somebody reports."""
    text = "Ada Brandreth said the note left some keepers wondering whether it leaks."
    assert list_said(text) == [("Ada Brandreth", "the note left some keepers wondering whether it leaks")]
    text = "Ada Brandreth argued Ivo Tarn had lost the town by saying it leaks."
    assert list_said(text) == [("Ada Brandreth", "Ivo Tarn had lost the town by saying it leaks")]


def test_pronoun_that_may_be_another_is_left_open() -> None:
    """ "When he claimed" in what somebody reports of another person can be that person."""
    text = "Ivo Pellew revealed that Carl Tarn had lied when he claimed during the trial that he never wrote."
    assert list_said(text)[0] == ("Ivo Pellew", "that Carl Tarn had lied")
    assert [speaker for speaker, words in list_said(text) if "never" in words] == [None]


def test_one_person_with_and_without_accents() -> None:
    """A surname with and without accents is one person."""
    text = "Nuri Erdoğan said it leaks. On Monday Erdogan said, “We will mend it.”"
    assert list_speakers(text) == ["Nuri Erdoğan"]


def test_places_and_events_are_no_given_names() -> None:
    """A place before the name of a firm, or a country before that of an event, makes no full name."""
    text = "Walgrun said it leaves. A shop opened in Palo. Palo Walgrun shops stay. On Monday Walgrun said it waits."
    assert list_speakers(text) == ["Walgrun"]


def test_words_end_where_the_writer_goes_on() -> None:
    """The second source, the next clause and a participle behind the speaker are the writer's."""
    assert list_said("Ada Brandreth said it leaks; the town disagrees.") == [("Ada Brandreth", "it leaks")]
    assert list_said("It leaks, Ada Brandreth said, making it a case for the court.") == [("Ada Brandreth", "It leaks")]
    assert list_said("Ada Brandreth conceded that it leaks, but later recanted.") == [
        ("Ada Brandreth", "that it leaks")
    ]


def test_source_of_one_clause() -> None:
    """ "And, according to Ada, …" is the source of what follows."""
    assert list_said("The lock closed and, according to Ada Brandreth, it leaks.") == [("Ada Brandreth", "it leaks")]


def test_teller_behind_a_listener() -> None:
    """ "…, according to the Post" behind a listener tells by whom the words are reported."""
    text = "“It leaks,” Ada Brandreth told her audience on Sunday, according to the Post."
    (said,) = find_statements(make_article(text), sentence_spans(text))
    assert (said.speaker, said.via) == ("Ada Brandreth", "the Post")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ada Brandreth of the University of Norland, Port Pellew disagreed: “It is old.”", "Ada Brandreth"),
        (
            "The water rose again, according to the National Conference of Lock Owners.",
            "National Conference of Lock Owners",
        ),
        ("General Mills said it would sell the mill.", "General Mills"),
        ("General Tarn said he would stay.", "Tarn"),
        ("At the University of Norland, Brandreth said it leaks.", "Brandreth"),
    ],
)
def test_the_whole_name_of_the_speaker(text: str, speaker: str) -> None:
    """Towns in the name of a university, what belongs to a body, and firms that sound like officers."""
    assert list_speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "The guild, with crews at Tarnair, Skyline, Aegir and Pellew Air, expects it will be late.",
        "“It leaks,” Ada Brandreth said.\n\n“Mend it!” one visitor shouted.",
        "Ada Brandreth came. “Mend it!” another guest bellowed.",
    ],
)
def test_nobody_named_speaks(text: str) -> None:
    """Members of a list, and people without a name behind their words, do not make the last name the speaker."""
    assert list_speakers(text)[-1:] in ([None], [])


def test_he_after_a_witness_without_a_name_is_the_witness() -> None:
    """A pronoun behind what somebody without a name says of a person is not that person."""
    text = "Ivo Tarn was in court. Although a doctor testified Tarn was ill, he also said it was mild."
    assert "Ivo Tarn" not in list_speakers(text)
    text = "Peter Tarn was at the lock, and her cousin spoke with him later that day and he said the water was deep."
    assert list_said(text)[-1] == ("Peter Tarn", "the water was deep")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ada Brandreth said Thursday it isn’t yet clear.", ("Ada Brandreth", "it isn’t yet clear")),
        ("According to Ada Brandreth, the keeper’s aide, the lock leaks.", ("Ada Brandreth", "the lock leaks")),
        (
            "Keeper Ada Brandreth said the lock will stay shut, The Tarn Post reported.",
            ("Ada Brandreth", "the lock will stay shut"),
        ),
    ],
)
def test_settings_and_sources_are_not_among_the_words(text: str, said: tuple[str, str]) -> None:
    """A day, a description of the source, and who reported it, stand outside the words."""
    assert list_said(text) == [said]


def test_a_body_without_a_name_is_told_by_the_agency() -> None:
    """“…, the Post reported” behind what others said makes the Post their source, not the speaker."""
    assert list_speakers("Norland’s lock keepers said that no leak had been found, Reuters reported.") == [None]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Attorneys for Prince Edvard Tarn said it leaks.", (None, "it leaks")),
        ("Allies of Senator Tarn said it leaks.", (None, "it leaks")),
        ("“It leaks,” said Ada Moe, whose brother, Ivo Tarn, called the lock “old”.", ("Ivo Tarn", "the lock “old”")),
        ("Ada Moe, whom Ivo Tarn has called “a fool”, said it leaks.", ("Ada Moe", "it leaks")),
        ("Transport Minister Per Tarn said it leaks.", ("Per Tarn", "it leaks")),
        ("President of Norland Ruslan Tarn said it leaks.", ("Ruslan Tarn", "it leaks")),
        ("Wayne A. I. Tarn said it leaks.", ("Wayne A. I. Tarn", "it leaks")),
        (
            "Norland Wind Power Trade Industries Association President Abigail Ross Tarn said it leaks.",
            ("Abigail Ross Tarn", "it leaks"),
        ),
        ("The old lock leaks, according to NTK TODAY.", ("NTK TODAY", "The old lock leaks")),
        ("Co-author Ada Tarn, a keeper, said it leaks.", ("Ada Tarn", "it leaks")),
        ("“It leaks,” the Norland Endowment for the Locks said.", ("Norland Endowment for the Locks", "“It leaks,”")),
        (
            "The old lock leaks, the Pelby Association of Colleges of Nursing said.",
            ("Pelby Association of Colleges of Nursing", "The old lock leaks"),
        ),
    ],
)
def test_whole_names_beside_offices_and_clients(text: str, said: tuple[str | None, str]) -> None:
    """A name is neither cut nor extended, and a client or rival is not who speaks."""
    assert list_said(text)[-1] == said


@pytest.mark.parametrize(
    "text",
    [
        "Many people who know Ivo Tarn confirmed that it leaks.",
        "The papers from Norland, Skarvik, Pelby and Ivo Tarn stated that it leaks.",
        "Ada Moe posted a photo of her and Ivo Tarn with the caption: “It leaks!”",
        "The team worded what Ivo Tarn said that day at the lock to please the town.",
        "It was late when Ivo Tarn came, and a proud Nils Moe led the boys out, telling them why it leaked.",
    ],
)
def test_a_name_in_another_clause_does_not_speak(text: str) -> None:
    """The object of a relative clause, and the subject of an earlier clause, are not the speaker."""
    assert "Ivo Tarn" not in list_speakers(text)


def test_pronouns_of_an_article_tell_whom_he_means() -> None:
    """Whom the article calls "he" elsewhere is not meant by "she", although the given name does not tell it."""
    rest = "Zibb Ekern sails. His boat is old, and he is alone.\n\nTove Moe came. She waited.\n\nZibb Ekern left.\n\n"
    assert list_said(f"{rest}“It leaks,” he said.") == [("Zibb Ekern", "“It leaks,”")]
    assert "Zibb Ekern" not in list_speakers(f"{rest}“It leaks,” she said.")
    assert list_said("Zibb Ekern came. She said it leaks. He said it is old.")[1] == (None, "it is old")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada Moe called Ivo a “decent man” but did not offer her help.", "Ivo a “decent man”"),
        (
            "If the lock leaks, Ada Moe said, they want to “mend it”.",
            "If the lock leaks, Ada Moe said, they want to “mend it”",
        ),
        (
            "The gate leaks at tides that, as Ada Moe put it recently, could drown us.",
            "The gate leaks at tides that, as Ada Moe put it recently, could drown us",
        ),
        ("Ada Moe said the lock leaks, and Norland Mayor Ivo Tarn and Nils Berg stressed repairs.", "the lock leaks"),
        ("Ada Moe said it would stay, before reversing course.", "it would stay"),
        ("Ada Moe said late yesterday that it leaks.", "that it leaks"),
        ("The lock leaks in May, Ada Moe, a keeper, told the Post, which first reported it.", "The lock leaks in May"),
        ("Ada Moe’s claim that “it leaks” was mocked by Ivo Tarn.", "that “it leaks”"),
        ("Ada Moe wrote over email that “it leaks and is old”.", "that “it leaks and is old”"),
        ("Ada Moe said on Radio Tarn’s “Morning Lock” that it leaks.", "that it leaks"),
    ],
)
def test_words_are_whole_and_end_in_time(text: str, words: str) -> None:
    """Neither further clauses of the writer nor the occasion belong to the words, and no clause is divided."""
    assert list_said(text)[0] == ("Ada Moe", words)


def test_a_clause_before_an_answer_is_no_answer() -> None:
    """ "When Ivo called, Ada answered" reports no words."""
    assert list_said("When Ivo Tarn called, Ada Moe answered.") == []


@pytest.mark.parametrize("tag", ["he was told.", "came the answer."])
def test_what_somebody_hears_is_not_theirs(tag: str) -> None:
    """A passive behind a quotation names nobody who says it, also not who spoke before."""
    assert list_said(f"Ivo Tarn asked whether it leaks. “It does not,” {tag}")[-1] == (None, "“It does not,”")


def test_a_statement_of_two_people_is_not_of_one() -> None:
    """ "Ada and Ivo’s statement read" does not give the words to Ada."""
    assert "Ada Moe" not in list_speakers("Ada Moe and Ivo Tarn’s statement read: “It leaks.”")


def test_line_of_a_video_is_no_report() -> None:
    """The line below a video, with its length and source, has no speakers."""
    assert (
        list_said("Video Moe asks Tarn why the lock leaks 04:13 - Source: NTK Moe asks Tarn why the lock leaks") == []
    )


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Several CEOs told TRN they stay. Lock CEOs told TRN they leave.", [None]),
        ("Norland Road Works and Bridges Minister Ivo Quade said it is shut.", ["Ivo Quade"]),
        ("Boats left, according to the US Roads and Ferry Board’s plan.", []),
        ("Boats left, according to the Norland Navy’s 7th Squadron.", []),
        ("The owner of a lock, a ride from the town of Pelby, Great Norland, told TRN that it leaks.", [None]),
        ("Another keeper from Pelby, Alabama, who did not give a name, said, “It leaks.”", []),
        ("Ada Marr wrote to the Pelby Guard seeking to clarify, among other things, when it leaked.", []),
        ("Ada Marr gave them a box, which has a seal and says “The Keeper.”", []),
        ("Ada Marr spoke at the “Lock & Key” breakfast, which is famous.", []),
        ("A raft got notes from the keeper’s talks.", []),
        ("Pelby said goodbye to a year that most keepers would rather forget.", []),
        ("The artist Ada Marr painted the gate known as the “sad lock” on the quay.", []),
        ("Inner Pelby will see “high” water.", []),
        ("Zibb “The Lock” Ekern wrote that it leaks.", ["Zibb Ekern"]),
        ("Ada Marr caused a stir by telling the crew she swam there, Radio Pelby reports.", ["Ada Marr"]),
    ],
)
def test_who_speaks_beside_bodies_places_and_things(text: str, speakers: list[str | None]) -> None:
    """Owners, places, fields of offices, quoted names and things with writing on them are no speakers."""
    assert [speaker for speaker in list_speakers(text) if speaker] == [each for each in speakers if each]


def test_a_new_person_without_a_name_is_nobody_named_before() -> None:
    """After "an attorney representing the town", "the attorney" is not the attorney who was named before."""
    text = "Ada Marr, the attorney of Ivo Moe, left. Later an attorney for the town came. The attorney said it leaks."
    assert list_speakers(text) == [None]


def test_words_told_at_second_hand_go_on() -> None:
    """What stands behind the source is still the speaker's: “…,” Ada said, according to Ivo, “…”."""
    for teller in ("Ivo Moe", "Ivo Moe, who denied it"):
        text = f"“It leaks,” Ada Marr told him, according to {teller}."
        assert list_speakers(text) == ["Ada Marr"]
    text = "“It leaks,” Ada Marr told him, according to Ivo Moe, “and it is old.”"
    assert list_said(text) == [("Ada Marr", "“It leaks,”"), ("Ada Marr", "“and it is old.”")]
    found = find_statements(make_article(text), sentence_spans(text))
    assert {each.via for each in found} == {"Ivo Moe"}


def test_a_clause_behind_a_semicolon_is_told_by_nobody() -> None:
    """The second of two reports is not told by the first speaker."""
    text = "Ada Marr denied it, but upon learning it was known claimed it was shut; Ivo Moe claimed it was open."
    found = find_statements(make_article(text), sentence_spans(text))
    assert [(each.speaker, each.via) for each in found][-1] == ("Ivo Moe", None)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“It is old,” said Jenny Moe. Pelby and Georgia “were key,” she told TTV, “and still are.”", {"Jenny Moe"}),
        ("“It is old,” said Ivo Moe. Virginia “was key,” he told the Tarn Post, “and still is.”", {"Ivo Moe"}),
        ("“It is old,” said Liv Moe. In Georgia, the port “is late,” she told a crowd, “as ever.”", {"Liv Moe"}),
    ],
)
def test_place_like_a_given_name_is_no_person(text: str, speakers: set[str]) -> None:
    """A state in the words of "she told TTV" is not who "she" is."""
    assert set(list_speakers(text)) == speakers


@pytest.mark.parametrize(
    "tag",
    [
        "said Jackson of the Pelby Health Center",
        "Jackson of the Pelby Health Center said",
        "added Jackson of the Pelby Health Center",
    ],
)
def test_body_tells_two_people_of_one_surname_apart(tag: str) -> None:
    """Whose role names the body is meant, not who had the surname first."""
    text = (
        "“It was a hub,” said Liv Jackson, head of the Tarn Fund. “It was,” Jackson told TTV.\n\n"
        "It rose, according to Rosa Jackson, director at the Pelby Health Center.\n\nTides rose.\n\n"
        f"“It has changed,” {tag}."
    )
    assert list_said(text)[-1] == ("Rosa Jackson", "“It has changed,”")


@pytest.mark.parametrize(
    "text",
    [
        "The two-time US Olympic lock champion resigned and said she was late.",
        "The old Tarn Post building collapsed and said nothing.",
        "Ivo Tarn pleaded guilty and was fined. Ada Moe has pleaded not guilty to it.",
        "Bo Tarn went on a cruise and came out as a sailor.",
        "Having lost, Tarn State now has to contend with the best crew in Norland.",
    ],
)
def test_act_and_name_of_a_thing_are_not_said(text: str) -> None:
    """A name before a noun is no subject, and what somebody does is not what they say."""
    assert [speaker for speaker in list_speakers(text) if speaker] == []


@pytest.mark.parametrize(
    "text",
    [
        "“It is all there,” said Ada Brandreth, author of “First Keepers: the Grace and Power of the Norland Locks.”",
        "“It is all there,” Ada Brandreth scolded them, before promising viewers more “Low Tide.”",
        "“It is all there,” Ada Brandreth said on TTV’s “This Week with Bo Moe.”",
        "“It is all there,” said Ada Brandreth of her dear “Low Tide: The Lock.”",
    ],
)
def test_title_of_a_work_is_not_said(text: str) -> None:
    """A book or a show beside the speaker is no quotation."""
    assert list_said(text) == [("Ada Brandreth", "“It is all there,”")]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Tarnflix responded on Monday, with a spokesperson saying: “It was a play.”", [None]),
        ("Ivo Tarn left, with an aide adding that the lock leaks.", [None]),
        ("Norland offered help, with Mayor Ada Brandreth saying: “We will give.”", ["Ada Brandreth"]),
    ],
)
def test_companion_who_speaks(text: str, speakers: list[str | None]) -> None:
    """Who speaks in "with an aide saying" is the aide, not the subject of the sentence."""
    assert list_speakers(text) == speakers


def test_distant_holder_of_an_occupation_is_not_meant() -> None:
    """ "The comedian" behind a sentence about one is not another comedian named long before."""
    far = "What to know about comedian Sam Aase\n\nThe gate is shut.\n\nThe lock is old.\n\n"
    text = far + "Bo Moe accepted the prize for writing. The comedian kept it short, telling the crowd, “I go home.”"
    assert list_said(text) == [(None, "“I go home.”")]
    near = "Comedian Bo Moe accepted the prize. The comedian kept it short, telling the crowd, “I go home.”"
    assert list_said(near) == [("Bo Moe", "“I go home.”")]


def test_heading_in_quotation_marks_is_nobodys() -> None:
    """A long quotation without a mark at its end, alone in a paragraph, heads the words of the next speaker."""
    text = (
        "Ada Brandreth spoke. “It leaks,” she said.\n\n‘The keepers have a serious duty to all who pay their tolls’\n\n"
        "Rep. Ivo Tarn said, “There are issues.”"
    )
    assert list_said(text) == [("Ada Brandreth", "“It leaks,”"), ("Ivo Tarn", "“There are issues.”")]


def test_aside_in_parentheses_is_not_told_by_the_speaker() -> None:
    """What the writer quotes in parentheses is not said according to the speaker of the sentence."""
    text = "Ada Brandreth said it leaks (Ivo Tarn, who built it, once said, “It never leaks”)."
    found = find_statements(make_article(text), sentence_spans(text))
    assert [each.via for each in found if each.speaker == "Ivo Tarn"] == [None]


def test_participle_behind_an_anecdote_is_nobodys() -> None:
    """ "Announcing" can belong to the person of whom somebody tells a story."""
    text = "Ada Brandreth reported that when Ivo came in, he burst in with gifts, announcing, “I am rich!”"
    assert ("Ada Brandreth", "“I am rich!”") not in list_said(text)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Lost 52 Project announced on Sunday that a wreck was found.", "Lost 52 Project"),
        ("It is late, Laura He writes.", "Laura He"),
    ],
)
def test_whole_name_of_the_speaker(text: str, speaker: str) -> None:
    """A number inside a body's name, and a surname like a pronoun, belong to the name."""
    assert list_speakers(text) == [speaker]


def test_role_is_not_another_person() -> None:
    """The next person of a list is no description of the one before."""
    text = "Brock Moe, Tarn Party presidential nominee Howley Aase and Ada Lee met. Moe said it leaks."
    found = find_statements(make_article(text), sentence_spans(text))
    assert [(each.speaker, each.role) for each in found] == [("Brock Moe", None)]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Mayor Ivo Tarn wrote a letter reported by the agency NTK, adding: “It leaks.”", ["Ivo Tarn"]),
        ("The leak was described by Ivo Tarn as a “mess”, saying it grows.", ["Ivo Tarn"]),
        ("Last May Ada Moe announced a plan, Ivo Tarn was here and told aides that he would wait.", []),
        ("Aides know how those around Mayor Ivo Tarn told him he lost.", []),
        ("Keepers point out that whatever Norland says, the lock leaks.", []),
        ("Ada Brandreth responded on Monday to rumours that she had lost the key.", []),
        ("On the air, Ada Brandreth was asked why she thinks the lock leaks.", []),
        (
            "Ivo Tarn left.\n\nTO PELBY: Keepers go all in with a trade\n\nIVO TARN: Bought by Pelby, keeper reflects",
            [],
        ),
    ],
)
def test_who_is_near_the_words_but_does_not_say_them(text: str, speakers: list[str]) -> None:
    """Tellers, people whom others address or ask, and the labels of links say nothing of what stands beside them."""
    assert [speaker for speaker in list_speakers(text) if speaker] == speakers


def test_a_full_stop_ends_what_was_said_before_a_new_report() -> None:
    """The subject of the next sentence does not take over a quotation before it."""
    text = "“We worked hard,” Bo Lind said. “I trust Ada Moe.” Ada Moe, born in Tarn, said the town of Pelby was hers."
    assert [speaker for speaker, words in list_said(text) if "trust" in words] == ["Bo Lind"]


@pytest.mark.parametrize(
    ("between", "speaker"),
    [
        ("Who would want to be known as the one that has to sell out Paul Lind?", None),
        ("But Paul Lind was not having it.", "Paul Lind"),
        ("For Paul Lind, much is at stake.", "Paul Lind"),
    ],
)
def test_he_is_whom_the_sentence_before_is_about(between: str, speaker: str | None) -> None:
    """Somebody whom the sentence before only mentions is not “he” after somebody else spoke."""
    text = f"“It leaks,” Ivo Tarn said.\n\n{between}\n\n“I chose the lock,” he said."
    assert list_said(text)[-1] == (speaker, "“I chose the lock,”")


def test_a_lord_is_not_a_commoner_of_the_same_name() -> None:
    """A peer's title belongs to the name, unless the article gives it to the person."""
    assert list_speakers("Ivo Karl Tarn was fined. Former minister Lord Tarn said it leaks.") == ["Lord Tarn"]
    assert list_speakers("Lord Ivo Tarn was fined. Lord Tarn said it leaks.") == ["Ivo Tarn"]


def test_a_heading_speaks_for_nobody() -> None:
    """A line with a colon that only says what follows names no speaker."""
    assert list_speakers("Ada Brandreth left.\n\nKey lines:\n\n“The lock is old, and it leaks.”") == [None]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The lock is old, Pelby’s chief keeper, Ada Brandreth, told the Post.", ["The lock is old"]),
        ("Ada Brandreth told local media Tarn’s lock was shut.", ["Tarn’s lock was shut"]),
        ("Ada Brandreth told T7 keepers during a meeting on Monday that it leaks.", ["that it leaks"]),
        (
            "The trades do, as Ada Brandreth noted, put them ahead with ease.",
            ["The trades do", "put them ahead with ease"],
        ),
        ("A day earlier, Ada Brandreth - keen to calm the town - had said only 30 gates leak.", ["only 30 gates leak"]),
        ("Ada Brandreth has warned Tarn will have to wait.", ["Tarn will have to wait"]),
        ("The list omits the gate, which, Ada Brandreth recalls, was shut on the day.", []),
        (
            "Ada Brandreth said that, because Ivo Tarn testified that it leaks, it is shut.",
            ["that, because Ivo Tarn testified that it leaks, it is shut"],
        ),
        (
            "Ada Brandreth favored fees to “level the field” and to punish Tarn for what she sees as a trick.",
            ["fees to “level the field” and to punish Tarn for what she sees as a trick"],
        ),
    ],
)
def test_clauses_are_whole_without_listeners_and_offices(text: str, words: list[str]) -> None:
    """Words begin behind the listener, end before the speaker's office, and are not cut at a clause inside them."""
    assert [said for _, said in list_said(text)] == words

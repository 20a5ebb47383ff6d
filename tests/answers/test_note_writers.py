"""Each note on an answer, by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.answers.citations import cite_evidence
from assistant.answers.material import AnswerMaterial
from assistant.answers.notes import Notes, write_notes
from assistant.evidence.selection import Selection
from assistant.records.answer import AnswerPart, Claim, Conflict, Correction, Evidence
from assistant.records.query import Period, Query
from tests.support.bridge_news import BRIDGE, COPY, FERRY, make_corrected_library, make_library
from tests.support.memory_library import MemoryLibrary, make_article

CLOSED = Evidence(BRIDGE, 0, 62, 0.9)
FERRY_BOATS = Evidence(FERRY, 0, 52, 0.8)
UNSAFE = Evidence(BRIDGE, 63, 106, 0.7, "Ada Quill")
DENIED = Evidence(BRIDGE, 160, 211, 0.6, "Tom Reed")
PLAIN = Query("What happened?", "other", ())


def write(
    query: Query,
    *evidence: Evidence,
    library: MemoryLibrary | None = None,
    shown: int = 1,
    silent: tuple[str, ...] = (),
    spoken_for: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Notes, list[AnswerPart]]:
    """The notes on an answer that shows the first of some evidence."""
    selection = Selection(evidence, 0.9, silent_speakers=silent, spoken_for=spoken_for or {})
    material = AnswerMaterial(query, selection, (library or make_library()).snapshot())
    parts = [cite_evidence(n, each, material.groups) for n, each in enumerate(evidence[:shown], 1)]
    return write_notes(material, parts)


def test_nothing_to_note() -> None:
    """An answer from one article without peculiarities has no notes."""
    assert write(PLAIN, CLOSED) == (Notes(), [])


def test_day_of_an_event() -> None:
    """The day that was found for an event is told."""
    since = Period("since the closure", "2025-05-03", anchor="the closure", relation="since")
    notes, _ = write(Query("?", "other", (), period=since), CLOSED)
    assert notes.sentences == ("“since the closure” was taken to mean from 2025-05-03.",)
    before = Period("before the closure", None, "2025-05-02", anchor="the closure", relation="before")
    notes, _ = write(Query("?", "other", (), period=before), CLOSED)
    assert notes.sentences == ("“before the closure” was taken to mean until 2025-05-02.",)


def test_two_days_of_a_date_in_figures() -> None:
    """A date in figures that can be two days is told with both."""
    period = Period("on 04/05/2025", "2025-05-04", "2025-05-04", other_reading=("2025-04-05", "2025-04-05"))
    notes, _ = write(Query("?", "other", (), period=period), CLOSED)
    assert notes.sentences == ("“on 04/05/2025” can mean 2025-05-04 or 2025-04-05; both were searched.",)
    since = Period("since 04/05/2025", "2025-05-04", other_reading=("2025-04-05", None))
    notes, _ = write(Query("?", "other", (), period=since), CLOSED)
    assert notes.sentences == ("“since 04/05/2025” can mean from 2025-05-04 or from 2025-04-05; both were searched.",)


def test_conflict_cites_the_other_side() -> None:
    """A conflict names both sides, and a side that is not shown becomes a further sentence."""
    query = Query("How many boats went by the bridge?", "other", ("boats", "bridge"), expects="number")
    notes, added = write(query, CLOSED, FERRY_BOATS)
    assert notes.sentences == (
        "The articles differ: Evening Bell (2025-05-04): 40 [1]; The Valley (2025-05-09): 55 [2].",
        "The articles are of different days, so the later figure may be an update.",
    )
    assert notes.conflicts == (Conflict((Claim("40", 1), Claim("55", 2))),)
    assert [part.sentence.text for part in added] == [FERRY.text[:52]]


def test_earlier_figures_are_no_difference() -> None:
    """Where the latest is asked for, the figures of older articles are its history, told with their days."""
    words = "How many boats went by the bridge so far?"
    query = Query(words, "other", ("boats", "bridge"), expects="number", latest_words="so far")
    notes, _ = write(query, FERRY_BOATS, CLOSED, shown=2)
    assert notes.sentences == ("The latest found is 55 [1], of 9 May 2025. Earlier: 4 May 2025: 40 [2].",)
    assert notes.conflicts == ()


def test_correction_is_cited() -> None:
    """A corrected sentence refers to the one that corrects it, with its day."""
    notes, added = write(PLAIN, CLOSED, library=make_corrected_library())
    assert notes.sentences == ("[1] was corrected on 2025-05-06: see [2].",)
    assert notes.corrections == (Correction(1, 2, "2025-05-06"),)
    assert [part.sentence.text for part in added] == ["The correct number is 14 boats, not 40."]


def test_quoted_words_of_several_people() -> None:
    """Quoted words that the articles attribute to different people are noted."""
    query = Query("Who said “the bridge was unsafe”?", "who_said", (), quoted=("the bridge was unsafe",))
    notes, _ = write(query, UNSAFE, DENIED, shown=2)
    assert notes.sentences == ("The articles attribute these words to different people: Ada Quill and Tom Reed.",)
    assert write(query, UNSAFE)[0].sentences == ()


def test_other_language_is_noted() -> None:
    """Words without a speaker from an article in another language: the reason is told, if a speaker is asked for."""
    german = make_article("turm", "Der Turm ist zu teuer, sagte Frau Amsel am Montag, und er wird nicht gebaut.")
    evidence, library = Evidence(german, 0, len(german.text), 0.9), MemoryLibrary([german])
    who = Query("Who said “zu teuer”?", "who_said", (), quoted=("zu teuer",))
    assert write(who, evidence, library=library)[0].sentences == (
        "[1] is in German: who said what is read in English only.",
    )
    assert write(PLAIN, evidence, library=library)[0].sentences == ()


def test_question_in_another_language_is_noted() -> None:
    """An answer of English articles says that the question was only looked up; one of German articles answers it."""
    german = make_article("turm", "Der Turm ist zu teuer, sagte Frau Amsel am Montag, und er wird nicht gebaut.")
    english = make_article("tower", "Ms Amsel called the tower dear on Monday, and nobody will build it.")
    query = replace(PLAIN, language="de")
    for article, told in ((german, ()), (english, ("German",))):
        evidence = Evidence(article, 0, len(article.text), 0.9)
        sentences = write(query, evidence, library=MemoryLibrary([article]))[0].sentences
        assert sentences == tuple(
            f"Questions are read in English: this one, in {name}, was looked up word by word." for name in told
        )


def test_silent_speakers() -> None:
    """Requested speakers without words on the topic are named."""
    query = Query("?", "said", (), ("Quill", "Brandt"), "tolls")
    notes, _ = write(query, UNSAFE, silent=("Brandt",))
    assert notes.sentences == ("No words of Brandt were found that are clearly about tolls.",)


def test_words_of_mouthpieces() -> None:
    """A note says that words are not the requested speaker's own."""
    query = Query("?", "said", (), ("Quill",), "tolls")
    notes, _ = write(query, UNSAFE, spoken_for={"Quill": ("The Quill campaign", "Quill’s office")})
    assert notes.sentences == (
        "No words of Quill were found that are clearly about tolls; these are words of the Quill campaign and "
        "Quill’s office.",
    )


def test_missing_sources() -> None:
    """Of several requested sources, those without evidence are named."""
    query = Query("?", "other", (), outlets=("Evening Bell", "The Valley"))
    assert write(query, CLOSED)[0].sentences == ("Nothing about this was found in The Valley.",)
    assert write(Query("?", "other", (), outlets=("The Valley",)), CLOSED)[0].sentences == ()


def test_one_story_is_one_source() -> None:
    """Two prints of one story are one independent source."""
    notes, _ = write(PLAIN, CLOSED, Evidence(COPY, 0, 62, 0.8), shown=2)
    assert notes.sentences == ("2 articles, 1 independent source.",)


def test_unknown_outlets_are_no_sources() -> None:
    """Articles whose outlet is not known are not counted as independent sources."""
    texts = ("The gale wrecked a barn.", "A barn is gone.", "The barn fell down.", "No barn is left.")
    outlets = ("The Crier", None, None, "The Lantern")
    articles = [
        make_article(str(n), text, source=outlet) for n, (text, outlet) in enumerate(zip(texts, outlets, strict=True))
    ]
    evidence = [Evidence(article, 0, len(article.text), 0.9) for article in articles]
    library = MemoryLibrary(articles)

    def note(*some: Evidence) -> tuple[str, ...]:
        return write(PLAIN, *some, library=library, shown=len(some))[0].sentences

    assert note(*evidence[:3]) == ("3 articles; the outlet of 2 is not known.",)
    assert note(*evidence[1:3]) == ("2 articles; the outlet of all of them is not known.",)
    assert note(*evidence) == ("4 articles, at least 2 independent sources; the outlet of 2 is not known.",)


def make_namesakes() -> tuple[MemoryLibrary, list[Evidence]]:
    """Two people of one name and one of the same surname, each with their words."""
    texts = (
        "Ada Oake, the goalkeeper, left. “I am glad,” Oake said.",
        "Ada Oake, a geologist, warned them. “It moves,” Oake said.",
        "Ivo Oake came. “I am sad,” Ivo Oake said.",
    )
    articles = [make_article(str(number), text) for number, text in enumerate(texts)]
    names = ("Ada Oake", "Ada Oake", "Ivo Oake")
    evidence = [Evidence(article, 0, 20, 0.9, name) for article, name in zip(articles, names, strict=True)]
    return MemoryLibrary(articles), evidence


def test_people_of_one_surname() -> None:
    """If several people of a requested surname are quoted, they are named."""
    library, evidence = make_namesakes()
    notes, _ = write(Query("?", "said", (), ("Oake",)), *evidence[1:], library=library)
    assert "2 people are called Oake: Ada Oake and Ivo Oake." in notes.sentences
    notes, _ = write(Query("?", "said", (), ("Ivo Oake",)), *evidence[2:], library=library)
    assert notes.sentences == ()


def test_two_occupations_of_one_name() -> None:
    """If articles give one name different occupations, the reader is told."""
    library, evidence = make_namesakes()
    notes, _ = write(Query("?", "said", (), ("Ada Oake",)), *evidence[:2], library=library)
    assert notes.sentences[0] == (
        "Ada Oake is described as goalkeeper and as geologist: these may be different people."
    )


def test_open_surname_names_those_who_may_be_meant() -> None:
    """Where the words are those of a surname of two people, the note names both; a full name needs none."""
    text = "Bob Pell met Hilde Pell in Tarn. “We wait,” Pell told reporters. “We stay,” Bob Pell said."
    article = make_article("pells", text, title="Pells")
    open_words = Evidence(article, text.index("“We wait"), text.index("“We stay") - 1, 0.9)
    clear_words = Evidence(article, text.index("“We stay"), len(text), 0.9, "Bob Pell")
    query, library = Query("Who said “we wait”?", "who_said", (), quoted=("we wait",)), MemoryLibrary([article])
    assert write(query, open_words, library=library)[0].sentences == ("“Pell” may be Bob Pell or Hilde Pell.",)
    assert write(query, clear_words, library=library)[0].sentences == ()

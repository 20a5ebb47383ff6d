"""What answers tell beside the quotations: copies, differing figures, corrections, days, outlets, several speakers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.config.schema import AnswerSettings
from assistant.engine import Assistant, final_answer
from assistant.evidence.answer_spans import counted, fitting
from assistant.evidence.overlap import Stories
from assistant.records.answer import Answer, Searching, Turn
from assistant.records.query import Expected
from tests.conftest import built

Write = Callable[..., Path]


def answer_to(
    assistant: Assistant, question: str, *, as_of: date | None = None, asked_at: date | None = None
) -> Answer:
    return final_answer(assistant.ask(question, as_of=as_of, asked_at=asked_at))


# ----------------------------------------------------------------------------- over the sample articles


def test_figures_that_differ_stand_side_by_side_with_outlet_and_day(seeds: Assistant) -> None:
    answer = answer_to(seeds, "How many homes were evacuated?")
    (note,) = [note for note in answer.notes if note.startswith("The articles differ")]
    assert "Harbour Post (fiction) (2025-04-24): 410 [" in note
    assert "The Ellery Courier (fiction) (2025-04-24): 340 [" in note
    assert all(f"[{cited.n}]" in answer.answer for cited in answer.citations)


def test_a_correction_is_shown_with_what_it_corrects(seeds: Assistant) -> None:
    answer = answer_to(seeds, "How many homes were evacuated?")
    (note,) = [note for note in answer.notes if "was corrected on 2025-05-14" in note]
    quotes = {cited.n: cited.quote for cited in answer.citations}
    assert "The correct number is 385, not 340." in quotes.values()
    assert all(f"[{n}]" in answer.answer for n in quotes)
    assert note in answer.answer


def test_an_answer_opens_with_what_is_right_and_not_with_what_was_wrong(seeds: Assistant) -> None:
    answer = answer_to(seeds, "How many homes were evacuated?")
    assert answer.citations[0].quote == "The correct number is 385, not 340."
    assert not any("gave a wrong figure" in cited.quote for cited in answer.citations)
    (correction,) = answer.corrections
    quotes = {cited.n: cited.quote for cited in answer.citations}
    assert "340 homes" in quotes[correction.corrected]
    assert correction.by == 1
    assert correction.published_at == "2025-05-14"


def test_a_sentence_that_was_not_corrected_is_not_said_to_be(seeds: Assistant) -> None:
    answer = answer_to(seeds, "How many people spent the night in the sports hall?")
    assert not any("corrected" in note for note in answer.notes)


def test_a_wire_story_in_two_papers_is_one_source_and_names_both(seeds: Assistant) -> None:
    answer = answer_to(seeds, "How much flood relief will Port Ellery receive?")
    (first, *_) = answer.citations
    (copy,) = first.copies
    assert {first.source, copy.source} == {"Harbour Post (fiction)", "The Ellery Courier (fiction)"}
    assert f"also in {copy.source}" in answer.answer


def test_the_words_that_answer_are_marked(seeds: Assistant) -> None:
    answer = answer_to(seeds, "How many pupils does St. Orrin’s School have?")
    marked = [
        cited.quote[start - cited.start : end - cited.start] for cited in answer.citations for start, end in cited.marks
    ]
    assert "418" in marked


def test_an_outlet_in_the_question_is_the_only_one_that_answers(seeds: Assistant) -> None:
    answer = answer_to(seeds, "According to the Harbour Post, how many homes were evacuated?")
    assert {cited.source for cited in answer.citations} == {"Harbour Post (fiction)"}
    assert "410" in answer.citations[0].quote


def test_a_month_without_a_year_is_the_last_that_the_articles_cover(seeds: Assistant) -> None:
    answer = answer_to(seeds, "What did Oakhurst say about the terminal in November?")
    assert {cited.published_at for cited in answer.citations} == {"2025-11-13"}


def test_days_are_reckoned_from_the_day_of_the_question(seeds: Assistant) -> None:
    answer = answer_to(seeds, "What did Oakhurst say about the price last month?", asked_at=date(2025, 3, 20))
    assert {cited.published_at for cited in answer.citations} == {"2025-02-11"}


def test_an_event_stands_for_its_day_and_the_answer_says_which(seeds: Assistant) -> None:
    answer = answer_to(seeds, "What did Oakhurst say about the price since the flood?")
    assert min(cited.published_at or "" for cited in answer.citations) > "2025-04-22"
    assert any(note.startswith("“since the flood” was taken to mean from 2025-04-") for note in answer.notes)


def test_nothing_is_told_that_was_published_after_as_of(seeds: Assistant) -> None:
    answer = answer_to(seeds, "What did Oakhurst say about the price?", as_of=date(2025, 3, 1))
    assert {cited.published_at for cited in answer.citations} == {"2025-02-11"}
    assert all(
        article is not None and (article.published_at or "") <= "2025-03-01"
        for article in (seeds.article(hit.passage.article_id) for hit in answer.passages)
    )


def test_a_time_that_the_collection_does_not_cover_is_refused_with_what_there_is(seeds: Assistant) -> None:
    answer = answer_to(seeds, "What did Valcourt say about the piles in 2019?")
    assert answer.abstained
    assert "no articles from the time asked about (in 2019)" in (answer.reason or "")
    assert "There is something on it elsewhere: in The Ellery Courier (fiction) of 2025-" in (answer.reason or "")


def test_a_role_means_who_holds_it(seeds: Assistant) -> None:
    answer = answer_to(seeds, "What did the mayor of Port Ellery say about the price?")
    assert not answer.abstained
    assert {cited.speaker for cited in answer.citations} == {"Teresa Oakhurst"}


def test_of_two_people_asked_about_each_is_heard(seeds: Assistant) -> None:
    answer = answer_to(seeds, "What do Valcourt and Lindqvist say about the piles?")
    assert "Idris Valcourt" in {cited.speaker for cited in answer.citations}
    assert any("give no words of Lindqvist about the piles" in note for note in answer.notes)


def test_numbers_of_another_thing_do_not_differ(assistant: Assistant, write_article: Write) -> None:
    write_article("a.md", "Storm Ada left 300 homes in Tarn without power as a Category 5 storm.", source="Herald")
    write_article(
        "b.md", "Homes in Tarn lost power when Ada came as a Category 4 storm, and 5 storms followed.", source="Post"
    )
    built(assistant)
    assert answer_to(assistant, "How many homes in Tarn lost power in storm Ada?").conflicts == ()


def test_of_two_outlets_compared_each_is_heard(assistant: Assistant, write_article: Write) -> None:
    for number in range(4):
        text = f"The harbour bridge of Tarn was rotten, and {number + 3} beams of the bridge fell."
        write_article(f"{number}.md", text, source="NORTH TODAY")
    write_article("b.md", "The old bridge at Tarn had been neglected for years, keepers found.", source="The Week")
    built(assistant)
    answer = answer_to(assistant, "How do NORTH TODAY and The Week describe the bridge at Tarn?")
    assert {cited.source for cited in answer.citations} == {"NORTH TODAY", "The Week"}


def test_a_yes_or_no_is_not_answered_with_half_of_the_question(assistant: Assistant, write_article: Write) -> None:
    write_article("a.md", "Ada Brandreth met the keepers of the lock on Monday. The keepers brought tea.")
    built(assistant)
    assert answer_to(assistant, "Has Ada Brandreth apologised to the keepers she dismissed?").abstained


def test_whoever_criticised_somebody_is_found_by_the_surname(assistant: Assistant, write_article: Write) -> None:
    write_article("a.md", "Maud Lindqvist criticized Pellew’s plans for the lock as careless.")
    write_article("b.md", "Peter Pellew criticized the keepers. Pellew’s allies were silent.")
    built(assistant)
    answer = answer_to(assistant, "Who criticized Peter Pellew?")
    assert {cited.speaker for cited in answer.citations} == {"Maud Lindqvist"}


def test_a_question_about_change_is_answered_by_date(seeds: Assistant) -> None:
    answer = answer_to(seeds, "How has Oakhurst's position on the price changed?")
    days = [cited.published_at for cited in answer.citations]
    assert len(set(days)) > 1
    assert days == sorted(days, key=str)


def test_the_latest_comes_first_where_the_latest_is_asked_for(seeds: Assistant) -> None:
    answer = answer_to(seeds, "What is the latest that Oakhurst said about the price?")
    days = [cited.published_at or "" for cited in answer.citations]
    assert days[0] == max(days)


def test_more_is_told_on_request(seeds: Assistant) -> None:
    long = AnswerSettings(max_sentences=20, max_facts=20, keep_share=0)
    more = Assistant(seeds.config.model_copy(update={"answers": long}))
    question = "What did Oakhurst say about the terminal?"
    assert len(answer_to(more, question).citations) > len(answer_to(seeds, question).citations) > 0


def test_confidence_is_told_of_answers_and_refusals(seeds: Assistant) -> None:
    sure, unsure = answer_to(seeds, "When will the first ferry dock?"), answer_to(seeds, "Who won the World Cup?")
    assert 0 <= (unsure.confidence or 0) < (sure.confidence or 0) <= 1


def test_a_follow_up_is_understood_from_the_conversation(seeds: Assistant) -> None:
    first = "What did Valcourt say about the piles?"
    searching, *_, answer = seeds.ask(first)
    assert isinstance(searching, Searching)
    assert isinstance(answer, Answer)
    turns = [Turn(first, searching.query, answer)]
    followed = final_answer(seeds.ask("and about the ground?", history=turns))
    assert followed.question == "and about the ground?"
    assert followed.standalone_question is not None
    assert "Valcourt" in followed.standalone_question
    assert {cited.speaker for cited in followed.citations} == {"Idris Valcourt"}
    assert final_answer(seeds.ask(first, history=turns)).standalone_question is None


# -------------------------------------------------------------------------------- over a few of our own


def test_words_given_to_different_people_are_said_to_be(assistant: Assistant, write_article: Write) -> None:
    words = "The ice will hold until the end of the week"
    write_article("a.md", f"“{words},” said Ada Brandreth, who runs the lock at Tarn Head.", title="Ice at Tarn Head")
    write_article("b.md", f"“{words},” said Cosmo Pellew, a skater from the valley below.", title="Skaters wait")
    built(assistant)
    answer = answer_to(assistant, f"Who said “{words}”?")
    assert {cited.speaker for cited in answer.citations} == {"Ada Brandreth", "Cosmo Pellew"}
    assert any(note.startswith("The articles give these words to different people") for note in answer.notes)


DIFFERING = [
    (
        "Was the toll bridge reopened?",
        "The toll bridge at Tarn Head was reopened on Friday after the storm.",
        "The toll bridge at Tarn Head was not reopened after the storm, the lock keeper found.",
        {"reopened", "not reopened"},
    ),
    (
        "Is the toll bridge safe?",
        "The toll bridge at Tarn Head is safe, an inspection has found.",
        "The toll bridge at Tarn Head is unsafe, an engineer has found in an inspection.",
        {"safe", "unsafe"},
    ),
    (
        "When will the toll bridge reopen?",
        "The toll bridge at Tarn Head will reopen on 3 May, the lock keeper hopes.",
        "The toll bridge at Tarn Head will reopen on May 17, it is hoped.",
        {"3 May", "May 17"},
    ),
    (
        "How many lorries cross the toll bridge?",
        "On a weekday 120 lorries cross the toll bridge at Tarn Head.",
        "Some 95 lorries cross the toll bridge at Tarn Head on a weekday.",
        {"120", "95"},
    ),
]


def bridges(
    write_article: Write, first: str, second: str, *, days: tuple[str, str] = ("2025-02-03", "2025-02-04")
) -> None:
    write_article("a.md", first, title="A bridge", source="Gazette", published_at=days[0])
    write_article("b.md", second, title="Tarn Head", source="Mercury", published_at=days[1])


@pytest.mark.parametrize(("question", "first", "second", "values"), DIFFERING)
def test_articles_that_say_the_opposite_or_another_day_or_figure_stand_side_by_side(
    question: str, first: str, second: str, values: set[str], assistant: Assistant, write_article: Write
) -> None:
    bridges(write_article, first, second)
    built(assistant)
    answer = answer_to(assistant, question)
    (conflict,) = answer.conflicts
    assert {claim.value for claim in conflict.claims} == values
    cited = {cited.n: cited for cited in answer.citations}
    assert {cited[claim.citation].source for claim in conflict.claims} == {"Gazette", "Mercury"}
    assert all(claim.value in cited[claim.citation].quote for claim in conflict.claims)


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (question, text, text.replace("Tarn Head", "Tarn Head village"))
        for question, first, second, _ in DIFFERING
        for text in (first, second)
    ]
    + [
        ("Was the toll bridge reopened?", "The toll bridge was reopened.", "The old mill was not reopened, they say."),
        ("Was the toll bridge reopened?", DIFFERING[0][1], "Not only lorries came when the toll bridge reopened."),
    ],
)
def test_articles_that_agree_or_speak_of_something_else_are_no_conflict(
    question: str, first: str, second: str, assistant: Assistant, write_article: Write
) -> None:
    bridges(write_article, first, second)
    built(assistant)
    assert not answer_to(assistant, question).conflicts


@pytest.mark.parametrize(("verb", "speaker"), [("criticised", "Ada Brandreth"), ("praised", "Cosmo Pellew")])
def test_who_did_it_asks_for_the_way_of_saying(
    verb: str, speaker: str, assistant: Assistant, write_article: Write
) -> None:
    write_article(
        "a.md",
        "Ada Brandreth slammed the new toll as a tax on bread. Cosmo Pellew hailed the new toll as fair to all. "
        "Ida Fenn said that the new toll was four pence.",
        title="Toll on the bridge",
    )
    built(assistant)
    answer = answer_to(assistant, f"Who {verb} the new toll?")
    assert {cited.speaker for cited in answer.citations} == {speaker}


# --------------------------------------------------------------------------------- what is asked for


@pytest.mark.parametrize(
    ("expects", "text", "words"),
    [
        ("number", "The boat carried 1,200 sheep and forty-two goats.", ["1,200", "forty-two"]),
        ("number", "The bill was $4.5 million, or 12 percent more.", ["$4.5 million", "12 percent"]),
        ("date", "It opened on 5 May 1921 and closed last year.", ["5 May 1921", "last year"]),
        ("person", "Then the bell was rung by Ansel Thorne.", ["Ansel Thorne"]),
        ("place", "They walked to Lower Fenwick.", ["Lower Fenwick"]),
        ("reason", "It closed because the roof had fallen in.", ["because the roof had fallen in"]),
        ("yes_no", "It closed in 1921.", []),
        (None, "It closed in 1921.", []),
    ],
)
def test_words_that_can_be_what_is_asked_for(expects: Expected | None, text: str, words: list[str]) -> None:
    found = [text[start:end] for start, end in fitting(expects, text, 0, len(text), frozenset())]
    assert found == words


def test_what_the_question_says_itself_is_no_answer() -> None:
    text = "In 1921 the boat carried 1200 sheep."
    found = [text[start:end] for start, end in fitting("number", text, 0, len(text), frozenset({"1921"}))]
    assert found == ["1200"]


def test_what_is_to_be_counted() -> None:
    assert counted("How many black sheep did the boat carry?") == {"black", "sheep"}
    assert counted("Who rang the bell?") == frozenset()


def test_articles_of_one_outlet_or_of_one_story_are_no_independent_sources(
    assistant: Assistant, write_article: Write
) -> None:
    text = (
        "The lock at Tarn Head was shut for nine days after a barge with a load of slate ran into its lower gate. "
        "Nobody was hurt, and the slate was lifted out by crane on Sunday while a crowd looked on from the bridge. "
    )
    write_article("a.md", text, title="Lock shut", source="Morning Leaf")
    write_article("b.md", text, title="Lock shut for days", source="Evening Bell")
    write_article("c.md", "The shut lock at Tarn Head cost nine days of tolls.", title="Tolls", source="Evening Bell")
    write_article("d.md", "At Tarn Head the lock was shut for nine days.", title="Nine days", source="The Valley")
    built(assistant)
    with assistant.library() as library:
        articles = {one.id: one for one in library.articles()}
        stories = Stories(library)
        assert stories.independent([articles["a.md"], articles["b.md"]]) == 1
        assert stories.independent([articles["a.md"], articles["b.md"], articles["c.md"]]) == 1
        assert stories.independent(articles.values()) == 2


def test_words_that_a_headline_repeats_are_cited_where_somebody_says_them(
    assistant: Assistant, write_article: Write
) -> None:
    text = "The ice will hold\n\nA cold week.\n\n“The ice will hold,” said Ada Brandreth, who runs the lock."
    write_article("a.md", text, title="The ice will hold")
    built(assistant)
    (cited,) = answer_to(assistant, "Who said “The ice will hold”?").citations
    assert cited.speaker == "Ada Brandreth"
    assert "said Ada Brandreth" in cited.quote


@pytest.mark.parametrize("question", ["what did Ushakov say about Europe?", "How many homes were evacuated?"])
def test_the_passage_that_holds_the_answer_is_the_first_of_what_was_retrieved(seeds: Assistant, question: str) -> None:
    answer = answer_to(seeds, question)
    scores = [hit.score for hit in answer.passages]
    assert scores == sorted(scores, reverse=True)
    best, places = answer.passages[0].passage, [(cited.article_id, cited.start) for cited in answer.citations]
    assert any(best.article_id == article and best.start <= start < best.end for article, start in places)

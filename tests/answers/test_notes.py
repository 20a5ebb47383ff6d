"""Tests of the notes on answers: duplicates, conflicting figures, corrections, dates, outlets, several speakers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answers.notes import describe_understanding
from assistant.config.schema import AnswerSettings
from assistant.engine import Assistant
from assistant.evidence.facts.answer_spans import find_answer_spans, find_counted_nouns
from assistant.evidence.overlap import DuplicateGroups
from assistant.records.answer import Answer, QuestionUnderstood, Turn
from assistant.records.query import AnswerType, Period, Query
from assistant.retrieval.snapshot import Snapshot
from tests.conftest import run_build

Write = Callable[..., Path]


def ask(assistant: Assistant, question: str, *, as_of: date | None = None, asked_at: date | None = None) -> Answer:
    return assistant.ask(question, as_of=as_of, asked_at=asked_at)


def test_note_says_how_the_question_was_read() -> None:
    """Corrected words, and days that are counted from the end of an archive, are told."""
    week = Period("this week", "2024-12-24", "2024-12-30")
    query = Query("?", "other", (), corrections=(("bridhe", "bridge"), ("tol", "toll")), library_end="2024-12-30")
    assert describe_understanding(replace(query, period=week)) == [
        "“bridhe” was read as “bridge” and “tol” was read as “toll”.",
        "The newest article is of 30 December 2024; “this week” was taken to mean from 24 December 2024 to "
        "30 December 2024.",
    ]
    assert describe_understanding(replace(query, corrections=(), latest_words="now")) == [
        "The newest article is of 30 December 2024; “now” was taken to mean that time."
    ]
    assert describe_understanding(Query("?", "other", ())) == []
    assert describe_understanding(replace(query, corrections=(), period=week), "2024-03-02") == [
        "The newest article is of 30 December 2024; “this week” was not taken to mean that time, because an article of "
        "2 March 2024 fits better."
    ]


def test_correction_is_told_with_an_answer_and_with_a_refusal(seeds: Assistant) -> None:
    """What is not written as the articles write it is answered as they do, and the answer says so."""
    answer = ask(seeds, "How many homes were evacuatd?")
    assert not answer.abstained
    assert answer.question == "How many homes were evacuatd?"
    assert any(note.startswith("“evacuatd” was read as “evacuat") for note in answer.notes)
    refusal = ask(seeds, "How many zebras were evacuatd from Jupiter?")
    assert refusal.abstained
    assert "“evacuatd” was read as" in (refusal.reason or "")


# ----------------------------------------------------------------------------- over the sample articles


def test_conflict_figures_with_outlet_and_day(seeds: Assistant) -> None:
    """Figures that differ are shown side by side with outlet and day."""
    answer = ask(seeds, "How many homes were evacuated?")
    (note,) = [note for note in answer.notes if note.startswith("The articles differ")]
    assert "Harbour Post (fiction) (2025-04-24): 410 [" in note
    assert "The Ellery Courier (fiction) (2025-04-24): 340 [" in note
    assert all(f"[{cited.n}]" in answer.answer for cited in answer.citations)


def test_correction_shown_with_original(seeds: Assistant) -> None:
    """A correction is shown with what it corrects."""
    answer = ask(seeds, "How many homes were evacuated?")
    (note,) = [note for note in answer.notes if "was corrected on 2025-05-14" in note]
    quotes = {cited.n: cited.quote for cited in answer.citations}
    assert "The correct number is 385, not 340." in quotes.values()
    assert all(f"[{n}]" in answer.answer for n in quotes)
    assert note in answer.answer


def test_correction_comes_first(seeds: Assistant) -> None:
    """An answer begins with the corrected statement, not with the wrong one."""
    answer = ask(seeds, "How many homes were evacuated?")
    assert answer.citations[0].quote == "The correct number is 385, not 340."
    assert not any("gave a wrong figure" in cited.quote for cited in answer.citations)
    (correction,) = answer.corrections
    quotes = {cited.n: cited.quote for cited in answer.citations}
    assert "340 homes" in quotes[correction.corrected]
    assert correction.by == 1
    assert correction.published_at == "2025-05-14"


def test_uncorrected_sentence_not_marked(seeds: Assistant) -> None:
    """A sentence that was not corrected is not marked as corrected."""
    answer = ask(seeds, "How many people spent the night in the sports hall?")
    assert not any("corrected" in note for note in answer.notes)


def test_wire_story_is_one_source(seeds: Assistant) -> None:
    """A wire story in two papers is one source that names both."""
    answer = ask(seeds, "How much flood relief will Port Ellery receive?")
    (first, *_) = answer.citations
    (copy,) = first.copies
    assert {first.source, copy.source} == {"Harbour Post (fiction)", "The Ellery Courier (fiction)"}
    assert f"also in {copy.source}" in answer.answer


def test_answer_words_highlighted(seeds: Assistant) -> None:
    """The words that answer the question are highlighted."""
    answer = ask(seeds, "How many pupils does St. Orrin’s School have?")
    marked = [
        cited.quote[start - cited.start : end - cited.start] for cited in answer.citations for start, end in cited.marks
    ]
    assert "418 pupils" in marked
    assert answer.short_answer == "418 pupils"


def test_question_outlet_limits_sources(seeds: Assistant) -> None:
    """An outlet in the question is the only source of the answer."""
    answer = ask(seeds, "According to the Harbour Post, how many homes were evacuated?")
    assert {cited.source for cited in answer.citations} == {"Harbour Post (fiction)"}
    assert "410" in answer.citations[0].quote


def test_month_without_year_is_latest_covered(seeds: Assistant) -> None:
    """A month without a year is the latest one that the articles cover."""
    answer = ask(seeds, "What did Oakhurst say about the terminal in November?")
    assert {cited.published_at for cited in answer.citations} == {"2025-11-13"}


def test_relative_days_from_question_day(seeds: Assistant) -> None:
    """Relative days are resolved from the day of the question."""
    answer = ask(seeds, "What did Oakhurst say about the price last month?", asked_at=date(2025, 3, 20))
    assert {cited.published_at for cited in answer.citations} == {"2025-02-11"}


def test_event_resolved_to_noted_date(seeds: Assistant) -> None:
    """An event is resolved to its date, and a note says which date was used."""
    answer = ask(seeds, "What did Oakhurst say about the price since the flood?")
    assert min(cited.published_at or "" for cited in answer.citations) > "2025-04-22"
    assert any(note.startswith("“since the flood” was taken to mean from 2025-04-") for note in answer.notes)


def test_as_of_excludes_later_articles(seeds: Assistant) -> None:
    """Articles published after the as-of date are not used."""
    answer = ask(seeds, "What did Oakhurst say about the price?", as_of=date(2025, 3, 1))
    assert {cited.published_at for cited in answer.citations} == {"2025-02-11"}
    assert all(
        article is not None and (article.published_at or "") <= "2025-03-01"
        for article in (seeds.article(hit.passage.article_id) for hit in answer.passages)
    )


def test_uncovered_period_refused_with_hint(seeds: Assistant) -> None:
    """A period without articles is refused, naming what exists outside it."""
    answer = ask(seeds, "What did Valcourt say about the piles in 2019?")
    assert answer.abstained
    assert "no articles from the time asked about (in 2019)" in (answer.reason or "")
    assert "There is evidence elsewhere: in The Ellery Courier (fiction) of 2025-" in (answer.reason or "")


def test_role_means_its_holder(seeds: Assistant) -> None:
    """A role in a question means the person who holds it."""
    answer = ask(seeds, "What did the mayor of Port Ellery say about the price?")
    assert not answer.abstained
    assert {cited.speaker for cited in answer.citations} == {"Teresa Oakhurst"}


def test_two_speakers_both_answered(seeds: Assistant) -> None:
    """With two speakers in a question each one is quoted."""
    answer = ask(seeds, "What do Valcourt and Lindqvist say about the piles?")
    assert "Idris Valcourt" in {cited.speaker for cited in answer.citations}
    assert any("No words of Lindqvist were found that are clearly about the piles" in note for note in answer.notes)


def test_other_numbers_are_no_conflict(assistant: Assistant, write_article: Write) -> None:
    """Numbers that measure something else are not a conflict."""
    write_article("a.md", "Storm Ada left 300 homes in Tarn without power as a Category 5 storm.", source="Herald")
    write_article(
        "b.md", "Homes in Tarn lost power when Ada came as a Category 4 storm, and 5 storms followed.", source="Post"
    )
    run_build(assistant)
    assert ask(assistant, "How many homes in Tarn lost power in storm Ada?").conflicts == ()


def test_two_outlets_both_answered(assistant: Assistant, write_article: Write) -> None:
    """When two outlets are compared each one is quoted."""
    for number in range(4):
        text = f"The harbour bridge of Tarn was rotten, and {number + 3} beams of the bridge fell."
        write_article(f"{number}.md", text, source="NORTH TODAY")
    write_article("b.md", "The old bridge at Tarn had been neglected for years, keepers found.", source="The Week")
    run_build(assistant)
    answer = ask(assistant, "How do NORTH TODAY and The Week describe the bridge at Tarn?")
    assert {cited.source for cited in answer.citations} == {"NORTH TODAY", "The Week"}


def test_yes_no_needs_whole_question(assistant: Assistant, write_article: Write) -> None:
    """A yes/no question is not answered by evidence for half of it."""
    write_article("a.md", "Ada Brandreth met the keepers of the lock on Monday. The keepers brought tea.")
    run_build(assistant)
    assert ask(assistant, "Has Ada Brandreth apologised to the keepers she dismissed?").abstained


def test_critic_found_by_target_surname(assistant: Assistant, write_article: Write) -> None:
    """A person who criticized somebody is found by the surname of the target."""
    write_article("a.md", "Maud Lindqvist criticized Pellew’s plans for the lock as careless.")
    write_article("b.md", "Peter Pellew criticized the keepers. Pellew’s allies were silent.")
    run_build(assistant)
    answer = ask(assistant, "Who criticized Peter Pellew?")
    assert {cited.speaker for cited in answer.citations} == {"Maud Lindqvist"}


def test_change_question_answered_by_date(seeds: Assistant) -> None:
    """A question about change is answered in order of date."""
    answer = ask(seeds, "How has Oakhurst's position on the price changed?")
    days = [cited.published_at for cited in answer.citations]
    assert len(set(days)) > 1
    assert days == sorted(days, key=str)


def test_latest_first_when_asked(seeds: Assistant) -> None:
    """The latest article comes first if the question asks for the latest."""
    answer = ask(seeds, "What is the latest that Oakhurst said about the price?")
    days = [cited.published_at or "" for cited in answer.citations]
    assert days[0] == max(days)


def test_more_sentences_by_settings(seeds: Assistant) -> None:
    """The settings can ask for a longer answer."""
    long = AnswerSettings(max_sentences=20, max_facts=20, keep_share=0)
    more = Assistant(seeds.config.model_copy(update={"answers": long}))
    question = "What did Oakhurst say about the terminal?"
    assert len(ask(more, question).citations) > len(ask(seeds, question).citations) > 0


def test_confidence_of_answers_and_refusals(seeds: Assistant) -> None:
    """Answers and refusals have a confidence."""
    sure, unsure = ask(seeds, "When will the first ferry dock?"), ask(seeds, "Who won the World Cup?")
    assert 0 <= (unsure.confidence or 0) < (sure.confidence or 0) <= 1


def test_follow_up_uses_conversation(seeds: Assistant) -> None:
    """A follow-up is understood from the conversation."""
    first = "What did Valcourt say about the piles?"
    searching, *_, answer = seeds.stream(first)
    assert isinstance(searching, QuestionUnderstood)
    assert isinstance(answer, Answer)
    turns = [Turn(first, searching.query, answer)]
    followed = seeds.ask("and about the ground?", history=turns)
    assert followed.question == "and about the ground?"
    assert followed.standalone_question is not None
    assert "Valcourt" in followed.standalone_question
    assert {cited.speaker for cited in followed.citations} == {"Idris Valcourt"}
    assert seeds.ask(first, history=turns).standalone_question is None


# -------------------------------------------------------------------------------- over a few of our own


def test_disputed_attribution_noted(assistant: Assistant, write_article: Write) -> None:
    """Words attributed to different people are noted as such."""
    words = "The ice will hold until the end of the week"
    write_article("a.md", f"“{words},” said Ada Brandreth, who runs the lock at Tarn Head.", title="Ice at Tarn Head")
    write_article("b.md", f"“{words},” said Cosmo Pellew, a skater from the valley below.", title="Skaters wait")
    run_build(assistant)
    answer = ask(assistant, f"Who said “{words}”?")
    assert {cited.speaker for cited in answer.citations} == {"Ada Brandreth", "Cosmo Pellew"}
    assert any(note.startswith("The articles attribute these words to different people") for note in answer.notes)


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
        {"120", "Some 95"},
    ),
]


def write_bridge_articles(
    write_article: Write, first: str, second: str, *, days: tuple[str, str] = ("2025-02-03", "2025-02-04")
) -> None:
    write_article("a.md", first, title="A bridge", source="Gazette", published_at=days[0])
    write_article("b.md", second, title="Tarn Head", source="Mercury", published_at=days[1])


@pytest.mark.parametrize(("question", "first", "second", "values"), DIFFERING)
def test_conflicts_side_by_side(
    question: str, first: str, second: str, values: set[str], assistant: Assistant, write_article: Write
) -> None:
    """Articles with opposite statements, dates or figures are shown side by side."""
    write_bridge_articles(write_article, first, second)
    run_build(assistant)
    answer = ask(assistant, question)
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
def test_agreeing_articles_are_no_conflict(
    question: str, first: str, second: str, assistant: Assistant, write_article: Write
) -> None:
    """Articles that agree or have another subject are not a conflict."""
    write_bridge_articles(write_article, first, second)
    run_build(assistant)
    assert not ask(assistant, question).conflicts


@pytest.mark.parametrize(("verb", "speaker"), [("criticised", "Ada Brandreth"), ("praised", "Cosmo Pellew")])
def test_who_question_matches_reporting_verb(
    verb: str, speaker: str, assistant: Assistant, write_article: Write
) -> None:
    """A question such as "who criticized" matches the sense of the reporting verb."""
    write_article(
        "a.md",
        "Ada Brandreth slammed the new toll as a tax on bread. Cosmo Pellew hailed the new toll as fair to all. "
        "Ida Fenn said that the new toll was four pence.",
        title="Toll on the bridge",
    )
    run_build(assistant)
    answer = ask(assistant, f"Who {verb} the new toll?")
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
def test_answer_spans_by_type(expects: AnswerType | None, text: str, words: list[str]) -> None:
    """Words of the expected answer type are found in a sentence."""
    found = [text[start:end] for start, end in find_answer_spans(expects, text, 0, len(text), frozenset())]
    assert found == words


def test_question_words_are_no_answer() -> None:
    """Words of the question itself are not an answer."""
    text = "In 1921 the boat carried 1200 sheep."
    found = [text[start:end] for start, end in find_answer_spans("number", text, 0, len(text), frozenset({"1921"}))]
    assert found == ["1200"]


def test_count_question_noun() -> None:
    """The noun to be counted is taken from a "how many" question."""
    assert find_counted_nouns("How many black sheep did the boat carry?") == {"black", "sheep"}
    assert find_counted_nouns("Who rang the bell?") == frozenset()


def test_same_outlet_or_story_not_independent(assistant: Assistant, write_article: Write) -> None:
    """Articles of one outlet or one story are not independent sources."""
    text = (
        "The lock at Tarn Head was shut for nine days after a barge with a load of slate ran into its lower gate. "
        "Nobody was hurt, and the slate was lifted out by crane on Sunday while a crowd looked on from the bridge. "
    )
    write_article("a.md", text, title="Lock shut", source="Morning Leaf")
    write_article("b.md", text, title="Lock shut for days", source="Evening Bell")
    write_article("c.md", "The shut lock at Tarn Head cost nine days of tolls.", title="Tolls", source="Evening Bell")
    write_article("d.md", "At Tarn Head the lock was shut for nine days.", title="Nine days", source="The Valley")
    run_build(assistant)
    with assistant.open_library() as library:
        articles = {one.id: one for one in library.articles()}
        stories = DuplicateGroups(Snapshot([], library))
        assert stories.count_independent([articles["a.md"], articles["b.md"]]) == 1
        assert stories.count_independent([articles["a.md"], articles["b.md"], articles["c.md"]]) == 1
        assert stories.count_independent(articles.values()) == 2


def test_headline_statement_cited_from_text(assistant: Assistant, write_article: Write) -> None:
    """Words repeated in a headline are cited where somebody says them."""
    text = "The ice will hold\n\nA cold week.\n\n“The ice will hold,” said Ada Brandreth, who runs the lock."
    write_article("a.md", text, title="The ice will hold")
    run_build(assistant)
    (cited,) = ask(assistant, "Who said “The ice will hold”?").citations
    assert cited.speaker == "Ada Brandreth"
    assert "said Ada Brandreth" in cited.quote


@pytest.mark.parametrize("question", ["what did Ushakov say about Europe?", "How many homes were evacuated?"])
def test_answering_passage_ranked_first(seeds: Assistant, question: str) -> None:
    """The passage that contains the answer is the first one retrieved."""
    answer = ask(seeds, question)
    scores = [hit.score for hit in answer.passages]
    assert scores == sorted(scores, reverse=True)
    best, places = answer.passages[0].passage, [(cited.article_id, cited.start) for cited in answer.citations]
    assert any(best.article_id == article and best.start <= start < best.end for article, start in places)

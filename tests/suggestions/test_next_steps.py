"""What a question is about, and which steps are proposed from there."""

from __future__ import annotations

from dataclasses import replace

from assistant.records.answer import Answer, Turn
from assistant.records.collection.question import CollectionResult
from assistant.suggestions.next_steps import find_topic, propose_after_answer, propose_after_refusal
from tests.support.citations import make_answer, make_citation, make_refusal, make_turn

CITED = (
    make_citation("The council shut the ferry terminal, Ann Lee said.", title="Ferry terminal shut", article_id="a"),
    make_citation("They opened the ferry terminal, a wonder.", title="History of the ferry terminal", article_id="b"),
)


def ask(question: str, answer: Answer, topic: str | None = None) -> Turn:
    turn = make_turn(answer)
    return replace(turn, question=question, query=replace(turn.query, text=question, topic=topic))


def test_topic_is_that_of_the_question_or_what_titles_share() -> None:
    """The words of the question first; a phrase that several titles have; never a single common word, nor a name."""
    answered = make_answer(*CITED)
    assert find_topic(ask("What did Lee say about the price?", answered, "the price"), CITED, ()) == "the price"
    assert find_topic(ask("Why is it shut?", answered), CITED, ()) == "the ferry terminal"
    assert find_topic(ask("Why is it shut?", answered), CITED, {"ferry", "terminal"}) is None
    refused = ask("Why is it shut?", make_refusal("Nothing."))
    assert find_topic(refused, CITED, ()) is None  # what does not answer may share anything
    assert find_topic(ask("What about Brexit?", make_refusal("Nothing.")), (), ()) == "Brexit"
    assert find_topic(ask("How many homes are there?", make_answer()), (), ()) is None


def test_steps_are_offered_for_what_they_give() -> None:
    """The latest must be newer than what was shown; outlets must be several, a timeline must have days."""
    turn = ask("What about the bridge?", make_answer(*CITED))
    latest, outlets, timeline = (next(group) for group in propose_after_answer(turn, "the bridge", CITED))
    assert [one.question for one in (latest, outlets, timeline)] == [
        "What is the latest on the bridge?",
        "Which outlets report on the bridge?",
        "Timeline of the bridge",
    ]
    assert latest.suits(make_answer(make_citation("x", published_at="2025-03-05")))
    assert not latest.suits(make_answer(make_citation("x", published_at="2025-03-04")))
    assert not latest.suits(make_answer(make_citation("x", published_at=None)))

    def count(kind: str, total: int) -> Answer:
        return make_answer(collection=CollectionResult(kind, "outlets", total, "outlets"))  # type: ignore[arg-type]

    assert outlets.suits(count("list", 2))
    assert not outlets.suits(count("list", 1))
    assert timeline.suits(count("timeline", 3))
    titles = ("The bridge opens", "Penguins pair", "Doris Day dies", "Rain")
    days = [make_citation("x", title=title) for title in titles]
    about_anything = replace(count("timeline", 4), citations=tuple(days))
    assert not timeline.suits(about_anything)  # one title of four has the word
    assert timeline.suits(replace(about_anything, citations=tuple(days[:3])))
    assert not timeline.suits(count("list", 3))
    assert list(propose_after_answer(turn, None, CITED)) == []


def test_who_disagreed_is_offered_after_words_of_one_speaker() -> None:
    """Somebody else must be quoted with the words of the topic."""
    turn = ask("What did Lee say about the bridge?", make_answer(*CITED), "the bridge")
    turn = replace(turn, query=replace(turn.query, speakers=("Ann Lee",)))
    _, disagreed, *_ = (next(group) for group in propose_after_answer(turn, "the bridge", CITED))
    assert disagreed.question == "Who disagreed with Ann Lee about the bridge?"
    assert disagreed.suits(make_answer(make_citation("The bridge is late.", speaker="Ivo Tarn")))
    assert not disagreed.suits(make_answer(make_citation("The bridge is late.", speaker="Ann Lee")))
    assert not disagreed.suits(make_answer(make_citation("The ferry is late.", speaker="Ivo Tarn")))


def test_steps_after_a_refusal_name_others() -> None:
    """Words of the one who was asked for are no answer to who did speak."""
    turn = ask("What did Lee say about the bridge?", make_refusal("Nothing."))
    turn = replace(turn, query=replace(turn.query, speakers=("Lee",)))
    spoke, articles, named = (next(group) for group in propose_after_refusal(turn, "the bridge"))
    assert spoke.question == "Who spoke about the bridge?"
    assert spoke.suits(make_answer(make_citation("The bridge is late.", speaker="Ivo Tarn")))
    assert not spoke.suits(make_answer(make_citation("The bridge is late.", speaker="Ann Lee")))
    assert not spoke.suits(make_answer(make_citation("The ferry is late.", speaker="Ivo Tarn")))
    assert articles.question == "Which articles mention the bridge?"
    assert named.question == "Which articles mention Lee?"
    assert [next(group).question for group in propose_after_refusal(turn, None)] == ["Which articles mention Lee?"]


def test_articles_with_a_name_of_a_refused_question_are_offered() -> None:
    """Each name once: not beside a topic of which it is a part."""
    turn = ask("Did Ann Lee build the Tarn Bridge?", make_refusal("Nothing."))
    questions = [next(group).question for group in propose_after_refusal(turn, "the Tarn Bridge")]
    assert questions == [
        "Who spoke about the Tarn Bridge?",
        "Which articles mention the Tarn Bridge?",
        "Which articles mention Ann Lee?",
    ]

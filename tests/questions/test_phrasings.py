"""The table of phrasings: every example is parsed by its own phrasing, with its speakers and topic."""

from __future__ import annotations

import pytest

from assistant.questions.parser import parse_question
from assistant.questions.patterns import match_phrasings
from assistant.questions.phrasings import PHRASINGS, Phrasing
from assistant.questions.question_parts import mask_quotations, split_context

# The speakers and the topic of each example that has any, by the name of the phrasing.
SPEAKERS_AND_TOPICS: dict[str, tuple[tuple[str, ...], str | None]] = {
    "who wrote Y": ((), "the report on the berths"),
    "who testified to Y": ((), "the harbour board"),
    "where did X say Y": (("Maud Lindqvist",), "the berths leak"),
    "what has been said by X about Y": (("Lindqvist",), "the berths"),
    "what has been said about Y by X": (("Lindqvist",), "the berths"),
    "what was X quoted as saying about Y": (("Lindqvist",), "the berths"),
    "what is X’s view on Y": (("Maud Lindqvist",), "dredging"),
    "what is the view of X on Y": (("the Admiralty",), "the leak"),
    "what is the latest that X said about Y": (("Lindqvist",), "dredging"),
    "what position does X take on Y": (("Lindqvist",), "dredging"),
    "where does X stand on Y": (("Lindqvist",), "dredging"),
    "what did X say about Y": (("Lindqvist",), "the berths"),
    "what did X say on Y": (("Lindqvist",), "berths"),
    "what does X want": (("Lindqvist",), None),
    "what did X tell reporters": (("Lindqvist",), None),
    "how did X respond to Y": (("Lindqvist",), "the leak"),
    "how does X describe Y": (("Lindqvist",), "the leak"),
    "why does X oppose Y": (("Lindqvist",), "dredging"),
    "why is X against Y": (("Lindqvist",), "dredging"),
    "is X in favour of Y": (("Lindqvist",), "dredging"),
    "did X say anything about Y": (("Lindqvist",), "dredging"),
    "has X commented on Y": (("Lindqvist",), "dredging"),
    "did X say that Y": (("Lindqvist",), "the pier would sink"),
    "when did X say Y": (("Lindqvist",), "the pier would sink"),
    "who did X blame for Y": (("Lindqvist",), "the leak"),
    "how has X’s view of Y changed": (("Lindqvist",), "dredging"),
    "how X describes Y": (("Lindqvist",), "the leak"),
    "what X said about Y": (("Lindqvist",), "the leak"),
    "what X said on Y": (("Lindqvist",), None),
    "quotes by X on Y": (("Maud Lindqvist",), "the leak"),
    "X’s view on Y": (("Lindqvist",), "dredging"),
    "is it true that X said Y": (("Lindqvist",), "dredging"),
    "when was the last time X spoke about Y": (("Lindqvist",), "dredging"),
    "X quotes on Y": (("Lindqvist",), "dredging"),
    "X said “…”": (("Lindqvist",), "“the berths leak”"),
    "X vs Y on Z": (("Lindqvist", "Okoro"), "dredging"),
    "X on Y": (("Lindqvist",), "dredging"),
    "what did X call Y": (("Lindqvist",), "the closing of the berths"),
    "what did X make of Y": (("Lindqvist",), "the leak"),
    "what does X feel about Y": (("Lindqvist",), "the leak"),
    "what is X afraid of": (("Lindqvist",), None),
    "what worries X about Y": (("Lindqvist",), "the berths"),
    "how did X take Y": (("Lindqvist",), "the closing of the pier"),
    "how did X criticise Y": (("Lindqvist",), "the leak"),
    "is X sorry about Y": (("Lindqvist",), "the leak"),
    "does X back Y": (("Lindqvist",), "the dredging"),
    "would X support Y": (("Lindqvist",), "the toll"),
    "has X changed their mind on Y": (("Lindqvist",), "dredging"),
    "what became of Y": ((), "Lindqvist's plan to dredge"),
    "what happened to Y": ((), "the ferry from Okrug"),
    "how has Y changed": ((), "the shoreline"),
    "timeline of Y": ((), "the ferry strike"),
    "what happened to Y over time": ((), "ferry fares"),
}


# Phrasings that also match an example, but whose verb would be passive.
REJECTED_BEFORE = {"when was the last time X spoke about Y": ["when did X say Y"]}
# The type of the answer to "who said …" depends on the words of the question.
WHO_SAID_ANSWERS = {"which senator said …": "name"}


def test_phrasings_have_unique_names_and_examples() -> None:
    """No two phrasings share a name or an example."""
    assert len({phrasing.name for phrasing in PHRASINGS}) == len(PHRASINGS) > 50
    assert len({phrasing.example for phrasing in PHRASINGS}) == len(PHRASINGS)


@pytest.mark.parametrize("phrasing", PHRASINGS, ids=lambda phrasing: phrasing.name)
def test_phrasing_matches_its_example_first(phrasing: Phrasing) -> None:
    """The example is matched by its own phrasing before any other that the parser accepts."""
    _, core = split_context(mask_quotations(phrasing.example).text)
    expected = [*REJECTED_BEFORE.get(phrasing.name, []), phrasing.name]
    assert [match.name for match, _ in match_phrasings(core)][: len(expected)] == expected


@pytest.mark.parametrize("phrasing", PHRASINGS, ids=lambda phrasing: phrasing.name)
def test_phrasing_example_parsed(phrasing: Phrasing) -> None:
    """The example is parsed into the kind of its phrasing, with speakers and topic."""
    query = parse_question(phrasing.example)
    speakers, topic = SPEAKERS_AND_TOPICS.get(phrasing.name, ((), None))
    assert (query.kind, query.speakers, query.topic) == (phrasing.kind, speakers, topic)
    assert query.over_time == phrasing.over_time
    if phrasing.kind == "who_said":
        assert query.expects == WHO_SAID_ANSWERS.get(phrasing.name, "person")
    else:
        assert query.expects == phrasing.expects
    if phrasing.kind in ("who_said", "find_quote"):
        assert {"berths", "report", "plan", "rumour"} & set(query.terms)

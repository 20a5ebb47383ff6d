"""Statements grouped by sentence and speaker."""

from __future__ import annotations

from dataclasses import replace

from assistant.records.statement import Statement
from assistant.speech.utterances import group_statements
from tests.conftest import make_article

TEXT = "“One,” Ada said, “and two,” and Ivo said three. Ada said four."


def state(words: str, speaker: str | None, role: str | None = None, direct: bool = False) -> Statement:
    """A statement with these words of TEXT."""
    start = TEXT.index(words)
    first, last = (0, 47) if start < 47 else (48, len(TEXT))
    return Statement("a", speaker, "said", start, start + len(words), direct, first, last, role)


def test_parts_of_one_speaker_are_one_utterance() -> None:
    """Statements of one speaker in one sentence are one utterance; each sentence has its own."""
    statements = [
        state("“One,”", "Ada", direct=True),
        state("“and two,”", "Ada", direct=True),
        state("three", "Ivo"),
        state("four", "Ada"),
    ]
    utterances = list(group_statements(make_article(TEXT), statements))
    assert [(utterance.speaker, utterance.text) for utterance in utterances] == [
        ("Ada", "“One,” “and two,”"),
        ("Ivo", "three"),
        ("Ada", "four"),
    ]
    assert [utterance.direct for utterance in utterances] == [True, False, False]


def test_span_is_sentence_or_own_part() -> None:
    """A single speaker's span is the sentence; with another speaker, it is the part after the other's words."""
    statements = [state("“One,”", "Ada", direct=True), state("three", "Ivo"), state("four", "Ada")]
    spans = [utterance.span for utterance in group_statements(make_article(TEXT), statements)]
    assert [TEXT[start:end] for start, end in spans] == [
        "“One,”",
        "Ada said, “and two,” and Ivo said three",
        "Ada said four.",
    ]


def test_unnamed_speakers_are_told_apart_by_role() -> None:
    """Speakers without a name are different if their descriptions are."""
    statements = [state("“One,”", None, "a keeper"), state("three", None, "a clerk")]
    utterances = list(group_statements(make_article(TEXT), statements))
    assert [utterance.statements[0].role for utterance in utterances] == ["a keeper", "a clerk"]


def test_reported_words_are_an_utterance_of_their_own() -> None:
    """Words at second hand are shown in their sentence; they do not shorten those of the reporter."""
    outer = state("Ada said, “and two,” and Ivo said three", "Ada")
    inner = replace(state("three", "Ivo"), status="reported", via="Ada")
    reporter, reported = group_statements(make_article(TEXT), [outer, inner])
    assert (reporter.speaker, reporter.status, reporter.via) == ("Ada", "asserted", None)
    assert (reported.speaker, reported.status, reported.via) == ("Ivo", "reported", "Ada")
    assert (
        TEXT[slice(*reporter.span)] == TEXT[slice(*reported.span)] == "“One,” Ada said, “and two,” and Ivo said three."
    )


def test_denied_words_are_apart_from_said_ones() -> None:
    """What one speaker said and did not say in one sentence are two utterances, both shown in the whole sentence."""
    statements = [state("“One,”", "Ada"), replace(state("“and two,”", "Ada"), status="denied")]
    utterances = list(group_statements(make_article(TEXT), statements))
    assert [(each.status, each.text) for each in utterances] == [("asserted", "“One,”"), ("denied", "“and two,”")]
    assert {TEXT[slice(*each.span)] for each in utterances} == {"“One,” Ada said, “and two,” and Ivo said three."}

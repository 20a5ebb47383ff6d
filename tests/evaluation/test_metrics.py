"""Tests of the metrics of `assistant eval`, on answers so small that the right value is obvious."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.app import main
from assistant.engine import Assistant
from assistant.errors import ReadError
from assistant.evaluation.answers import (
    ALL_TYPES,
    AnswerScore,
    compute_auroc,
    compute_risk_curve,
    contains_any,
    extract_surname,
    report_by_type,
    score_answer,
    summarize,
)
from assistant.evaluation.datasets import (
    GoldAttribution,
    GoldQuestion,
    GoldSpan,
    locate_words,
    read_attributions,
    read_questions,
)
from assistant.evaluation.metrics import ANSWER_METRICS, CURVE_METRICS, STATEMENT_METRICS
from assistant.evaluation.statements import StatementComparison, is_same_surname, measure_statements
from assistant.questions.batch import BatchQuestion
from assistant.records.answer import Answer, Citation
from assistant.records.article import Passage, RetrievedPassage
from assistant.records.statement import Statement

BOATS = "“The boats are late,” Ada Quill said. She added that the nets were torn. Sixty crates were lost."
HARBOUR = "The harbour is shut, said Tom Brae."
TEXTS = {"boats": BOATS, "harbour": HARBOUR}


def get_text(article_id: str) -> str:
    return TEXTS.get(article_id, "")


def locate(article_id: str, words: str) -> GoldSpan:
    start = TEXTS[article_id].index(words)
    return GoldSpan(article_id, start, start + len(words))


def make_citation(n: int, article_id: str, words: str) -> Citation:
    at = locate(article_id, words)
    return Citation(n, article_id, "A title", None, None, None, None, at.start, at.end, words, None, "0" * 64)


def make_answer(*cited: tuple[str, str], text: str | None = None, passages: Sequence[tuple[str, str]] = ()) -> Answer:
    """An answer with these citations (article, words); a refusal if there are none."""
    citations = tuple(make_citation(n, *one) for n, one in enumerate(cited, 1))
    retrieved = [locate(*one) for one in passages]
    return Answer(
        question="?",
        answer=text or " ".join(f"{c.quote} [{c.n}]" for c in citations),
        abstained=not citations,
        reason=None,
        sentences=(),
        citations=citations,
        passages=tuple(RetrievedPassage(Passage(p.article_id, 0, p.start, p.end), 1.0) for p in retrieved),
    )


def compute_metrics(question: GoldQuestion, answer: Answer) -> dict[str, float]:
    return score_answer(question, answer, get_text).metrics


def make_question(*places: GoldSpan) -> GoldQuestion:
    """A question whose gold answers are at these places."""
    ids = frozenset(one.article_id for one in places)
    return GoldQuestion(
        BatchQuestion(1, "?"), "what_said_about", speaker="Ada Quill", article_ids=ids, gold_spans=places
    )


# ------------------------------------------------------------------------------------------- quotations


def test_quote_exact_at_cited_offsets() -> None:
    """A quotation is exact if the article contains it at the cited offsets."""
    right = make_answer(("boats", "The boats are late"), ("harbour", "The harbour is shut"))
    moved = replace(right.citations[1], start=1, end=20)
    scored = score_answer(
        make_question(locate("boats", "nets")), replace(right, citations=(right.citations[0], moved)), get_text
    )
    assert (scored.quotes, scored.quotes_exact) == (2, 1)
    means = summarize([scored, score_answer(make_question(locate("boats", "nets")), make_answer(), get_text)])
    assert means["quote_exact"] == 0.5
    assert means["quotes_per_answer"] == 1.0


@pytest.mark.parametrize(("article_id", "quote"), [("boats", ""), ("unknown", "The boats")])
def test_quote_empty_or_unknown_article_not_exact(article_id: str, quote: str) -> None:
    """Empty quotes and quotes from an unknown article are not exact."""
    right = make_answer(("boats", "The boats are late"))
    wrong = replace(right.citations[0], article_id=article_id, quote=quote)
    assert (
        score_answer(GoldQuestion(BatchQuestion(1, "?")), replace(right, citations=(wrong,)), get_text).quotes_exact
        == 0
    )


@pytest.mark.parametrize(
    ("text", "expected"), [("Late [1].", 1.0), ("Late [1] [2].", 0.0), ("Late.", 0.0), ("Late [x].", 0.0)]
)
def test_markers_resolve_to_citations(text: str, expected: float) -> None:
    """Markers resolve if there are some and each has a citation."""
    answer = make_answer(("boats", "The boats are late"), text=text)
    assert compute_metrics(GoldQuestion(BatchQuestion(1, "?")), answer)["markers_resolve"] == expected


def test_refusal_needs_no_markers() -> None:
    """A refusal needs no markers."""
    assert "markers_resolve" not in compute_metrics(GoldQuestion(BatchQuestion(1, "?")), make_answer())


# --------------------------------------------------------------------------------------- places and words


def test_citation_hit_overlaps_marked_words() -> None:
    """A citation is a hit if it overlaps the marked words."""
    asked = make_question(locate("boats", "the nets were torn"))
    missed = compute_metrics(asked, make_answer(("boats", "Ada Quill"), ("boats", "torn")))
    assert (missed["cite_hit@1"], missed["cite_hit@3"], missed["cite_precision"]) == (0.0, 1.0, 0.5)
    beside = compute_metrics(
        asked, make_answer(("boats", "Sixty crates"), ("harbour", "harbour"), ("boats", "She"), ("boats", "torn"))
    )
    assert (beside["cite_hit@3"], beside["cite_precision"], beside["cite_recall@10"]) == (0.0, 0.25, 1.0)


def test_refusal_has_no_precision() -> None:
    """A refusal counts as a miss but has no citation precision."""
    found = compute_metrics(make_question(locate("boats", "torn")), make_answer())
    assert (found["answered"], found["cite_hit@1"], found["cite_recall@10"]) == (0.0, 0.0, 0.0)
    assert "cite_precision" not in found


def test_recall_counts_up_to_ten_places() -> None:
    """Recall counts at most ten marked places."""
    two = make_question(locate("boats", "late"), locate("harbour", "shut"))
    assert compute_metrics(two, make_answer(("boats", "The boats are late")))["cite_recall@10"] == 0.5
    twenty = make_question(*(GoldSpan("boats", at, at + 1) for at in range(20)))
    assert compute_metrics(twenty, make_answer(("boats", BOATS[:5])))["cite_recall@10"] == 0.5
    assert compute_metrics(twenty, make_answer(("boats", BOATS)))["cite_recall@10"] == 1.0


def test_passage_hits_by_rank() -> None:
    """Passage hits are counted by rank."""
    asked = make_question(locate("boats", "torn"))
    found = compute_metrics(
        asked, make_answer(passages=[("harbour", HARBOUR), ("boats", "Sixty crates"), ("boats", BOATS)])
    )
    assert [found[f"passage_hit@{k}"] for k in (1, 5, 10)] == [0.0, 1.0, 1.0]


def test_hits_by_article_without_marked_words() -> None:
    """Without marked words the right article is a hit and the answer is searched in the quotes."""
    asked = GoldQuestion(
        BatchQuestion(1, "?"), "fact", answers=("60 crates", "sixty crates"), article_ids=frozenset({"boats"})
    )
    found = compute_metrics(
        asked, make_answer(("boats", "torn"), ("boats", "Sixty crates were lost."), text="Torn [1].")
    )
    assert (found["cite_hit@1"], found["answer_in_first_quote"], found["answer_in_quotes@3"]) == (1.0, 0.0, 1.0)
    assert found["answer_in_text"] == 0.0
    assert "cite_precision" not in found


def test_answer_match_ignores_case_punctuation() -> None:
    """An answer matches whole words regardless of case and punctuation."""
    assert contains_any("It cost the U.S. $1.2 million!", ["$1.2 Million"])
    assert contains_any("The boats", ["a boats"])
    assert not contains_any("sixtyone", ["sixty"])
    assert not contains_any("anything", ["", "the"])


def test_speaker_named_by_surname() -> None:
    """The speaker must be named by surname unless the answer is a refusal."""
    asked = GoldQuestion(BatchQuestion(1, "?"), "who_said", speaker="Ada Quill Jr.")
    assert (
        compute_metrics(asked, make_answer(("boats", "The boats are late"), text="Quill [1]"))["speaker_named"] == 1.0
    )
    assert compute_metrics(asked, make_answer(text="Not Quill"))["speaker_named"] == 0.0


@pytest.mark.parametrize(
    ("name", "expected"), [("Ada Quill", "Quill"), ("Tom Brae Jr.", "Brae"), ("Ann Lee-Moss III", "Lee-Moss"), ("", "")]
)
def test_surname_of_full_name(name: str, expected: str) -> None:
    """The surname is taken from a full name without suffixes."""
    assert extract_surname(name) == expected


# -------------------------------------------------------------------------------- refusing and confidence


def make_score(
    answerable: bool, abstained: bool, confidence: float | None = None, ms: float | None = None
) -> AnswerScore:
    return AnswerScore("t" if answerable else "u", answerable, abstained, {}, 0, 0, confidence, ms)


def test_refusal_detects_unanswerable() -> None:
    """Refusal is scored as detection of unanswerable questions."""
    scores = [
        make_score(False, True),
        make_score(False, False),
        make_score(True, True),
        make_score(True, False),
        make_score(False, True),
    ]
    found = report_by_type(scores)[ALL_TYPES]
    assert found["refusal_precision"] == pytest.approx(2 / 3)
    assert found["refusal_recall"] == pytest.approx(2 / 3)
    assert found["refusal_f1"] == pytest.approx(2 / 3)
    assert found["unanswerable_share"] == 0.6


def test_refusal_metrics_edge_cases() -> None:
    """Refusal metrics need unanswerable questions and are defined without refusals."""
    assert "refusal_f1" not in report_by_type([make_score(True, False)])[ALL_TYPES]
    found = report_by_type([make_score(False, False)])[ALL_TYPES]
    assert (found["refusal_precision"], found["refusal_f1"]) == (0.0, 0.0)


def test_unanswerable_correct_when_refused() -> None:
    """An unanswerable question is answered correctly by a refusal."""
    asked = GoldQuestion(BatchQuestion(1, "?"), answerable=False)
    assert compute_metrics(asked, make_answer())["abstained_right"] == 1.0
    assert compute_metrics(asked, make_answer(("boats", "late")))["abstained_right"] == 0.0


def test_metrics_average_applicable_questions() -> None:
    """Metrics are means over the questions that they apply to."""
    asked, unanswerable = (
        make_question(locate("boats", "torn")),
        GoldQuestion(BatchQuestion(2, "?"), "negative", answerable=False),
    )
    pairs = [(asked, make_answer(("boats", "torn"))), (asked, make_answer()), (unanswerable, make_answer())]
    found = report_by_type([score_answer(*pair, get_text) for pair in pairs])
    assert list(found) == ["negative", "what_said_about", ALL_TYPES]
    assert found["what_said_about"]["cite_hit@1"] == 0.5
    assert found["what_said_about"]["cite_precision"] == 1.0
    assert found["negative"] == {"n": 1, "abstained_right": 1.0, "missing": 0.0}
    assert found[ALL_TYPES]["answered"] == 0.5
    assert found[ALL_TYPES]["n"] == 3


SHORT = replace(make_question(locate("boats", "torn")), answers=("torn",), short_answers=True)


def test_near_sentences_help_but_assert_nothing() -> None:
    """A sentence near to an answer counts for `helpful@3` up to its 400th character, and is not given as an answer."""
    near = make_citation(1, "boats", "the nets were torn")
    assert compute_metrics(SHORT, make_answer(("boats", "the nets were torn")))["helpful@3"] == 1.0
    assert compute_metrics(SHORT, make_answer())["helpful@3"] == 0.0
    found = compute_metrics(SHORT, replace(make_answer(), nearest=(near,)))
    assert (found["helpful@3"], found["answer_in_quotes@3"], found["answered"]) == (1.0, 0.0, 0.0)
    late = replace(near, quote=f"{'x' * 400} torn")
    assert compute_metrics(SHORT, replace(make_answer(), nearest=(late,)))["helpful@3"] == 0.0
    fourth = replace(make_answer(), nearest=(*[make_citation(1, "boats", "late")] * 3, near))
    assert compute_metrics(SHORT, fourth)["helpful@3"] == 0.0
    assert "helpful@3" not in compute_metrics(replace(SHORT, short_answers=False), make_answer())


def test_assertions_are_right_or_not() -> None:
    """Precision is of the questions that were answered, recall of those that can be; near sentences are neither."""
    unanswerable = GoldQuestion(BatchQuestion(2, "?"), answerable=False, short_answers=True)
    near = replace(make_answer(), nearest=(make_citation(1, "boats", "torn"),))
    right, wrong = make_answer(("boats", "torn")), make_answer(("boats", "late"))
    pairs = [(SHORT, right), (SHORT, near), (SHORT, near), (SHORT, wrong), (unanswerable, wrong), (unanswerable, near)]
    found = report_by_type([score_answer(*pair, get_text) for pair in pairs])[ALL_TYPES]
    assert found["assert_precision"] == pytest.approx(1 / 3)
    assert found["assert_recall"] == pytest.approx(1 / 4)
    assert found["helpful@3"] == pytest.approx(3 / 4)
    nothing = report_by_type([score_answer(SHORT, make_answer(), get_text)])[ALL_TYPES]
    assert (nothing["assert_precision"], nothing["assert_recall"]) == (0.0, 0.0)
    other = report_by_type([score_answer(make_question(locate("boats", "torn")), right, get_text)])[ALL_TYPES]
    assert "assert_precision" not in other


def test_dated_and_undated_questions_are_apart() -> None:
    """Questions with a day are one group; those without, and the same ones asked without it, are the other."""
    dated = replace(SHORT, batch_question=BatchQuestion(1, "?", asked_at=date(2025, 5, 4)))
    right, refused = make_answer(("boats", "torn")), make_answer()
    scores = [score_answer(dated, right, get_text), score_answer(SHORT, right, get_text)]
    found = report_by_type(scores, [score_answer(dated.without_day(), refused, get_text)])
    assert list(found) == ["what_said_about", "dated", "undated", ALL_TYPES]
    assert [found[name]["answered"] for name in ("dated", "undated", ALL_TYPES)] == [1.0, 0.5, 1.0]
    assert [found[name]["assert_recall"] for name in ("dated", "undated", ALL_TYPES)] == [1.0, 0.5, 1.0]


@pytest.mark.parametrize(
    ("question", "is_relative"),
    [
        ("Who won the race this week?", True),
        ("What did the council decide yesterday?", True),
        ("Who won the race?", False),
        ("Who won the race in May 2021?", False),
    ],
)
def test_questions_that_need_their_day(question: str, is_relative: bool) -> None:
    """A question is relative to its day if another day changes what it asks for."""
    asked = replace(SHORT, batch_question=BatchQuestion(1, question, asked_at=date(2025, 5, 4)))
    assert asked.is_dated
    assert asked.names_relative_time is is_relative
    assert not asked.without_day().is_dated


def test_times_median_and_95th_percentile() -> None:
    """Times are given as median and 95th percentile."""
    found = report_by_type([make_score(True, False, ms=float(ms)) for ms in range(1, 101)])[ALL_TYPES]
    assert (found["ms_p50"], found["ms_p95"]) == (50.5, 95.0)


def test_auroc_is_probability_of_right_order() -> None:
    """AUROC is the probability of the right order."""
    assert compute_auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert compute_auroc([0.5], [0.5]) == 0.5
    assert compute_auroc([0.1, 0.9], [0.5]) == 0.5
    assert compute_auroc([0.1], [0.5, 0.1, 0.2]) == pytest.approx(1 / 6)


def test_threshold_curve() -> None:
    """The curve shows the results at each threshold."""
    scores = [
        make_score(True, False, 0.9),
        make_score(True, False, 0.4),
        make_score(False, True, 0.3),
        make_score(False, False, 0.6),
    ]
    cuts = {cut.threshold: cut for cut in compute_risk_curve([*scores, make_score(True, False)])}
    assert len(cuts) == 19
    assert (cuts[0.05].coverage, cuts[0.05].risk, cuts[0.05].refusal_recall) == (1.0, 0.5, 0.0)
    half = cuts[0.5]
    assert (half.coverage, half.risk, half.refusal_precision, half.refusal_recall) == (0.5, 0.5, 0.5, 0.5)
    assert (cuts[0.95].coverage, cuts[0.95].risk, cuts[0.95].refusal_recall) == (0.0, 0.0, 1.0)
    assert report_by_type(scores)[ALL_TYPES]["refusal_auroc"] == 0.75


def test_threshold_curve_needs_both_kinds() -> None:
    """There is no curve without confidence or with only one kind of question."""
    assert compute_risk_curve([make_score(True, False), make_score(False, True)]) == []
    assert compute_risk_curve([make_score(True, False, 0.5)]) == []


# ------------------------------------------------------------------------------------------- statements


def make_statement(words: str, speaker: str | None, direct: bool = True) -> Statement:
    at = locate("boats", words)
    return Statement("boats", speaker, "said", at.start, at.end, direct, 0, len(BOATS))


def make_attribution(
    *words: str, speaker: str | None, direct: bool = True, source_type: str = "named"
) -> GoldAttribution:
    spans = tuple((at.start, at.end) for at in (locate("boats", one) for one in words))
    return GoldAttribution("boats", spans, direct, speaker, source_type)


def compare_statements(
    annotated: Sequence[GoldAttribution], stored: Sequence[Statement]
) -> dict[str, dict[str, float]]:
    return measure_statements([StatementComparison(BOATS, tuple(annotated), tuple(stored))])


def test_statement_exact_except_edge_marks() -> None:
    """A statement is exact except for the marks at its edges."""
    found = compare_statements(
        [make_attribution("The boats are late", speaker="Ada Quill")],
        [make_statement("“The boats are late,”", "A. Quill")],
    )["direct"]
    assert (found["annotations"], found["statements"]) == (1, 1)
    assert (found["content_recall"], found["content_recall_exact"], found["content_precision_exact"]) == (1, 1, 1)
    assert found["content_precision"] == pytest.approx(18 / 21)
    assert (found["pair_recall"], found["pair_precision"], found["pair_recall_named"]) == (1, 1, 1)


def test_overlap_needs_half_of_shorter() -> None:
    """An overlap must cover more than half of the shorter span."""
    annotated = [make_attribution("The boats are late", speaker="Ada Quill")]
    part = compare_statements(annotated, [make_statement("are late,” Ada Quill said", "Tom Brae")])["direct"]
    assert (part["content_recall"], part["statements"], part["pair_recall"]) == (0, 0, 0)
    most = compare_statements(annotated, [make_statement("boats are late", None)])["direct"]
    assert (most["content_recall"], most["content_recall_exact"], most["speaker_missing"]) == (1, 0, 1)
    assert "pair_precision" not in most


def test_nested_speech_uses_nearest_annotation() -> None:
    """Speech within speech is compared with the nearest annotation."""
    whole = make_attribution("the nets were torn. Sixty crates were lost", speaker="Ada Quill", direct=False)
    inner = make_attribution("Sixty crates were lost", speaker="Tom Brae", direct=False, source_type="pronoun")
    found = compare_statements([whole, inner], [make_statement("Sixty crates were lost", "Ada Quill", direct=False)])[
        "indirect"
    ]
    assert (found["pair_precision"], found["pair_precision_pronoun"]) == (0, 0)
    assert (found["pair_recall_named"], found["pair_recall_pronoun"]) == (1, 0)
    assert found["content_precision"] == 1.0


def test_direct_and_indirect_counted_separately() -> None:
    """Direct and indirect speech are counted separately, unjudged statements not at all."""
    found = compare_statements(
        [make_attribution("the nets were torn", speaker=None, direct=False)],
        [
            make_statement("the nets were torn", "Ada Quill", direct=False),
            make_statement("“The boats are late,”", "Tom Brae"),
        ],
    )
    assert found["direct"] == {"annotations": 0, "statements": 0}
    assert found["indirect"]["content_recall_exact"] == 1.0
    assert "pair_recall" not in found["indirect"]


def test_split_utterance_found_by_half() -> None:
    """An utterance in pieces is found if half of it is found."""
    pieces = [make_attribution("The boats are late", "the nets", speaker="Ada Quill")]
    found = compare_statements(pieces, [make_statement("The boats are late", "Ada Quill")])["direct"]
    assert (found["content_recall"], found["content_recall_exact"], found["pair_recall"]) == (1, 0, 1)


def test_surname_match_ignores_case_and_accents() -> None:
    """Surnames match regardless of case and accents."""
    assert is_same_surname("José Núñez", "NUNEZ")
    assert not is_same_surname("Ada Quill", "Ada Brae")


# ------------------------------------------------------------------------------------------------ files


def write_lines(path: Path, *records: object) -> Path:
    path.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in records), "utf-8")
    return path


def test_questions_needing_choices_skipped(tmp_path: Path) -> None:
    """Questions are read, and those that need choices are left out."""
    evidence = [{"article_id": "boats", "content_spans": [[1, 4]]}, {"article_id": "harbour"}]
    first = {"id": 7, "question": "Who?", "type": "who_said", "speaker": "Ada Quill", "evidence": evidence}
    second = {"id": "b", "question": "When?", "asked_at": "2031-05-06", "scope_article_ids": ["boats"]}
    file = write_lines(tmp_path / "q.jsonl", first, "", {"id": 8, "question": "Which?", "needs_choices": True}, second)
    one, two = read_questions(file)
    assert (one.batch_question.id, one.type, one.gold_spans) == (7, "who_said", (GoldSpan("boats", 1, 4),))
    assert one.article_ids == {"boats", "harbour"}
    assert two.batch_question == BatchQuestion("b", "When?", scope=("boats",), asked_at=date(2031, 5, 6))
    assert (two.answerable, two.type) == (True, "all")


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        ("{", "not valid JSON"),
        ("[]", "not an object"),
        ("[" * 100_000, "nested too deeply"),
        ({"question": "Who?"}, "no `id`"),
        ({"id": 1}, "not an object with a `question`"),
        ({"id": 1, "question": 2}, "not an object with a `question`"),
        ({"id": 1, "question": "Who?", "asked_at": "in May"}, "`asked_at` is not a date"),
        ({"id": 1, "question": "Who?", "type": "who_said"}, "no `speaker`"),
        ({"id": 1, "question": "Who?", "answers": [1]}, "`answers` is not a list of texts"),
        ({"id": 1, "question": "Who?", "evidence": ["a"]}, "`evidence` is not a list of objects"),
        ({"id": 1, "question": "Who?", "evidence": [{"content_spans": [[0, 1]]}]}, "no `article_id`"),
        (
            {"id": 1, "question": "Who?", "evidence": [{"article_id": "a", "content_spans": [[3, 2]]}]},
            "other than pairs",
        ),
        ({"id": 1, "question": "Who?", "scope_article_ids": "a"}, "`scope_article_ids` is not a list"),
    ],
)
def test_invalid_question_names_file_and_line(tmp_path: Path, record: Any, fault: str) -> None:
    """An invalid question is reported with file and line."""
    file = write_lines(tmp_path / "q.jsonl", {"id": 0, "question": "What?"}, record)
    with pytest.raises(ReadError, match=f"q.jsonl, line 2: .*{fault}"):
        read_questions(file)


@pytest.mark.parametrize("content", [None, "x", [], [[1]], [[1, "2"]], [[-1, 2]]])
def test_invalid_attribution_names_file_and_line(tmp_path: Path, content: object) -> None:
    """An invalid attribution is reported with file and line."""
    file = write_lines(tmp_path / "a.jsonl", {"article_id": "a", "content_spans": content})
    with pytest.raises(ReadError, match=r"a\.jsonl, line 1: .*`content_spans`"):
        read_attributions(file)


def test_unusable_files_named(tmp_path: Path) -> None:
    """Empty, missing and binary files are reported by name."""
    with pytest.raises(ReadError, match="contains no questions"):
        read_questions(write_lines(tmp_path / "empty.jsonl", ""))
    with pytest.raises(ReadError, match=r"none\.jsonl: cannot be read"):
        read_attributions(tmp_path / "none.jsonl")
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ReadError, match=r"binary\.jsonl: not UTF-8"):
        read_questions(tmp_path / "binary.jsonl")


def test_marked_words_must_occur_once() -> None:
    """Marked words are located in the article, where they must occur exactly once."""
    asked = GoldQuestion(BatchQuestion("q", "?"), unlocated_words=(("boats", "torn"),))
    assert locate_words(asked, get_text).gold_spans == (locate("boats", "torn"),)
    for words, fault in [("herring", "do not occur"), ("were", "more than once")]:
        with pytest.raises(ReadError, match=f"question q, article boats: .*{fault}"):
            locate_words(replace(asked, unlocated_words=(("boats", words),)), get_text)


# ------------------------------------------------------------------------------------------ the command


Evaluate = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run_evaluation(seeds: Assistant, capsys: pytest.CaptureFixture[str]) -> Evaluate:
    """Run `assistant eval` on the library over seeds/; returns exit code, stdout and stderr."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["eval", *map(str, arguments), "--index", str(seeds.config.index)])
        assert isinstance(ended.value.code, int)
        return (ended.value.code, *capsys.readouterr())

    return run


PILES = {
    "id": "piles",
    "question": "What did Valcourt say about the piles?",
    "evidence": [
        {"article_id": "2025-02-11-mayor-proposes-ferry-terminal.md", "evidence_words": ["paint will not save them"]}
    ],
}
POPE = {"id": "pope", "question": "What did the Pope say about the piles?", "type": "nobody", "answerable": False}


@pytest.fixture
def annotated_statement(seeds: Assistant) -> dict[str, Any]:
    """A gold annotation of a statement in one of the seeds."""
    article = seeds.article("2025-02-11-mayor-proposes-ferry-terminal.md")
    assert article is not None
    words = "are rotten, and paint will not save them."
    start = article.text.index(words)
    return {
        "article_id": article.id,
        "content_spans": [[start, start + len(words)]],
        "direct_quote": True,
        "speaker": "Idris Valcourt",
        "source_type": "named",
    }


def test_answers_measured_and_saved(run_evaluation: Evaluate, tmp_path: Path) -> None:
    """Answers are measured and saved."""
    questions, saved = write_lines(tmp_path / "q.jsonl", PILES, POPE), tmp_path / "answers.jsonl"
    code, out, err = run_evaluation(questions, "--json", "--curve", "--answers", saved)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert list(found) == ["all", "nobody", ALL_TYPES, "runs_on", "curve"]
    assert (found["all"]["quote_exact"], found["nobody"]["abstained_right"]) == (1.0, 1.0)
    assert [json.loads(line)["id"] for line in saved.read_text("utf-8").splitlines()] == ["piles", "pope"]


def test_dated_questions_are_asked_again_without_day(run_evaluation: Evaluate, tmp_path: Path) -> None:
    """Questions with a day are measured with and without it, unless they need it; the saved answers are the first."""
    dated = {**PILES, "id": "dated", "asked_at": "2025-02-12"}
    relative = {**POPE, "question": "What did the Pope say last week?", "asked_at": "2025-02-12"}
    saved = tmp_path / "answers.jsonl"
    code, out, _ = run_evaluation(write_lines(tmp_path / "q.jsonl", dated, relative), "--json", "--answers", saved)
    assert code == 0
    found = json.loads(out)
    assert [found[name]["n"] for name in ("dated", "undated", ALL_TYPES)] == [2, 1, 2]
    assert len(saved.read_text("utf-8").splitlines()) == 2
    code, out, _ = run_evaluation(write_lines(tmp_path / "q.jsonl", dated, relative))
    assert out.splitlines()[0].split() == ["all", "nobody", "dated", "undated", "ALL"]


def test_table_names_each_metric_once(run_evaluation: Evaluate, tmp_path: Path) -> None:
    """The table names each metric once."""
    code, out, _ = run_evaluation("answers", write_lines(tmp_path / "q.jsonl", PILES, POPE), "--curve")
    assert code == 0
    assert out.splitlines()[0].split() == ["all", "nobody", "ALL"]
    assert out.count("quote_exact") == 1


def test_statements_measured(run_evaluation: Evaluate, annotated_statement: dict[str, Any], tmp_path: Path) -> None:
    """Statements are measured."""
    file = write_lines(tmp_path / "a.jsonl", annotated_statement)
    code, out, _ = run_evaluation("statements", file, "--json")
    found = json.loads(out)
    assert (code, found["direct"]["annotations"], found["direct"]["pair_recall"]) == (0, 1, 1.0)
    assert found["speed"]["statements_per_second"] > 0
    code, out, _ = run_evaluation("statements", file)
    assert code == 0
    assert "pair_precision_named" in out
    assert "per second" in out


def test_missing_articles_named(run_evaluation: Evaluate, tmp_path: Path) -> None:
    """Articles that the library lacks are reported by name."""
    elsewhere = {"article_id": "elsewhere", "content_spans": [[0, 1]]}
    code, _, err = run_evaluation("statements", write_lines(tmp_path / "a.jsonl", elsewhere))
    assert code == 1
    assert "elsewhere" in err
    assert "none of the annotated articles" in err


def test_input_errors_are_one_line(run_evaluation: Evaluate, tmp_path: Path) -> None:
    """An invalid line and an unwritable file are reported in one line each."""
    code, out, err = run_evaluation(write_lines(tmp_path / "q.jsonl", PILES, "{"))
    assert (code, out) == (1, "")
    assert "q.jsonl, line 2: not valid JSON" in err
    questions = write_lines(tmp_path / "q.jsonl", PILES)
    code, _, err = run_evaluation(questions, "--answers", questions)
    assert (code, read_questions(questions)[0].batch_question.id) == (2, "piles")
    code, _, err = run_evaluation(questions, "--answers", tmp_path / "none" / "answers.jsonl")
    assert code == 1
    assert "answers.jsonl: cannot be written" in err


def test_every_metric_explained() -> None:
    """Every metric is explained."""
    asked = make_question(locate("boats", "torn"))
    fact = GoldQuestion(
        BatchQuestion(2, "?"), "fact", answers=("late",), article_ids=frozenset({"boats"}), short_answers=True
    )
    who = GoldQuestion(BatchQuestion(3, "?"), "who_said", speaker="Ada Quill", answerable=True)
    answer = replace(make_answer(("boats", "torn")), confidence=0.5, timings={"total_ms": 1.0})
    scores = [
        score_answer(one, answer, get_text)
        for one in (asked, fact, who, GoldQuestion(BatchQuestion(4, "?"), answerable=False))
    ]
    assert set(report_by_type(scores)[ALL_TYPES]) == set(ANSWER_METRICS)
    cut = compute_risk_curve([make_score(True, False, 0.5), make_score(False, True, 0.5)])[0]
    assert set(asdict(cut)) == set(CURVE_METRICS)
    measured = compare_statements(
        [make_attribution("torn", speaker="Ada Quill", source_type="other")], [make_statement("torn", "Ada Quill")]
    )
    assert set(measured["direct"]) == set(STATEMENT_METRICS)

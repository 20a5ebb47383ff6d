"""Training on made-up data: what is read, drawn and learned, and that a run resumes."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from assistant.config.schema import EmbeddingSettings
from assistant.embedding.model_files import locate_model
from assistant.evaluation.datasets import read_questions
from assistant.ranking.rows import MAX_WINDOW_TOKENS, Row, RowEncoder
from assistant.ranking.weights import load_tokenizer
from tests.training import reading
from tests.training.batches import WRONG, WRONG_COMPARED, Example, ExampleMaker
from tests.training.negatives import HARD, choose_negatives
from tests.training.reading import Corpus, join_tokens, read_corpus
from tests.training.scoring import measure, rate_ranking, read_candidates
from tests.training.windows import WINDOWS, WindowMaker


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small set of each kind."""
    towns = ["Saltmere", "Oudeberg", "Val Morena"]
    texts = [f"{town} has {number} cranes, no dues." for number, town in enumerate(towns, 4)]
    selqa = [
        {"question": f"How many cranes has {town}?", "title": "Harbours", "sentences": [*texts, ""], "right": [place]}
        for place, town in enumerate(towns)
    ]
    (tmp_path / "selqa.jsonl").write_text("".join(json.dumps(row) + "\n" for row in selqa), encoding="utf-8")
    context = "The dues rise in April. The ferry lines object to the dues."
    squad = {"data": [{"title": "Harbour_dues", "paragraphs": [{"context": context, "qas": [
        {"question": "When do dues rise?", "is_impossible": False, "answers": [{"text": "April", "answer_start": 17}]},
        {"question": "When do dues fall?", "is_impossible": True, "answers": []},
    ]}]}]}  # fmt: skip
    (tmp_path / "squad2-8-articles.json").write_text(json.dumps(squad), encoding="utf-8")
    sentences = {"w:wikipedia:1:0:0": "Dogs -LRB- two -RRB- slept .", "w:wikipedia:1:0:1": "Cats watched the dogs ."}
    rows = [f"{key}\t{text}\n" for key, text in sentences.items()]
    (tmp_path / "qamr-sentences.tsv").write_text("".join(rows), encoding="utf-8")
    (tmp_path / "qamr.tsv").write_text(
        "w:wikipedia:1:0:0\tHow many dogs slept?\t2\nw:wikipedia:1:0:0\tWhat is it?\t0\n", encoding="utf-8"
    )
    paragraph = "Oudeberg Fair -LRB- two days -RRB- opened in 1911 . It `` moved '' to Tarn - Head in 1930 ."
    qed = {
        "example_id": 1,
        "question_text": "where did oudeberg fair move to",
        "title_text": "Oudeberg Fair",
        "paragraph_text": paragraph,
        "sentence_starts": [0, paragraph.index("It")],
        "original_nq_answers": [[{"start": paragraph.index("Tarn"), "end": paragraph.index(" in 1930")}]],
    }
    (tmp_path / "qed-dev.jsonl").write_text(json.dumps(qed) + "\n", encoding="utf-8")
    passage = {"title": "Oudeberg", "sentences": ["It is a port -LRB- small -RRB- .", "It has a fair ."]}
    clapnq = [
        {"id": "1", "input": question, "passages": [passage], "output": [{"selected_sentences": selected}]}
        for question, selected in (("what is oudeberg", passage["sentences"][:1]), ("who rules oudeberg", []))
    ]
    write_lines(tmp_path / "clapnq_dev.jsonl", clapnq)
    return tmp_path


def test_sets_are_read(data: Path) -> None:
    """Right and wrong sentences, the words that answer, and questions without an answer."""
    corpus = read_corpus(data, 1)
    texts = [sentence.text for sentence in corpus.sentences]
    asked = {one.question: one for one in corpus.questions}
    assert [texts[one] for one in asked["How many cranes has Oudeberg?"].right] == ["Oudeberg has 5 cranes, no dues."]
    assert len(asked["How many cranes has Oudeberg?"].wrong) == 2
    when = asked["When do dues rise?"]
    (right,) = when.right
    assert texts[right][slice(*when.spans[right])] == "April"
    assert (asked["When do dues fall?"].right, len(asked["When do dues fall?"].wrong)) == ([], 2)
    dogs = asked["How many dogs slept?"]
    assert texts[dogs.right[0]][slice(*dogs.spans[dogs.right[0]])] == "two"
    assert [texts[one] for one in dogs.wrong] == ["Cats watched the dogs."]
    assert "What is it?" not in asked
    fair = asked["where did oudeberg fair move to"]
    assert texts[fair.right[0]] == "It “moved” to Tarn-Head in 1930."
    assert texts[fair.right[0]][slice(*fair.spans[fair.right[0]])] == "Tarn-Head"
    assert [texts[one] for one in fair.wrong] == ["Oudeberg Fair (two days) opened in 1911."]
    what, who = asked["what is oudeberg"], asked["who rules oudeberg"]
    assert [texts[one] for one in (*what.right, *what.wrong)] == ["It is a port (small).", "It has a fair."]
    assert (who.right, len(who.wrong)) == ([], 2)


def test_own_questions_are_read_with_the_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences that overlap the marked words are right; questions on held-out articles are left out."""
    text = "The dues rise in April.\n\nThe ferry lines object."
    found = [{"id": f"a{n}", "url": f"u{n}", "title": "Dues", "text": f"{text} No. {n}."} for n in range(2)]
    kept = [{"id": row["id"], "url": row["url"], "sha256": sha256(row["text"].encode()).hexdigest()} for row in found]
    questions: list[dict[str, object]] = [
        {"id": "q", "article": row["id"], "question": f"{row['id']}, dearer when?", "answerable": True,
         "answers": ["April"], "evidence": [{"article_id": row["id"], "content_spans": [[4, 22]]}]}
        for row in found
    ] + [{"id": "q", "article": "a1", "question": "who profits", "answerable": False, "evidence": []}]  # fmt: skip
    for name, rows in (("ASKED_QUESTIONS", questions), ("ASKED_ARTICLES", kept)):
        write_lines(tmp_path / name, rows)
        monkeypatch.setattr(reading, name, tmp_path / name)
    write_lines(tmp_path / "articles.jsonl", found)
    corpus = read_corpus(tmp_path, 1)
    when, who = corpus.questions
    assert when.question == "a1, dearer when?"
    assert corpus.sentences[when.right[0]].text[slice(*when.spans[when.right[0]])] == "April"
    assert (when.wrong, who.right, len(who.wrong)) == (who.wrong[1:], [], 1 + len(when.wrong))
    write_lines(tmp_path / "articles.jsonl", found[:1])
    with pytest.raises(ValueError, match="no article with the text of u1"):
        read_corpus(tmp_path, 1)


def test_own_questions_are_whole() -> None:
    """Every question is on an article of the list, and marks an answer if it has one."""
    articles = {row["id"] for row in read_lines(reading.ASKED_ARTICLES)}
    rows = read_lines(reading.ASKED_QUESTIONS)
    assert {row["article"] for row in rows} == articles
    assert all(row["answerable"] == bool(row["evidence"]) for row in rows)
    assert len(read_questions(reading.ASKED_QUESTIONS)) == len(rows) > 2000


def test_own_questions_are_drawn_with_compared_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six are read, most of them compared in use; at times none of them is right."""
    text = "The dues rise in April. " + " ".join(f"Ferry line {n} objects." for n in range(9))
    found = [{"id": f"a{n}", "url": "u", "title": "Dues", "text": f"{text} No. {n}."} for n in range(2)]
    kept = [{**row, "sha256": sha256(str(row["text"]).encode()).hexdigest()} for row in found]
    row = {"id": "q", "article": "a1", "question": "dearer when", "answerable": True,
           "evidence": [{"article_id": "a1", "content_spans": [[4, 22]]}]}  # fmt: skip
    for name, rows in (("ASKED_QUESTIONS", [row]), ("ASKED_ARTICLES", kept)):
        write_lines(tmp_path / name, rows)
        monkeypatch.setattr(reading, name, tmp_path / name)
    write_lines(tmp_path / "articles.jsonl", found)
    wrong = [["Quays", f"Quay {n} was dear."] for n in range(10)]
    write_lines(tmp_path / reading.COMPARED, [{"id": "q", "wrong": wrong}])
    corpus = read_corpus(tmp_path, 1)
    numbers = [*range(len(corpus.sentences))]
    assert [corpus.sentences[one].text for one in corpus.questions[0].compared] == [text for _, text in wrong]
    assert choose_negatives(corpus) == [corpus.questions[0].compared[:HARD]]
    maker = make_maker(corpus)
    examples = [maker.draw(0, random.Random(seed)) for seed in numbers]
    assert {len(example.rows) for example in examples} == {1 + WRONG_COMPARED}
    assert {sum(example.right) for example in examples} == {0, 1}


def test_own_questions_are_drawn_with_what_is_read_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The windows of the program, also of articles that no question is on; at times no sentence of them is right."""
    text = "The dues rise in April. " + " ".join(f"Ferry line {n} objects." for n in range(9))
    found = [{"id": f"a{n}", "url": "u", "title": "Dues", "text": f"{text} No. {n}."} for n in range(3)]
    kept = [{**row, "sha256": sha256(str(row["text"]).encode()).hexdigest()} for row in found[:2]]
    row = {"id": "q", "article": "a1", "question": "dearer when", "answerable": True,
           "evidence": [{"article_id": "a1", "content_spans": [[4, 22]]}]}  # fmt: skip
    for name, rows in (("ASKED_QUESTIONS", [row]), ("ASKED_ARTICLES", kept)):
        write_lines(tmp_path / name, rows)
        monkeypatch.setattr(reading, name, tmp_path / name)
    write_lines(tmp_path / "articles.jsonl", found)
    windows = [["a1", [0, 24]], ["a0", [0, 24, 46]], ["a2", [46, 68]], ["a0", [68, 90]]]
    write_lines(tmp_path / reading.WINDOWS, [{"id": "q", "windows": windows}])
    corpus = read_corpus(tmp_path, 1)
    (asked,) = corpus.questions
    assert [corpus.sentences[one].text for one in asked.windows[2]] == [
        "Ferry line 1 objects.",
        "Ferry line 2 objects.",
    ]
    encoder = RowEncoder(load_tokenizer(locate_model(EmbeddingSettings()).folder), MAX_WINDOW_TOKENS)
    negatives = choose_negatives(corpus, elsewhere=True)
    assert len(negatives[0]) == HARD
    maker = WindowMaker(corpus, negatives, encoder)
    examples = [maker.draw(0, random.Random(seed)) for seed in range(40)]
    assert max(len(example.rows) for example in examples) == WINDOWS
    assert {sum(example.right) for example in examples} == {0, 1}
    assert max(len(row.sentences) for example in examples for row in example.rows) > 2


def test_no_right_sentence_is_learned() -> None:
    """Where none is right, the loss is the smaller the lower all scores are; where one is, the higher it alone is."""
    import torch

    from tests.training.loop import compute_loss

    def measure_with(scores: Sequence[float], *, answerable: bool, together: bool) -> float:
        row = Row([1, *(2 for _ in scores)], [0, *(2 for _ in scores)], [(n + 1, [(0, 1)]) for n in range(len(scores))])
        rows = [row] if together else [Row([1, 2], [0, 2], [(1, [(0, 1)])]) for _ in scores]

        def model(*_: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            odds = [[0.0, *scores]] if together else [[score, score] for score in scores]
            return torch.tensor(odds, dtype=torch.float), torch.zeros(len(odds), len(odds[0]), 2)

        example = Example(rows, [answerable, *(False for _ in scores[1:])], [])
        return float(compute_loss(model, [example], 0.3, together=together))  # type: ignore[arg-type]

    for together in (False, True):
        measure = partial(measure_with, together=together)
        assert measure([-3, -3], answerable=False) < measure([3, -3], answerable=False)
        assert measure([3, -3], answerable=True) < min(
            measure(scores, answerable=True) for scores in ([-3, -3], [3, 3], [-3, 3])
        )


def test_weights_of_runs_are_averaged() -> None:
    """Each tensor is the mean of those of the runs."""
    import torch

    from tests.training.loop import average_tensors

    runs = [{"score": torch.tensor([value, 2.0]).half()} for value in (1.0, 4.0)]
    assert average_tensors(runs)["score"].tolist() == [2.5, 2.0]


def test_tokens_are_joined() -> None:
    """Tokens of the treebank become a text as it was printed."""
    text, spans = join_tokens("`` No , '' he said -LRB- at 5 % -RRB- .".split())
    assert text == "“ No,” he said (at 5%)." or text == "“No,” he said (at 5%)."
    assert text[slice(*spans[-3])] == "%"


def write_lines(file: Path, rows: Sequence[Mapping[str, object]]) -> None:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def read_lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def make_maker(corpus: Corpus) -> ExampleMaker:
    negatives = choose_negatives(corpus)
    for asked, chosen in zip(corpus.questions, negatives, strict=True):
        assert len(chosen) <= HARD
        assert not set(chosen) & set(asked.right)
    return ExampleMaker(corpus, negatives, RowEncoder(load_tokenizer(locate_model(EmbeddingSettings()).folder)))


def test_examples_are_drawn(data: Path) -> None:
    """The right pair is the first; the same seed draws the same; the tokens of the words are found."""
    corpus = read_corpus(data, 1)
    maker = make_maker(corpus)
    number = next(n for n, asked in enumerate(corpus.questions) if asked.question == "When do dues rise?")
    example = maker.draw(number, random.Random(1))
    assert example == maker.draw(number, random.Random(1))
    assert len(example.rows) == 1 + WRONG
    assert example.right == [True] + [False] * WRONG
    ((place, start, end),) = example.spans
    ((first, offsets),) = example.rows[place].sentences
    right = corpus.sentences[corpus.questions[number].right[0]].text
    assert right[offsets[start - first][0] : offsets[end - first][1]] == "April"
    impossible = maker.draw(number + 1, random.Random(1))
    assert (any(impossible.right), impossible.spans) == (False, [])
    batch = next(maker.batches(4, 1))
    assert len(batch) == 4


def make_bert(folder: Path) -> Path:
    """A tiny BERT with random weights and as many tokens as the packaged embedder."""
    import torch  # here, so that one process of the tests needs it
    from transformers import AutoConfig, AutoModel

    torch.manual_seed(1)
    config = AutoConfig.for_model(
        "bert", hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16
    )
    AutoModel.from_config(config).save_pretrained(folder)  # type: ignore[no-untyped-call]
    return folder


@pytest.mark.campaign
@pytest.mark.slow
def test_training_learns_and_resumes(data: Path) -> None:
    """The loss falls; a run in two parts ends with the weights of one that was not stopped."""
    import torch
    from safetensors.torch import load_file

    from tests.training.loop import Schedule, train
    from tests.training.model import RowModel

    corpus = read_corpus(data, 1)
    folder = make_bert(data / "bert")
    results, averages = [], []
    for name, stops in (("whole", [40]), ("parts", [20, 40])):
        lines: list[str] = []
        out = data / name
        out.mkdir()
        for stop in stops:
            torch.manual_seed(1)
            model = RowModel(folder, frozen_layers=1)
            schedule = Schedule(40, size=2, rate=0.01, warm_up=2, every=20, report=20)
            train(model, make_maker(corpus), schedule, out, lines.append, stop=stop)
        losses = [float(line.split("loss ")[1].split(",")[0]) for line in lines]
        assert losses[-1] < losses[0] or name == "parts"
        results.append(model.trained_state())
        averages.append(load_file(out / "averaged.safetensors"))
        assert averages[-1].keys() == load_file(out / "trained.safetensors").keys()
    assert results[0].keys() == results[1].keys()
    for tensor, other in zip(results[0].values(), results[1].values(), strict=True):
        assert torch.allclose(tensor, other, atol=1e-5)
    assert any(not torch.equal(value, results[0][name].half()) for name, value in averages[0].items())
    assert all(torch.allclose(value, averages[1][name], atol=1e-3) for name, value in averages[0].items())
    with pytest.raises(ValueError, match="not the tensors of this model"):
        model.load_trained({})
    deeper = RowModel(folder, frozen_layers=0)
    before, above, name = deeper.trained_state(), model.trained_state(), "output.dense.weight"
    lowest = before[f"upper.0.{name}"].clone()
    deeper.load_trained(above)
    after = deeper.trained_state()
    assert torch.equal(after[f"upper.0.{name}"], lowest)
    assert torch.equal(after[f"upper.1.{name}"], above[f"upper.0.{name}"])
    assert torch.equal(deeper.segment[1:], model.segment)
    assert not deeper.segment[0].any()


def test_ranking_is_rated(tmp_path: Path) -> None:
    """Average precision and reciprocal rank of a ranking; questions without a right candidate do not count."""
    assert rate_ranking([1.0, 3.0, 2.0], [True, False, True]) == pytest.approx(((1 / 2 + 2 / 3) / 2, 0.5))
    articles = [{"id": str(n), "title": None, "text": f"text {n}"} for n in range(3)]
    questions = [
        {"question": "q", "evidence": [{"article_id": "1"}], "scope_article_ids": ["0", "1", "2"]},
        {"question": "none", "evidence": [], "scope_article_ids": ["0"]},
    ]
    for name, rows in (("articles", articles), ("questions", questions)):
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = read_candidates(tmp_path / "questions", tmp_path / "articles")
    assert [asked.texts[1] for asked in found] == [("", "text 1")]
    assert measure(found, lambda _, texts: [float(text == "text 1") for _, text in texts]) == (1.0, 1.0)

"""Trains the ranker, and measures it.

    python -m tests.training train DATA --out FOLDER [--steps N] [--threads N] [--seed N] [--rate R]
                                                    [--from TRAINED.safetensors] [--shares SET=SHARE …]
                                                    [--stop STEP] [--frozen LAYERS] [--windows] [--bf16]
    python -m tests.training windows INDEX --out FILE.jsonl [--without QUESTIONS.jsonl …]
    python -m tests.training candidates INDEX --out FILE.jsonl [--without QUESTIONS.jsonl …]
    python -m tests.training average TRAINED.safetensors … --out FILE.safetensors
    python -m tests.training quantize TRAINED.safetensors DATA --out FILE.safetensors [--windows]
    python -m tests.training score TRAINED.safetensors QUESTIONS.jsonl ARTICLES.jsonl
    python -m tests.training weights INDEX=QUESTIONS.jsonl[=WEIGHT] … [--dated INDEX=QUESTIONS.jsonl[=WEIGHT]]
                                                                 [--last-stage]
    python -m tests.training statements DATA
    python -m tests.training pronouns DATA

DATA has selqa.jsonl, squad2-*.json, tydiqa-*.json, qamr.tsv with qamr-sentences.tsv, qed-*.jsonl, clapnq_*.jsonl and
articles.jsonl (those of the questions in tests/training/data), or some of these. --shares says how many of the
questions come from each set (selqa, squad, tydiqa, qamr, qed, clapnq, asked). --frozen: so many layers from below stay
those of the embedder. --from goes on from trained weights, also from those of a run with more frozen layers. A run that
was stopped, also by --stop, resumes when it is started again with the same options; one that has not begun to slow down
can be prolonged with more --steps. --windows trains what reads sentences with those around them; --bf16 computes in
bfloat16 where torch deems that safe.

`candidates` asks the questions in tests/training/data on an index and writes, as asked-candidates.jsonl in DATA, the
wrong sentences that the program would let the ranker read. Left out are sentences of articles that hold an answer to
the questions of --without, and those of held-out articles.

`windows` writes, as asked-windows.jsonl in DATA, what lies around the best sentences by words, to be read together.

`average` writes the mean of trained weights of runs that went on one from the other.

`quantize` writes them with integers for the layers, as they are packaged; the training questions show how large the
inputs of the layers are.

`weights` fits the weights of the sentences that answer a question of fact, on several sets at once, and prints them. A
set is the folder of an index, a file of questions as for `assistant eval`, and how much the set counts (1).
--last-stage: only what the ranker reads is weighed anew.

`statements` counts the judged statements of tests/training/data that the program still finds, and how many faults a
fit on other articles, or on a share of them, tells from right ones; of DATA it needs articles.jsonl.

`pronouns` counts how many of the judged pronouns are given to the right person, to a wrong one or to nobody, by the
rules and by a fit on other articles, and prints the weights of a fit on all; of DATA it needs articles.jsonl.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.training.batches import ExampleMaker


def run_training(options: argparse.Namespace) -> None:
    import torch

    from assistant.config.schema import EmbeddingSettings
    from assistant.embedding.model_files import locate_model
    from tests.training.loop import Schedule, train
    from tests.training.model import RowModel
    from tests.training.quantizing import load_state

    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    maker = _make_examples(options)
    torch.manual_seed(options.seed)
    model = RowModel(locate_model(EmbeddingSettings()).folder, options.frozen)
    if options.begin:
        model.load_trained(load_state(options.begin))
    schedule = Schedule(
        options.steps, rate=options.rate, seed=options.seed, together=options.windows, bf16=options.bf16
    )
    train(model, maker, schedule, options.out, lambda line: print(line, flush=True), stop=options.stop)


def run_quantizing(options: argparse.Namespace) -> None:
    from safetensors.torch import save_file

    from assistant.config.schema import EmbeddingSettings
    from assistant.embedding.model_files import locate_model
    from tests.training.model import RowModel
    from tests.training.quantizing import BATCH, load_state, quantize

    if options.questions < BATCH:
        raise SystemExit(f"--questions {options.questions}: give at least {BATCH}, which are one batch")

    model = RowModel(locate_model(EmbeddingSettings()).folder).eval()
    model.load_trained(load_state(options.trained))
    batches = islice(_make_examples(options).batches(BATCH, options.seed), options.questions // BATCH)
    save_file(quantize(model, [row for batch in batches for example in batch for row in example.rows]), options.out)


def _make_examples(options: argparse.Namespace) -> ExampleMaker:
    """Examples from the sets in the folder `data`, by `shares`."""
    from assistant.config.schema import EmbeddingSettings
    from assistant.embedding.model_files import locate_model
    from assistant.ranking.rows import MAX_TOKENS, MAX_WINDOW_TOKENS, RowEncoder
    from assistant.ranking.weights import load_tokenizer
    from tests.training.batches import SHARES, ExampleMaker
    from tests.training.negatives import choose_negatives
    from tests.training.reading import read_corpus
    from tests.training.windows import WindowMaker

    corpus = read_corpus(options.data, options.seed)
    print(f"{len(corpus.questions)} questions, {len(corpus.sentences)} sentences", flush=True)
    shares = {name: float(share) for name, share in (text.split("=") for text in options.shares)} or SHARES
    tokenizer = load_tokenizer(locate_model(EmbeddingSettings()).folder)
    if options.windows:
        encoder = RowEncoder(tokenizer, MAX_WINDOW_TOKENS)
        return WindowMaker(corpus, choose_negatives(corpus, elsewhere=True), encoder, shares)
    return ExampleMaker(corpus, choose_negatives(corpus), RowEncoder(tokenizer, MAX_TOKENS), shares)


def run_candidates(options: argparse.Namespace) -> None:
    from assistant.config.schema import Config
    from assistant.engine import Assistant
    from assistant.evaluation.datasets import read_questions
    from tests.training.candidates import write_candidates, write_windows
    from tests.training.reading import ASKED_QUESTIONS, list_held_out
    from tests.training.sentence_weights import ask_set

    without = list_held_out().union(*(each.article_ids for path in options.without for each in read_questions(path)))
    asked = ask_set(Assistant(Config(index=options.index)), read_questions(ASKED_QUESTIONS), 1.0, dated=False)
    (write_windows if options.windows else write_candidates)(asked, without, options.out)


def run_averaging(options: argparse.Namespace) -> None:
    from tests.training.loop import average_tensors, save_half
    from tests.training.quantizing import load_state

    save_half(average_tensors([load_state(path) for path in options.trained]), options.out)


def run_scoring(options: argparse.Namespace) -> None:
    import numpy as np

    from assistant.config.schema import EmbeddingSettings
    from assistant.embedding.embedder import embed_truncated, load_embedder
    from assistant.embedding.model_files import locate_model
    from assistant.ranking.openvino_ranker import OpenVinoReader, read_alone
    from assistant.ranking.rows import end_title
    from assistant.ranking.weights import ensure_graph
    from assistant.system.files import compute_file_sha256
    from tests.training.scoring import measure, read_candidates

    reader = OpenVinoReader(*ensure_graph(options.trained, compute_file_sha256(options.trained)))
    embedder = load_embedder(locate_model(EmbeddingSettings()), EmbeddingSettings())
    found = {}
    questions = read_candidates(options.questions, options.articles)
    for asked in questions:
        texts = [f"{end_title(title)} {text}".strip() for title, text in asked.texts]
        vectors = embed_truncated([asked.question, *texts], embedder)
        scores = [each.score for each in read_alone(reader, asked.question, asked.texts)]
        found[asked.question] = (np.array(scores), vectors[1:] @ vectors[0])
    for name, own, cosine in (("ranker", 1.0, 0.0), ("cosine", 0.0, 1.0), ("both", 0.125, 2.0)):
        mixed = {asked: own * first + cosine * second for asked, (first, second) in found.items()}
        figures = measure(questions, partial(_look_up, mixed))
        print(f"{name:7} MAP {figures[0]:.3f}  MRR {figures[1]:.3f}  ({len(questions)} questions)")


def run_fitting(options: argparse.Namespace) -> None:
    from assistant.config.schema import Config
    from assistant.engine import Assistant
    from assistant.evaluation.datasets import read_questions
    from tests.training.sentence_weights import Asked, ask_set, fit_stages

    asked: list[Asked] = []
    for dated, sets in ((False, options.sets), (True, options.dated)):
        for text in sets:
            index, questions, *rest = text.split("=")
            config = Config(index=Path(index))
            asked += ask_set(Assistant(config), read_questions(Path(questions)), float(*rest or (1,)), dated=dated)
            print(f"# {text}: {len(asked)} questions so far", flush=True)
    for name, weights in fit_stages(asked, last_only=options.last_stage).items():
        print(f"{name} = {weights}")


def run_judging(options: argparse.Namespace) -> None:
    from tests.training.reading import read_texts
    from tests.training.statement_weights import (
        JUDGED,
        LOST,
        count_found,
        count_judged,
        estimate_left_out,
        read_judgements,
    )

    judged = read_judgements(JUDGED, read_texts(options.data / "articles.jsonl"))
    for (kind, judgement), count in sorted(count_judged(judged).items()):
        print(f"{kind:8} {judgement:21} {count:5}")
    right = sum(each.judgement == "right" for each in judged)
    indirect = [each for each in judged if not each.direct]
    for share in (0.25, 0.5, 1.0):
        odds = estimate_left_out(indirect, share)
        for lost in LOST:
            found = count_found(indirect, odds, round(lost * right))
            print(f"fitted on {share:.0%}, {lost:.0%} of the right ones lost: {dict(found)}", flush=True)


def run_pronouns(options: argparse.Namespace) -> None:
    from tests.training.pronoun_weights import (
        JUDGED_PRONOUNS,
        choose_left_out,
        count_outcomes,
        fit_pronouns,
        read_pronouns,
    )
    from tests.training.reading import read_texts

    judged = read_pronouns(JUDGED_PRONOUNS, read_texts(options.data / "articles.jsonl"))
    print(f"# rules: {dict(count_outcomes(judged, [each.found for each in judged]))}")
    print(f"# fitted on other articles: {dict(count_outcomes(judged, choose_left_out(judged)))}", flush=True)
    print(f"WEIGHTS = {dict(sorted(fit_pronouns(judged).items()))}")


def _look_up(scores: dict[str, Any], question: str, texts: Sequence[tuple[str, str]]) -> list[float]:
    return list(scores[question])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    training = commands.add_parser("train")
    training.add_argument("data", type=Path)
    training.add_argument("--out", type=Path, required=True)
    training.add_argument("--steps", type=int, default=2000)
    training.add_argument("--threads", type=int, default=1)
    training.add_argument("--seed", type=int, default=1)
    training.add_argument("--rate", type=float, default=1e-4)
    training.add_argument("--from", dest="begin", type=Path)
    training.add_argument("--shares", nargs="*", default=[])
    training.add_argument("--stop", type=int)
    training.add_argument("--frozen", type=int, default=0)
    training.add_argument("--windows", action="store_true")
    training.add_argument("--bf16", action="store_true")
    training.set_defaults(run=run_training)
    for name in ("candidates", "windows"):
        comparing = commands.add_parser(name)
        comparing.add_argument("index", type=Path)
        comparing.add_argument("--out", type=Path, required=True)
        comparing.add_argument("--without", type=Path, nargs="*", default=[])
        comparing.set_defaults(run=run_candidates, windows=name == "windows")
    averaging = commands.add_parser("average")
    averaging.add_argument("trained", type=Path, nargs="+")
    averaging.add_argument("--out", type=Path, required=True)
    averaging.set_defaults(run=run_averaging)
    quantizing = commands.add_parser("quantize")
    quantizing.add_argument("trained", type=Path)
    quantizing.add_argument("data", type=Path)
    quantizing.add_argument("--out", type=Path, required=True)
    quantizing.add_argument("--questions", type=int, default=200)
    quantizing.add_argument("--seed", type=int, default=1)
    quantizing.add_argument("--shares", nargs="*", default=[])
    quantizing.add_argument("--windows", action="store_true")
    quantizing.set_defaults(run=run_quantizing)
    scoring = commands.add_parser("score")
    scoring.add_argument("trained", type=Path)
    scoring.add_argument("questions", type=Path)
    scoring.add_argument("articles", type=Path)
    scoring.set_defaults(run=run_scoring)
    fitting = commands.add_parser("weights")
    fitting.add_argument("sets", nargs="+")
    fitting.add_argument("--dated", nargs="*", default=[])
    fitting.add_argument("--last-stage", action="store_true")
    fitting.set_defaults(run=run_fitting)
    judging = commands.add_parser("statements")
    judging.add_argument("data", type=Path)
    judging.set_defaults(run=run_judging)
    pronouns = commands.add_parser("pronouns")
    pronouns.add_argument("data", type=Path)
    pronouns.set_defaults(run=run_pronouns)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()

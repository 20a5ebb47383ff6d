"""Reads the sets of questions into one form. What they are and their licences: docs/ranker.md."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.text.sentences import sentence_spans

ASKED_QUESTIONS = Path(__file__).parent / "data" / "asked.questions.jsonl"  # in the form that `assistant eval` reads
ASKED_ARTICLES = ASKED_QUESTIONS.with_name("asked.articles.jsonl")
OWN_ARTICLES = ASKED_QUESTIONS.with_name("own.articles.jsonl")  # the texts of those that were written for the questions
COMPARED = "asked-candidates.jsonl"  # written by `python -m tests.training candidates`; see candidates.py
WINDOWS = "asked-windows.jsonl"  # written by `python -m tests.training windows`; see candidates.py
HELD_OUT_EVERY = 7  # articles: the questions on one of them are not trained on
MAX_PER_SENTENCE = 3  # questions on one sentence of QAMR: they have some 35 each, and much alike
MAX_SELECTED = 4  # sentences of CLAPNQ that an answer needs; where it needs more, none of them answers alone
MIN_CONTENT_WORDS = 2  # of a question of QAMR: "What is distinctive?" is answered by anything

_FUNCTION_WORDS = frozenset(
    "a an and any are as at be been being by can could did do does for from had has have he her his how i if in "
    "into is it its many much of on or she should someone something that the their them they this to was were "
    "what when where which who whom whose why will with would s".split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its title (may be empty) and its document."""

    text: str
    title: str
    document: str


@dataclass(slots=True)
class Asked:
    """A question with the sentences that answer it (none: not answerable) and those of its document that do not.

    Sentences are numbers in the list of `Corpus`. `spans` are the words that answer, as offsets in a right sentence.
    `compared`: wrong sentences of a whole collection that the program compares with the question, the hardest first.
    `windows`: the sentences that it lets a ranker read together, the first windows first.
    """

    question: str
    right: list[int]
    wrong: list[int]
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    compared: list[int] = field(default_factory=list)
    windows: list[list[int]] = field(default_factory=list)


@dataclass(slots=True)
class Corpus:
    """All sentences and the questions on them."""

    sentences: list[Sentence] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)

    def add(self, texts: list[str], title: str, document: str) -> list[int]:
        """Add sentences; their numbers."""
        first = len(self.sentences)
        self.sentences += [Sentence(text, title, document) for text in texts]
        return list(range(first, len(self.sentences)))


def read_corpus(folder: Path, seed: int) -> Corpus:
    """The sets that a folder has. `seed` chooses among the questions of QAMR on one sentence.

    Of the questions of this project, on which `articles.jsonl` has the articles, those held out are not read.
    """
    corpus = Corpus()
    for path in sorted(folder.iterdir()):
        if path.name == "selqa.jsonl":
            read_selqa(path, corpus)
        elif path.name.startswith(("squad2-", "tydiqa-")):
            read_squad(path, corpus)
        elif path.name == "qamr.tsv":
            read_qamr(path, folder / "qamr-sentences.tsv", corpus, seed)
        elif path.name.startswith("qed-"):
            read_qed(path, corpus)
        elif path.name.startswith("clapnq_"):
            read_clapnq(path, corpus)
        elif path.name == "articles.jsonl":
            read_asked(path, corpus)
    if not corpus.questions:
        raise SystemExit(f"{folder}: has none of the sets that docs/ranker.md names")
    return corpus


def read_selqa(path: Path, corpus: Corpus) -> None:
    """SelQA: questions with the sentences of a section and those that answer."""
    sections: dict[tuple[str, ...], list[int]] = {}
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            texts = tuple(row["sentences"])
            if texts not in sections:
                sections[texts] = corpus.add(list(texts), row["title"], f"selqa:{row['title']}")
            numbers = sections[texts]
            right = [numbers[place] for place in row["right"] if texts[place].strip()]
            wrong = [number for number in numbers if number not in right and corpus.sentences[number].text.strip()]
            if right or wrong:
                corpus.questions.append(Asked(row["question"], right, wrong))


def read_squad(path: Path, corpus: Corpus) -> None:
    """SQuAD 2.0: a paragraph's questions; half of them are not answered in it, and so in none of its sentences.

    Also TyDi QA, in the same form: asked before an answer was looked for; all that it has are answered.
    """
    kind = path.name.split("-")[0].rstrip("2")
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            title = article.get("title", "").replace("_", " ")
            context = paragraph["context"]
            spans = sentence_spans(context)
            numbers = corpus.add([context[s:e] for s, e in spans], title, f"{kind}:{title}")
            for row in paragraph["qas"]:
                asked = Asked(row["question"], [], [])
                for answer in [] if row.get("is_impossible") else row["answers"]:
                    start, end = answer["answer_start"], answer["answer_start"] + len(answer["text"])
                    for number, (first, last) in zip(numbers, spans, strict=True):
                        if first <= start and end <= last:
                            asked.spans.setdefault(number, (start - first, end - first))
                asked.right = sorted(asked.spans)
                asked.wrong = [number for number in numbers if number not in asked.spans]
                if row.get("is_impossible") or asked.right:
                    corpus.questions.append(asked)


def read_qamr(questions: Path, sentences: Path, corpus: Corpus, seed: int) -> None:
    """QAMR: questions on single sentences; the wrong ones are the others of the document."""
    numbers: dict[str, int] = {}
    offsets: dict[str, list[tuple[int, int]]] = {}
    documents: dict[str, list[int]] = defaultdict(list)
    for key, text in _rows(sentences):
        document = "qamr:" + ":".join(key.split(":")[:3])
        plain, offsets[key] = join_tokens(text.split(" "))
        numbers[key] = corpus.add([plain], "", document)[0]
        documents[document].append(numbers[key])
    asked: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, question, answer in _rows(questions):
        if key in numbers and len(content_words(question)) >= MIN_CONTENT_WORDS:
            asked[key].append((question, answer))
    generator = random.Random(seed)
    for key in sorted(asked):
        number = numbers[key]
        wrong = [other for other in documents[corpus.sentences[number].document] if other != number]
        for question, answer in generator.sample(asked[key], min(MAX_PER_SENTENCE, len(asked[key]))):
            record = Asked(question, [number], wrong)
            places = sorted({int(place) for place in answer.split()})
            if places and places[-1] - places[0] == len(places) - 1 and places[-1] < len(offsets[key]):
                record.spans[number] = (offsets[key][places[0]][0], offsets[key][places[-1]][1])
            corpus.questions.append(record)


def read_qed(path: Path, corpus: Corpus) -> None:
    """QED: questions of Natural Questions, typed into a search engine, each with a paragraph that has the answer."""
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text, starts = row["paragraph_text"], row["sentence_starts"] or [0]
            spans = row.get("answer_spans") or [
                (one["start"], one["end"]) for answer in row["original_nq_answers"] for one in answer
            ]
            asked = Asked(row["question_text"], [], [])
            for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
                tokens = list(re.finditer(r"\S+", text[start:end]))
                plain, offsets = join_tokens([token[0] for token in tokens])
                if not plain:
                    continue
                number = corpus.add([plain], row["title_text"], f"qed:{row['example_id']}")[0]
                whole = [(first - start, last - start) for first, last in spans if start <= first and last <= end]
                inside = [
                    own
                    for token, own in zip(tokens, offsets, strict=True)
                    if any(token.start() < last and first < token.end() for first, last in whole)
                ]
                if inside:
                    asked.spans[number] = (inside[0][0], inside[-1][1])
                else:
                    asked.wrong.append(number)
            asked.right = list(asked.spans)
            if asked.right:
                corpus.questions.append(asked)


def read_clapnq(path: Path, corpus: Corpus) -> None:
    """CLAPNQ: questions of Natural Questions with a passage, and its sentences that an answer of some length needs."""
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            passage, selected = row["passages"][0], row["output"][0]["selected_sentences"]
            asked = Asked(row["input"], [], [])
            for text in passage["sentences"]:
                number = corpus.add([join_tokens(text.split())[0]], passage["title"], f"clapnq:{row['id']}")[0]
                (asked.right if text in selected else asked.wrong).append(number)
            if bool(asked.right) == bool(selected) and len(asked.right) <= MAX_SELECTED:
                corpus.questions.append(asked)


def list_held_out() -> set[str]:
    """The articles whose questions are not trained on. New articles come last in the list: these stay the same."""
    return {row["id"] for row in _read_lines(ASKED_ARTICLES)[::HELD_OUT_EVERY]}


def read_texts(articles: Path) -> dict[str, str]:
    """The texts of the articles of this project's questions, by id; `articles` as for `read_asked`."""
    return {row["id"]: article["text"] for row, article in _find_articles(articles)}


def _find_articles(articles: Path) -> Iterator[tuple[Any, Any]]:
    """Each line of the list of articles, with the line that has its text."""
    rows = [*_read_lines(articles), *_read_lines(OWN_ARTICLES)]
    found = {hashlib.sha256(row["text"].encode()).hexdigest(): row for row in rows}
    for row in _read_lines(ASKED_ARTICLES):
        if row["sha256"] not in found:
            raise ValueError(f"{articles}: has no article with the text of {row['url']} that the questions are on")
        yield row, found[row["sha256"]]


def read_asked(articles: Path, corpus: Corpus) -> None:
    """The questions of this project. `articles` has at least `text` and `title`; a text is known by its hash.

    Articles that were written for the questions are in the project. The files `COMPARED` and `WINDOWS` beside
    `articles`, if they are there, have wrong sentences for them and what is read together; the latter names articles
    by `id`.

    Raises ValueError if the text of an article is missing or is not the one that the questions were written on.
    """
    documents: dict[str, tuple[list[int], list[tuple[int, int]]]] = {}
    for row, article in _find_articles(articles):
        spans = sentence_spans(article["text"])
        texts = [" ".join(article["text"][start:end].split()) for start, end in spans]
        documents[row["id"]] = corpus.add(texts, article["title"], f"asked:{row['id']}"), spans
    compared = _read_compared(articles.with_name(COMPARED), corpus)
    texts_read = [*_read_lines(articles), *_read_lines(OWN_ARTICLES)]
    windows = _read_windows(articles.with_name(WINDOWS), texts_read, documents, corpus)
    held_out = list_held_out()
    for row in _read_lines(ASKED_QUESTIONS):
        if row["article"] in held_out:
            continue
        numbers, spans = documents[row["article"]]
        asked = Asked(row["question"], [], [], compared=compared.get(row["id"], []), windows=windows.get(row["id"], []))
        gold = [tuple(span) for evidence in row["evidence"] for span in evidence["content_spans"]]
        for number, (first, last) in zip(numbers, spans, strict=True):
            if not any(start < last and first < end for start, end in gold):
                asked.wrong.append(number)
                continue
            asked.right.append(number)
            sentence = corpus.sentences[number].text
            for answer in row.get("answers", []):
                if (place := sentence.find(answer)) >= 0:
                    asked.spans[number] = (place, place + len(answer))
        if row["answerable"] == bool(asked.right):
            corpus.questions.append(asked)


def _read_windows(
    path: Path,
    articles: Iterable[dict[str, Any]],
    documents: Mapping[str, tuple[list[int], list[tuple[int, int]]]],
    corpus: Corpus,
) -> dict[str, list[list[int]]]:
    """The numbers of the sentences of each window, for each question; other articles than `documents` are added."""
    if not path.exists():
        return {}
    ids = {row["sha256"]: row["id"] for row in _read_lines(ASKED_ARTICLES)}
    by_start: dict[tuple[str, int], int] = {}
    for row in articles:
        known = ids.get(hashlib.sha256(row["text"].encode()).hexdigest(), "")
        if known in documents:
            numbers, spans = documents[known]
        else:
            spans = sentence_spans(row["text"])
            texts = [" ".join(row["text"][start:end].split()) for start, end in spans]
            numbers = corpus.add(texts, row["title"], f"asked:{row['id']}")
        by_start |= {(row["id"], start): number for number, (start, _) in zip(numbers, spans, strict=True)}
    return {
        row["id"]: [[by_start[article, start] for start in starts] for article, starts in row["windows"]]
        for row in _read_lines(path)
    }


def _read_compared(path: Path, corpus: Corpus) -> dict[str, list[int]]:
    """The numbers of the wrong sentences for each question; a sentence that several questions have is added once."""
    numbers: dict[tuple[str, str], int] = {}
    compared: dict[str, list[int]] = {}
    for row in _read_lines(path) if path.exists() else ():
        for title, text in row["wrong"]:
            if (title, text) not in numbers:
                numbers[title, text] = corpus.add([text], title, "compared")[0]
        compared[row["id"]] = [numbers[title, text] for title, text in row["wrong"]]
    return compared


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def content_words(text: str) -> set[str]:
    """The words of a text in small letters, without function words."""
    return {word for word in re.findall(r"\w+", text.lower()) if word not in _FUNCTION_WORDS}


_SPELT = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": "“", "''": "”", "--": "–"}
_NO_SPACE_BEFORE = frozenset(". , ; : ! ? ) ] ” % - 's 're 've 'll 'd 'm n't".split())
_NO_SPACE_AFTER = frozenset("( [ “ $ £ € -".split())


def join_tokens(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text of tokens of the Penn Treebank, and the offsets of each token in it."""
    text, spans, before = "", [], ""
    for raw in tokens:
        token = _SPELT.get(raw, raw)
        if text and token not in _NO_SPACE_BEFORE and before not in _NO_SPACE_AFTER:
            text += " "
        spans.append((len(text), len(text) + len(token)))
        text, before = text + token, token
    return text, spans


def _read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

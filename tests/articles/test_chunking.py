"""Tests of splitting texts into sentences and passages with exact offsets."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.articles.chunking import ChunkedArticle, chunk_article, make_embedding_context
from assistant.embedding.embedder import Embedder
from assistant.records.article import Article, Span
from assistant.text.sentences import paragraph_spans, sentence_spans
from tests.conftest import make_article

NEWS = (
    "The mayor of Port Ellery said on Tuesday that the new ferry terminal would open in the spring of next year. "
    "“We will not wait any longer,” she told the council, which had asked for a report. Nobody objected. "
)


def split_sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentence_spans(text)]


# -------------------------------------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. and Russia talked. |U.S. President Roe met Mr. Smith.",
        "He works for the U.S. |The senator disagreed.",
        "Mr. Smith left. |Dr. Lee and Mrs. Roe stayed with Gov. Jane Doe in Washington, D.C. on Jan. 5. |It rained.",
        "J. K. Roe wrote it. |St. Orrin's school reopened.",
        "“Mr. Roe left,” he said. |''Dr. Lee did not.'' |Lt. Gov. Jane Doe did.",
        "Sen. Jane Roe (D-Md.), who had asked, and Rep. Ann Lee (R-Mo.) on Saturday voted. |It failed.",
        "The Jeb! campaign and its M.F.A. from Yale won. |‘Yes!’ it said.",
        "he wrote that. |and then that. |al-Roe agreed.",
        "It cost $3.5 million. |That is 2.5 percent more. |No. 5 came first.",
        "Wait... what? |Yes! |It was true.",
        "“We will rebuild.” |The mayor then left.",
        '"We will rebuild." |The mayor then left.',
        "''We will rebuild.'' |The mayor then left.",
        "“Will you go?” he asked. |“Never!” she said. |“It is done.”",
        '"Will you go?" he asked. |"Never!" she said.',
        "''Will you go?'' he asked. |She did not answer.",
        "‘Will you go?’ he asked. |‘No.’",
        "He asked “Why?” and left. |Nobody knew.",
        "Ushakov said: “Many Europeans, but not all, obstruct.” |He added: “We will see.”",
        "She said: “I won't. |I can't. |I shan't.” |He nodded.",
        "Mayor opposes terminal\n|The council met on Tuesday. |It voted.\n|More news",
        "One paragraph without an end\r\n|Another\r\n\r\n|A third.",
        "A dot.com company. |It failed.",
    ],
)
def test_sentence_boundaries(text: str) -> None:
    """Sentences end where a reader would end them."""
    parts = text.split("|")
    assert split_sentences("".join(parts)) == [part.strip() for part in parts]


@pytest.mark.parametrize("quote", ["“", '"', "''"])
def test_detached_opening_quotation_mark(quote: str) -> None:
    """An opening quotation mark set apart by a space belongs to the text that it opens."""
    first, second = split_sentences(f"She left. {quote} We are done, he said.")
    assert first == "She left."
    assert second.startswith(quote)


WRAPPED = """The mayor of Port Ellery said on Tuesday that the new ferry terminal
would open in the spring of next year, after two delays, and that the
cost would not rise. The council had asked for a report from Mr.
Smith by the end of the month. He gave it to a meeting in the town hall
that lasted until midnight, and then he left without another word.

The next paragraph begins here and goes on for as long as a line allows
it to go, which is not very long."""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_newline_in_wrapped_text(newline: str) -> None:
    """A newline in hard-wrapped text does not end a sentence."""
    found = split_sentences(WRAPPED.replace("\n", newline))
    assert [sentence.split()[-1] for sentence in found] == ["rise.", "month.", "word.", "long."]


def test_short_lines_are_paragraphs() -> None:
    """Short lines are separate paragraphs."""
    text = "Results\nFerry 12\nHarbour 7\nMarket 3\nSchool 1"
    assert [text[start:end] for start, end in paragraph_spans(text)] == text.split("\n")


@pytest.mark.parametrize("unit", [".)", "a.“", "?!", '."', "x"])
def test_word_of_a_million_characters(unit: str) -> None:
    """A word of a million characters is one sentence."""
    # Without a limit, the sentence splitter would take hours.
    word = unit * (1_000_000 // len(unit))
    assert split_sentences(f"Before. {word} After it.") == ["Before.", f"{word} After it."]


def test_unterminated_sentence() -> None:
    """Text without a sentence end is one sentence."""
    assert len(split_sentences("“Mr. " * 20_000)) == 1


def assert_covers_text(text: str, spans: list[Span]) -> None:
    """The spans are trimmed, ordered and disjoint, and contain all text except white space."""
    assert all(text[start:end] and text[start:end] == text[start:end].strip() for start, end in spans)
    bounds = [place for span in spans for place in span]
    assert bounds == sorted(bounds)
    gaps = zip([0, *(end for _, end in spans)], [*(start for start, _ in spans), len(text)], strict=True)
    assert not "".join(text[start:end] for start, end in gaps).strip()


# Texts with many characters that can mark sentence boundaries.
texts = st.lists(
    st.one_of(
        st.sampled_from(
            [*". ! ? … \n \r\n \n\n \t “ ” ' '' \" ( ) U.S. Mr. said he 1.".split(" "), " ", "\u00a0", "\u2028"]
        ),
        st.text(max_size=3),
    ),
    max_size=60,
).map("".join)


@given(texts)
@example("")
@example(" \n\t")
@example(WRAPPED)
@example(NEWS * 3)
@example("\ud800. \x00! \u0301? \ufeff")
def test_splits_cover_all_text(text: str) -> None:
    """Sentences and paragraphs of any text cover all of it (`assert_covers_text` asserts it)."""
    assert_covers_text(text, sentence_spans(text))
    assert_covers_text(text, paragraph_spans(text))


# --------------------------------------------------------------------------------------------- passages


def chunk_and_check(source: Article, embedder: Embedder, limit: int = 256) -> ChunkedArticle:
    """Split an article like a build, and check what must be true of every result."""
    room = min(limit, embedder.max_tokens) - embedder.special_tokens
    made = chunk_article(source, embedder.count_tokens, room)
    assert_covers_text(source.text, [(passage.start, passage.end) for passage in made.passages])
    tokens = embedder.count_tokens([made.context + source.text[p.start : p.end] for p in made.passages])
    assert max(tokens, default=0) <= room
    assert [passage.ordinal for passage in made.passages] == list(range(len(made.passages)))
    return made


LONG_TEXTS = {
    "news": NEWS * 30,
    "a sentence of 5,000 words": " ".join(f"word{n % 97}" for n in range(5000)) + ".",
    "a sentence of 5,000 clauses": ", ".join(f"word{n % 97}" for n in range(5000)) + ".",
    "no spaces": "x" * 20_000,
    "no spaces but marks": ".,;" * 3000,
    "Chinese": "市长在新闻发布会上谈到了新港口" * 300,
    "kana": "カタカナとひらがな" * 300,
    "Chinese and Latin letters": "漢a字b" * 1500,
    "emoji": "👩‍👩‍👧‍👦🇪🇺❤️" * 500,
    "emoji and spaces": "😀 " * 2000,
    "accents that stand alone": "x. \u0301abc " * 500,
    "dots": ". " * 5000,
    "unknown words": ("y" * 150 + " ") * 500,
    "control characters": "\x01\x02 a\u200b\ufffd " * 500,
    "nothing": " \n ",
}


@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS)
@pytest.mark.parametrize("limit", [256, 32])
def test_passages_fit_model_and_cover_text(embedder: Embedder, text: str, limit: int) -> None:
    """Passages with their context fit the model and cover the whole text (`chunk_and_check` asserts it)."""
    chunk_and_check(make_article(text, published_at="2025-10-26"), embedder, limit)


def test_passages_are_full_of_whole_sentences(embedder: Embedder) -> None:
    """Passages are whole sentences and nearly fill the model's input."""
    made = chunk_and_check(make_article(NEWS * 30), embedder)
    starts, ends = ({span[at] for span in made.sentences} for at in (0, 1))
    assert all(passage.start in starts and passage.end in ends for passage in made.passages)
    tokens = embedder.count_tokens([(NEWS * 30)[p.start : p.end] for p in made.passages])
    assert min(tokens[:-1]) > 200


@pytest.mark.parametrize(
    ("name", "ends"), [("a sentence of 5,000 clauses", ","), ("a sentence of 5,000 words", "0123456789")]
)
def test_long_sentence_split_at_comma_or_word(embedder: Embedder, name: str, ends: str) -> None:
    """A long sentence is split after a comma, or else after a word."""
    text = LONG_TEXTS[name]
    made = chunk_and_check(make_article(text), embedder)
    assert len(made.sentences) == 1
    for passage in made.passages[:-1]:
        assert text[passage.end - 1] in ends
        assert text[passage.end].isspace()


def test_repeated_text_offsets(embedder: Embedder) -> None:
    """Repeated text gets a separate offset for every occurrence."""
    made = chunk_and_check(make_article(NEWS * 30), embedder)
    assert len(made.sentences) == len(set(made.sentences)) == 90
    assert len({passage.id for passage in made.passages}) == len(made.passages) > 5


def test_passage_ids_are_stable(embedder: Embedder) -> None:
    """Passage ids identify article and position and are the same in every run."""
    made = chunk_and_check(make_article(NEWS * 30, id="ferry/1"), embedder)
    assert made == chunk_and_check(make_article(NEWS * 30, id="ferry/1"), embedder)
    assert [passage.id for passage in made.passages] == [f"ferry/1#{p.start}-{p.end}" for p in made.passages]


def test_passages_before_change_unchanged(embedder: Embedder) -> None:
    """A change at the end of an article leaves the earlier passages unchanged."""
    before, after = (
        chunk_and_check(make_article(NEWS * 30 + end), embedder).passages for end in ("", "One more sentence.")
    )
    assert before[:-1] == after[: len(before) - 1]


# ---------------------------------------------------------------------------------------------- context


@pytest.mark.parametrize(
    ("fields", "context"),
    [
        ({"title": "Ferry late"}, "Ferry late\n"),
        ({"title": "Ferry late", "published_at": "2025-10-26"}, "Ferry late (2025-10-26)\n"),
        ({"title": "Ferry late", "published_at": "2025-10-26T09:30:00Z"}, "Ferry late (2025-10-26)\n"),
        ({"title": " Ferry \n late "}, "Ferry late\n"),
        ({"title": " "}, ""),
    ],
)
def test_embedding_context_title_and_day(embedder: Embedder, fields: dict[str, str], context: str) -> None:
    """The embedder reads title and day before each passage."""
    assert chunk_and_check(make_article(NEWS, **fields), embedder).context == context


@pytest.mark.parametrize("title", ["word " * 20_000, "ünïcode " * 500, "市长谈到了新港口" * 100 + " end", "a b " * 40])
def test_huge_title_leaves_room_for_text(embedder: Embedder, title: str) -> None:
    """A huge title leaves most of the model's input to the text."""
    source = make_article(NEWS * 30, title=title, published_at="2025-10-26")
    made = chunk_and_check(source, embedder)
    assert embedder.count_tokens([made.context])[0] <= 254 // 4
    assert len(made.passages) < 12
    assert make_embedding_context(source, embedder.count_tokens, 0) == ""

"""Tables, lists of terms and labels that become paragraphs, and those that stay."""

from __future__ import annotations

import time

import pytest

from assistant.articles.pages.blocks import list_blocks
from assistant.articles.pages.layout import unfold_layout
from assistant.articles.pages.tree import parse_tree

TURNS = [("Ada Poe", "We found the holes."), ("Bo Lee", "Nobody asked us."), ("Ada Poe", "I am sorry.")]
LABELLED = [f"{name}: {words}" for name, words in TURNS]


def unfold(body: str) -> list[str]:
    tree = parse_tree(f"<body>{body}</body>")
    unfold_layout(tree)
    return list_blocks(tree)


@pytest.mark.parametrize(
    ("form", "opening", "closing"),
    [
        ("<dt>{}</dt><dd>{}</dd>", "<dl>", "</dl>"),
        ("<dt><b>{}:</b></dt><dd><p>{}</p></dd>", "<dl>", "</dl>"),
        ("<div><dt>{}</dt><dd>{}</dd></div>", "<dl>", "</dl>"),
        ("<p><span class='speaker'>{}</span><span>{}</span></p>", "", ""),
        ("<p><strong class='speaker-name'>{}</strong> {}</p>", "", ""),
        ("<p><b class='speaker'>{}</b><br>{}</p>", "", ""),
        ("<div><div class='interviewee'>{}</div><div><p>{}</p></div></div>", "", ""),
        ("<p><span class='speaker'>{}</span>: {}</p>", "", ""),
    ],
)
def test_labels(form: str, opening: str, closing: str) -> None:
    """The name of a speaker stands before the words, with a colon."""
    assert unfold(opening + "".join(form.format(*turn) for turn in TURNS) + closing) == LABELLED


def test_second_definition_and_questions() -> None:
    """A second definition has no label, and a question is a paragraph of its own."""
    assert unfold("<dl><dt>Ada Poe</dt><dd>Yes.</dd><dd>No.</dd></dl>") == ["Ada Poe: Yes.", "No."]
    assert unfold("<dl><dt>Why?</dt><dd>It leaks.</dd></dl>") == ["Why?", "It leaks."]


def test_tables() -> None:
    """A table that holds paragraphs is layout; one of figures stays."""
    words = "<p>" + "The weir above the town leaks, and has done so for nine years. " * 2 + "</p>"
    tree = parse_tree(
        f"<body><table><tr><td>{words}{words}</td></tr></table><table><tr><td>1</td><td>2</td></tr></table></body>"
    )
    unfold_layout(tree)
    assert [len(list(table.iter("td"))) for table in tree.iter("table")] == [2]


def test_loose_text_becomes_paragraph() -> None:
    """Text beside blocks is put into a paragraph of its own; a short label and a caption are not."""
    text = "The weir above the town leaks, and nobody knows why."
    tree = parse_tree(
        f"<body><div>{text} <b>So it is.</b><p>One.</p>Home<p>Two.</p></div>"
        f"<div class='caption'>{text}<p>c</p></div></body>"
    )
    unfold_layout(tree)
    assert [" ".join(each.text_content().split()) for each in tree.iter("p")] == [
        f"{text} So it is.",
        "One.",
        "Two.",
        "c",
    ]


PARAGRAPHS = [
    f"The council discussed the harbour for the {each} hour that night." for each in ("first", "second", "third")
]


def make_chunks(kind: str = "chunk", between: str = "<div class='ad'>Advertisement</div>") -> str:
    chunks = (f"<div class='row'><div class='{kind}'><p>{each}</p></div></div>" for each in PARAGRAPHS)
    return f"<main><div class='body'>{between.join(chunks)}</div></main>"


def test_chunks_of_an_article_are_joined() -> None:
    """An article whose paragraphs stand in parts beside each other is one part, so that none of them is left out."""
    tree = parse_tree(f"<body>{make_chunks()}</body>")
    unfold_layout(tree)
    body = tree.xpath("//div[@class='body']")[0]
    assert [paragraph.text for paragraph in body.findall("p")] == PARAGRAPHS


def test_text_between_chunks_stays_in_place() -> None:
    """What stands beside the paragraphs of a chunk, and between chunks, is where it was."""
    tree = parse_tree(f"<body><div class='body'>{''.join(f'<div>a<p>{each}</p>b</div>c' for each in PARAGRAPHS)}</div>")
    unfold_layout(tree)
    body = tree.xpath("//div[@class='body']")[0]
    assert [body.text, *(each.tail for each in body)] == ["a", "bca", "bca", "bc"]
    assert [each.tag for each in body] == ["p"] * 3


def test_joining_chunks_takes_linear_time() -> None:
    """Four times as many chunks take no more than some four times the processor time of this thread."""

    def measure(count: int) -> float:
        return min(measure_once(count) for _ in range(2))

    def measure_once(count: int) -> float:
        tree = parse_tree(f"<body>{f'<div><p>{PARAGRAPHS[0]}</p></div>x' * count}</body>")
        began = time.thread_time()
        unfold_layout(tree)
        return time.thread_time() - began

    assert measure(8_000) < 4**1.7 * measure(2_000)


@pytest.mark.parametrize(
    "page",
    [
        make_chunks("comment"),
        make_chunks("x", "<p>Another paragraph of the page, longer than a line of a menu is.</p>" * 9),
    ],
)
def test_what_is_not_cut_into_chunks_stays(page: str) -> None:
    """Comments, and parts that hold little of the page, stay as they are."""
    tree = parse_tree(f"<body>{page}</body>")
    unfold_layout(tree)
    assert not tree.xpath("//div[@class='body']/p[starts-with(., 'The council')]")

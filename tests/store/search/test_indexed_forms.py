"""The queries for a word find all of its forms, although the full-text index compares stems."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from assistant.records.collection.search import Near, Words
from assistant.store.fts import TOKENIZER, render_expression
from assistant.store.search import indexed_forms
from assistant.store.search.forms import is_form
from assistant.store.search.indexed_forms import list_indexed_forms, list_indexed_nears, make_query

WORDS = """
    add added adding adds ad try tries tried trying die dies died dying dye dyed lie lied lying sue sued suing
    focus focuses focused focusing virus viruses experience experienced succeed succeeded staff staffing not note noted
    car cars care cared run runs running runner lose losing loss lost pay pays paying paydays payroll payment say says
    saying boy boys boycott boycotting use used useful using us illness illnesses negative negativity relative relate
    mary marywood happy happier happiness get getting gets being beings act acting action vote votes voting gas gases
    gassed gasses gassing quiz quizzes quizzed gel gelled ref reffed naïve naïvely café cafés élan élans
    война войны йога йоге ёлка ёлки 한국 한국어 ガス ガスの الأمن الأول Άνοιξη Άνοιγμα １２３ １２３４ ﬃcient ﬃcial Łódź
""".split()  # fmt: skip


@pytest.fixture(scope="module")
def find() -> Iterator[Callable[[str], set[str]]]:
    """What a query finds among the words, each of which is a text of its own."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE VIRTUAL TABLE texts USING fts5 (title, body, tokenize = '{TOKENIZER}')")
        database.executemany("INSERT INTO texts VALUES ('', ?)", ((word,) for word in WORDS))

        def run(expression: str) -> set[str]:
            return {word for (word,) in database.execute("SELECT body FROM texts WHERE texts MATCH ?", (expression,))}

        yield run


@pytest.mark.parametrize("word", WORDS)
def test_forms_are_found(find: Callable[[str], set[str]], word: str) -> None:
    """Every form of a word, and every word that begins as it does or as a part of it."""
    found = find(render_expression(make_query(Words(word))))
    assert {other for other in WORDS if is_form(word, other)} <= found
    for end in range(1, len(word) + 1):
        found = find(render_expression(make_query(Words(word[:end], is_prefix=True))))
        assert {other for other in WORDS if other.startswith(word[:end])} <= found, word[:end]


@pytest.mark.parametrize(
    ("beginning", "word"),
    [("войн", "война"), ("ВОЙН", "война"), ("й", "йога"), ("naiv", "naïve"), ("Łó", "Łódź"), ("άνοι", "Άνοιξη")],
)
def test_beginnings_in_any_script(find: Callable[[str], set[str]], beginning: str, word: str) -> None:
    """Marks make no other letter of a Latin one, and do of another: the index keeps them."""
    assert word in find(render_expression(make_query(Words(beginning, is_prefix=True))))


def test_near_forms() -> None:
    """Each phrase is in each of its forms with another stem; of very many, one at a time."""
    near = Near(("trying", "lie"), 3)
    forms = [each.phrases for each in list_indexed_nears(near)]
    tries, lies = list_indexed_forms("trying"), list_indexed_forms("lie")
    assert forms == [(one, other) for one in tries for other in lies]
    assert len(tries) > 1
    assert len(lies) > 2
    many = Near(("lie",) * 5, 3)
    assert len(list(list_indexed_nears(many))) == 1 + 5 * (len(lies) - 1) <= indexed_forms.MAX_NEARS
    assert [each.distance for each in list_indexed_nears(Near(("quay", "pier"), 2))] == [2]


def test_forms_of_phrases() -> None:
    """Words in every combination of forms; of many, one at a time. An acronym has its plural, a sign has no form."""
    assert list_indexed_forms("try quay") == ("try quay", "tries quay")
    assert "lies “dies”" in list_indexed_forms("lie “die”")
    long = " ".join(["lie"] * 8)
    assert len(list_indexed_forms(long)) == 1 + 8 * (len(list_indexed_forms("lie")) - 1)
    most = " ".join(["lie"] * indexed_forms.MAX_WORDS)
    assert len(list_indexed_forms(most)) > 1
    assert list_indexed_forms(f"{most} lie") == (f"{most} lie",)
    assert len(list_indexed_forms(f"{most} losi", is_prefix=True)) == 1
    assert list(list_indexed_nears(Near((most, "lie"), 3))) == [Near((most, "lie"), 3)]
    assert list_indexed_forms("US") == ("US", "USs")
    assert list_indexed_forms("§") == ("§",)

"""Typed searches: operators, fields, and faulty searches, none of which is an error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions.search.parser import MAX_DEPTH, MAX_TOKENS, parse_search
from assistant.questions.search.tokens import MAX_DISTANCE, split_distance, split_search
from assistant.records.collection.search import AllOf, AnyOf, Field, Fuzzy, Near, Not, Words, describe_expression

TODAY = date(2025, 3, 31)


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("", AllOf()),
        ("ferry", Words("ferry")),
        ("ferry quay", AllOf((Words("ferry"), Words("quay")))),
        ("ferry and quay", AllOf((Words("ferry"), Words("and"), Words("quay")))),
        ("ferry AND quay", AllOf((Words("ferry"), Words("quay")))),
        ("ferry OR quay wall", AnyOf((Words("ferry"), AllOf((Words("quay"), Words("wall")))))),
        ("(ferry OR quay) wall", AllOf((AnyOf((Words("ferry"), Words("quay"))), Words("wall")))),
        ("ferry NOT quay", AllOf((Words("ferry"), Not(Words("quay"))))),
        ("ferry -quay", AllOf((Words("ferry"), Not(Words("quay"))))),
        ("post-war", Words("post-war")),
        ("NOT ferry", Not(Words("ferry"))),
        ("NOT (a1 OR b1)", Not(AnyOf((Words("a1"), Words("b1"))))),
        ('"sea wall"', Words("sea wall")),
        ("“sea wall” ferry", AllOf((Words("sea wall"), Words("ferry")))),
        ("ferr*", Words("ferr", is_prefix=True)),
        ("fery~", Fuzzy("fery")),
        ("NEAR(sea wall, 5)", Near(("sea", "wall"), 5)),
        ('NEAR("sea wall" gate)', Near(("sea wall", "gate"), 10)),
        ("sea NEAR wall", Near(("sea", "wall"), 10)),
        ("sea NEAR/3 wall NEAR/3 gate", Near(("sea", "wall", "gate"), 3)),
        ("speaker:Lindqvist", Field("speaker", "Lindqvist")),
        ('outlet:"Harbour Post" quay', AllOf((Field("outlet", "Harbour Post"), Words("quay")))),
        ("title:ferry", Words("ferry", title_only=True)),
        ("from:2025-03 to:2025-03", AllOf((Field("from", "2025-03-01"), Field("to", "2025-03-31")))),
        ("from:2024 to:2024", AllOf((Field("from", "2024-01-01"), Field("to", "2024-12-31")))),
        ("to:2024-02", Field("to", "2024-02-29")),
        ("from:yesterday", Field("from", "2025-03-30")),
        ("9:50", Words("9:50")),
        ("tag:harbour", Field("tag", "harbour")),
    ],
)
def test_search(typed: str, expression: object) -> None:
    """What is typed is read as this expression, without remarks."""
    parsed = parse_search(typed, TODAY)
    assert parsed.expression == expression
    assert parsed.remarks == ()


@pytest.mark.parametrize(
    ("typed", "understood", "remark"),
    [
        ("ferry AND", "ferry", "AND"),
        ("OR ferry", "ferry", "OR"),
        ("ferry OR", "ferry", "OR"),
        ("ferry NOT", "ferry", "NOT"),
        ("ferry NEAR", "ferry", "NEAR"),
        ("(ferry OR quay", "ferry OR quay", "closed"),
        ("ferry) quay", "ferry AND quay", "left out"),
        ("from:someday ferry", "ferry", "no day"),
        ("from:2025-02-30 ferry", "ferry", "no day"),
        ("speaker: ", "", "without a value"),
        ("tit:ferry", '"tit:ferry"', "“tit:” is no field and was read as a word; fields are speaker: outlet: author:"),
        ("ab~ ferry", "ab AND ferry", "too short"),
    ],
)
def test_faulty_search_is_read(typed: str, understood: str, remark: str) -> None:
    """What cannot be read is left out, and said."""
    parsed = parse_search(typed, TODAY)
    assert describe_expression(parsed.expression) == understood
    assert any(remark in each for each in parsed.remarks)


def test_long_searches_are_bounded() -> None:
    """Thousands of words or parentheses take no more than some."""
    parsed = parse_search("ferry " * (MAX_TOKENS + 5))
    assert isinstance(parsed.expression, AllOf)
    assert len(parsed.expression.parts) == MAX_TOKENS
    assert parsed.remarks
    assert parse_search("(" * 300 + "ferry").remarks
    assert parse_search("NOT " * (MAX_DEPTH * 3) + "ferry").remarks


@given(st.text(alphabet='ab AND OR NOT NEAR()"“”*~:-,5/\ue0000title from', max_size=60))
def test_no_search_is_an_error(typed: str) -> None:
    """Whatever is typed is read, and what was understood can be typed again to the same effect."""
    parsed = parse_search(typed, TODAY)
    again = parse_search(describe_expression(parsed.expression), TODAY)
    assert describe_expression(again.expression) == describe_expression(parsed.expression)


def test_mere_words_have_no_operators() -> None:
    """Words and phrases are searched as before; anything else is exact."""
    assert not parse_search('ferry "sea wall"').has_operators
    assert all(parse_search(typed).has_operators for typed in ("a OR b", "-ferry", "ferr*", "by:Ann", "NEAR(a b)"))


def test_tokens() -> None:
    """The tokens of a search, and the distance of NEAR."""
    assert [token.kind for token in split_search('a1 OR (“b c” -d) by:E')] == [
        "word", "or", "open", "phrase", "not", "word", "close", "field",
    ]  # fmt: skip
    assert split_distance("sea wall, 5") == ("sea wall", 5)
    assert split_distance("sea wall") == ("sea wall", None)
    assert split_distance("sea wall 5") == ("sea wall", 5)
    assert split_distance("sea wall,-5") == ("sea wall", 5)
    assert split_distance("covid 2020") == ("covid 2020", None)
    assert split_distance("boeing 737") == ("boeing 737", None)  # two words, one of which is a number
    assert split_distance("“sea wall” 5") == ("“sea wall” 5", None)
    assert split_distance("5") == ("5", None)
    assert split_distance("sea" + " " * 50_000 + "wall") == ("sea" + " " * 50_000 + "wall", None)
    assert parse_search("NEAR(boeing 737)").expression == Near(("boeing", "737"), 10)
    assert "the 5 in NEAR" in parse_search("NEAR(sea wall 5)").remarks[0]
    assert not parse_search("NEAR(sea wall, 5)").remarks
    assert split_distance(f"sea wall, {10**30}") == ("sea wall", MAX_DISTANCE)

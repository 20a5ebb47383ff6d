"""Checks saved answers against the library: whether each quotation is still in its article, character by character."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.errors import LibraryDamaged, ReadError
from assistant.presentation.revisions import explain_change
from assistant.records.proof import CitationCheck
from assistant.store.protocol import Library
from assistant.system.json import parse_json


def read_saved_answers(text: str) -> Iterator[dict[str, Any]]:
    """The answers in a file: one JSON object, a JSON list, or one object on each line.

    Raises ReadError, with the line, if the file is not one of these.
    """
    if not text.strip():
        raise ReadError("the file is empty")
    if text.lstrip("\ufeff \t\r\n")[0:1] not in ("{", "["):
        raise ReadError(
            "no saved answer, as `assistant ask --json` prints it; a text of yours is checked by `assistant check`"
        )
    try:
        whole = parse_json(text)
    except ValueError:
        # Not splitlines(): a quotation may contain other line separators.
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                try:
                    yield _validate_answer(parse_json(line), f"line {number}")
                except ValueError as error:
                    raise ReadError(f"line {number}: not valid JSON: {error}") from error
    else:
        for number, record in enumerate(whole if isinstance(whole, list) else [whole], 1):
            yield _validate_answer(record, f"answer {number}")


def _validate_answer(record: object, place: str) -> dict[str, Any]:
    fields = [record.get("citations"), record.get("nearest", [])] if isinstance(record, dict) else [None]
    if not isinstance(record, dict) or not all(isinstance(field, list) for field in fields):
        raise ReadError(f"{place}: not a saved answer (an object with `citations`, as `assistant ask --json` prints)")
    return record


def verify_answer(answer: Mapping[str, Any], library: Library) -> Iterator[CitationCheck]:
    """A check of each citation of an answer: the article exists, is unchanged, and has the quotation at that place.

    The sentences that are only near to an answer are quotations too, and are checked in the same way.
    """
    for position, cited in enumerate([*answer["citations"], *answer.get("nearest", ())], 1):
        fields = cited if isinstance(cited, dict) else {}
        n = fields.get("n")
        yield CitationCheck(
            question=str(answer.get("question") or ""),
            n=n if isinstance(n, int) else position,
            article_id=str(fields.get("article_id") or "?"),
            quote=str(fields.get("quote") or ""),
            fault=_find_fault(fields, library),
        )


def _find_fault(cited: dict[str, Any], library: Library) -> str | None:
    start, end, quote = cited.get("start"), cited.get("end"), cited.get("quote")
    article_id, sha256 = cited.get("article_id"), cited.get("article_sha256")
    has_ids = isinstance(article_id, str) and isinstance(sha256, str)
    if not (has_ids and type(start) is int and type(end) is int and isinstance(quote, str) and quote):
        return "incomplete: needs article_id, article_sha256, start, end and quote"
    try:
        article = library.article(str(article_id))
    except LibraryDamaged:
        return "the library's copy of the article is damaged"
    if article is None:
        return "the article is not in this library"
    # The length is compared because a slice may end beyond the text.
    is_verbatim = start >= 0 and end - start == len(quote) and article.text[start:end] == quote
    if sha256 != article.sha256:
        version = library.version_with_text(article.id, str(sha256))
        if version is None:
            return "the article has changed since" + ("; the quotation is still there" if is_verbatim else "")
        if version.text[start:end] != quote or start < 0:
            return f"neither the article nor its text until {version.replaced_at[:10]} says this at {start}–{end}"
        return f"the article has changed since; {explain_change(version, article, (start, end))}"
    return None if is_verbatim else f"the article does not say this at {start}–{end}"

"""What a written brief or timeline keeps of the form without a model: where figures differ, what was corrected, what is
open, and the notes. A model may leave all of it out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.answers.notes import Notes
from assistant.collection.brief import CORRECTED, DIFFER, OPEN, is_correction
from assistant.collection.draft import describe_differences, describe_rest
from assistant.records.answer import Answer, AnswerSentence, Citation, Claim, Conflict
from assistant.text.formatting import join_names
from assistant.text.months import MONTHS
from assistant.text.words import split_words
from assistant.writing.rendering import get_letters, name_days

KEPT_SECTIONS = (DIFFER, CORRECTED, OPEN)

_MONTH = f"(?:{'|'.join(month.capitalize() for month in MONTHS)})"
# " [7 May 2025]", " [24 to 30 October 2022]"; no editor's "[the mayor]".
_DAY_BEHIND = re.compile(rf" \[(?:(?:\d{{1,2}} )?(?:(?:{_MONTH} )?(?:\d{{4}} )?to \d{{1,2}} )?{_MONTH} )?\d{{4}}\]")


@dataclass
class Completed:
    """The sentences of a written form, in the order of its sections, with all that it cites and its notes."""

    sentences: list[AnswerSentence]
    citations: list[Citation]
    notes: Notes = field(default_factory=Notes)


def complete_form(
    form: Answer, sentences: Sequence[AnswerSentence], citations: Sequence[Citation], numbers: Mapping[int, int]
) -> Completed:
    """The sentences that a model wrote, and those of a form that must stay which it has not written in whole.

    `form` is the one without a model, `numbers` lead from its citations to those of the written one.
    """
    completed = Completed(list(sentences), list(citations))
    renumbered = dict(numbers)

    def cite(n: int) -> int:
        if n not in renumbered:
            renumbered[n] = len(completed.citations) + 1
            completed.citations.append(replace(form.citations[n - 1], n=renumbered[n]))
        return renumbered[n]

    written = {strip_days(each.text) for each in sentences if each.support != "unsupported"}
    is_brief = form.collection is not None and form.collection.kind == "brief"
    own, kept = list(sentences), list[AnswerSentence]()
    added: list[int] = []
    for each in form.sentences:
        source = form.citations[each.citations[0] - 1]
        must_stay = each.section in KEPT_SECTIONS or (is_brief and is_correction(source.title, source.quote))
        if must_stay and strip_days(each.text) not in written:
            text = name_days(each.text, source.published_at)
            added.append(cite(each.citations[0]))
            own = _drop_shortenings(own, each.text, completed.citations[added[-1] - 1])
            kept.append(replace(each, text=text, citations=(added[-1],)))
    completed.sentences = [*own, *kept]
    order = [each.section for each in form.sentences]
    completed.sentences.sort(key=lambda each: order.index(each.section) if each.section else -1)
    conflicts = tuple(
        Conflict(tuple(Claim(claim.value, cite(claim.citation)) for claim in conflict.claims))
        for conflict in form.conflicts
    )
    told = list(describe_differences(conflicts, completed.citations))
    if added:
        these = join_names([f"[{n}]" for n in dict.fromkeys(added)])
        told.append(f"Not written by the model, but sentences of the articles: {these}.")
    completed.notes = Notes((*told, *_renew_notes(form, completed.citations)), conflicts)
    return completed


def _renew_notes(form: Answer, citations: Sequence[Citation]) -> list[str]:
    """The notes of a form that are true of a written one too; what is left out is counted anew."""
    told_before = {*describe_differences(form.conflicts, form.citations)}
    left_out: list[str | None] = []
    if form.collection is not None:
        told_before.add(describe_rest(form.collection, list(map(_get_place, form.citations))) or "")
        left_out = [describe_rest(form.collection, list(map(_get_place, citations)))]
        if form.collection.kind == "timeline" and len(citations) < len(form.citations):
            left_out = [f"{len(citations)} of the {len(form.citations)} entries without the model are told here."]
    return [*(note for note in form.notes if note not in told_before), *filter(None, left_out)]


def _get_place(cited: Citation) -> tuple[str, int]:
    return cited.article_id, cited.start


def _drop_shortenings(sentences: Sequence[AnswerSentence], whole: str, cited: Citation) -> list[AnswerSentence]:
    """The sentences without what a model made of one that is shown whole: it would be told twice under one number.

    That is all that only this sentence proves; where the citation has others too, fewer of its words in their order.
    """
    words = split_words(whole)
    is_all_cited = get_letters(cited.quote) == get_letters(whole)
    return [
        each
        for each in sentences
        if each.citations != (cited.n,)
        or each.support == "unsupported"
        or not (is_all_cited or _is_among(split_words(_DAY_BEHIND.sub("", each.text)), words))
    ]


def _is_among(some: Sequence[str], words: Sequence[str]) -> bool:
    """Whether some words are among others in the same order."""
    rest = iter(words)
    return all(word in rest for word in some)


def strip_days(text: str) -> str:
    """The letters of a sentence, without the days that are added behind words for them."""
    return get_letters(_DAY_BEHIND.sub("", text))

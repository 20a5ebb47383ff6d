"""Why there is no answer: what was looked for, what is near, what the collection covers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.evidence.selection import Selection
from assistant.questions.speakers import is_pronoun
from assistant.records.answer import RetrievedPassage
from assistant.records.query import Query
from assistant.store.protocol import Library
from assistant.text.formatting import join_names


def explain_refusal(
    query: Query,
    selection: Selection,
    passages: Sequence[RetrievedPassage],
    library: Library,
    scope: Collection[str] | None = None,
) -> str:
    """The reason that is given instead of an answer, in whole sentences.

    `scope` are the ids of the articles that alone were asked, where it was not all of them.
    """
    return " ".join([*_describe_search(query, selection, passages, library), _describe_coverage(library, scope)])


def _describe_search(
    query: Query, selection: Selection, passages: Sequence[RetrievedPassage], library: Library
) -> list[str]:
    sentences = []
    if selection.period_uncovered and query.period:
        sentences.append(f"The collection has no articles from the time asked about ({query.period.words}).")
    if query.kind == "said" and query.speaker:
        sentences += _explain_missing_statement(query, query.speaker, selection)
    elif (query.kind == "who_said" and query.quoted) or query.kind == "find_quote":
        sentences.append("No article holds these words.")
    elif query.kind == "who_said":
        sentences.append("No article found for this question gives such words to anybody.")
    else:
        sentences.append("No sentence in the articles answers this.")
    if selection.elsewhere:
        sentences.append(_mention_elsewhere(selection))
    if query.kind == "other":
        titles = list(dict.fromkeys(_look_up_title(hit, library) for hit in passages))[:2]
        if titles:
            sentences.append(f"The nearest: {join_names([f'“{title}”' for title in titles])}.")
    return sentences


def _explain_missing_statement(query: Query, speaker: str, selection: Selection) -> list[str]:
    topic = f" about {query.topic}" if query.topic else ""
    when = f" {query.period.words}" if query.period and selection.elsewhere else ""
    if is_pronoun(speaker):
        return [f"It is not clear who “{speaker}” is; ask by name."]
    if not selection.speaker_known:
        sentences = [f"No article found for this question names {speaker}."]
    elif not selection.speaker_speaks:
        sentences = [f"The articles found name {speaker}, but give no words of theirs."]
    else:
        sentences = [f"The articles found quote {speaker}, but not{topic}{when}."]
    if selection.other_speakers:
        sentences.append(f"On that, they quote {join_names(list(selection.other_speakers)[:3])}.")
    return sentences


def _mention_elsewhere(selection: Selection) -> str:
    """What there is outside the days or the outlets that were asked for."""
    places = list(
        dict.fromkeys(
            " of ".join(part for part in (one.article.source, (one.article.published_at or "")[:10]) if part)
            or f"“{one.article.title}”"
            for one in selection.elsewhere
        )
    )
    return f"There is something on it elsewhere: in {join_names(places[:3])}."


def _look_up_title(hit: RetrievedPassage, library: Library) -> str:
    article = library.article(hit.passage.article_id)
    return article.title if article else hit.passage.article_id


def _describe_coverage(library: Library, scope: Collection[str] | None) -> str:
    count = library.article_count()
    if scope is not None and len(scope) < count:
        return (
            f"Only {len(scope):,} of the collection's {count:,} articles {'was' if len(scope) == 1 else 'were'} asked."
        )
    dates = library.date_range()
    span = f" from {dates[0]} to {dates[1]}" if dates and dates[0] != dates[1] else f" of {dates[0]}" if dates else ""
    return f"The collection holds {count:,} article{'' if count == 1 else 's'}{span}."

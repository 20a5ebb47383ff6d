"""Articles day by day: timelines, and when a topic was first or last mentioned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.collection.candidates import Candidate, find_candidates, is_near_copy
from assistant.collection.counting import IN_ANY_FORM, cite_articles, count_units, say_day
from assistant.collection.draft import SHOWN, Draft, describe_rest
from assistant.collection.scope import Scope
from assistant.records.collection.question import CollectionItem, CollectionQuery, CollectionResult
from assistant.text.formatting import count_noun, join_names

MAX_SAME_DAY = 5  # articles of the day that are shown


def write_timeline(asked: CollectionQuery, scope: Scope, shown: int = SHOWN) -> Draft:
    """What happened on each day, the earliest first. Of more days than are shown, those that tell most of the topic."""
    candidates = [each for each in find_candidates(scope) if each.day and each.is_on_topic]
    entries = choose_by_day(candidates, scope)
    if not entries:
        return count_units(replace(asked, kind="list"), scope, shown)
    kept = sorted(sorted(entries, key=lambda each: -each.score)[:shown], key=lambda each: (each.day, each.article.id))
    first, last = entries[0].day, entries[-1].day
    about = f" on {scope.topic_words}" if scope.topic_words else ""
    days = count_noun(len({each.day for each in entries}), "day")
    said = f"{days}{about}{scope.limits}, from {say_day(first)} to {say_day(last)}."
    if first == last:
        is_all = {row.day for row in scope.rows if row.day} == {first}
        said = (
            f"All{about}{scope.limits} is of {say_day(first)}."
            if is_all
            else f"{days}{about}{scope.limits}: {say_day(first)}."
        )
    notes = list(scope.remarks)
    undated = sum(not row.day for row in scope.rows)
    items = tuple(CollectionItem(each.article.id, each.evidence.start, each.evidence.end, each.day) for each in entries)
    counted = "one sentence for each day and story"
    result = CollectionResult("timeline", "articles", len(entries), counted, scope.search, bool(undated), items=items)
    if rest := describe_rest(result, [(each.article.id, each.evidence.start) for each in kept]):
        notes.append(rest)
    if undated:
        notes.append(f"{count_noun(undated, 'article')} without a date cannot be placed.")
    notes.append("The days are those on which the articles were published.")
    sections = [say_day(each.day) for each in kept]
    return Draft(said, [each.evidence for each in kept], notes, result, sections)


def choose_by_day(candidates: Sequence[Candidate], scope: Scope) -> list[Candidate]:
    """The sentence of each day and story that tells most, in the order of days; none that nearly repeats another."""
    stories = scope.library.load_story_numbers({each.article.id for each in candidates})
    best: dict[tuple[str, object], Candidate] = {}
    for each in candidates:
        key = (each.day, stories.get(each.article.id, each.article.id))
        if key not in best or each.score > best[key].score:
            best[key] = each
    chosen: list[Candidate] = []
    for each in sorted(best.values(), key=lambda one: -one.score):
        if not is_near_copy(each, chosen, stories):
            chosen.append(each)
    return sorted(chosen, key=lambda each: (each.day, each.article.id, each.evidence.start))


def find_mention_day(asked: CollectionQuery, scope: Scope, shown: int = SHOWN) -> Draft:
    """The first or the last day on which an article mentions the topic, with the articles of that day."""
    dated = [row for row in scope.rows if row.day]
    if not dated:
        return count_units(asked, scope, shown)
    wanted = dated[-1] if asked.kind == "first" else dated[0]
    same_day = [row for row in dated if row.day == wanted.day]
    opposite = dated[0] if asked.kind == "first" else dated[-1]
    outlets = list(dict.fromkeys(row.source for row in same_day if row.source))
    where = f", in {join_names(outlets)}" if outlets else ""
    what = scope.topic_words or "an article"
    said = f"{asked.kind.capitalize()} mention of {what}{scope.limits}: {say_day(wanted.day)}{where}."
    if not scope.topic_words:
        said = f"The {asked.kind} article{scope.limits}: {say_day(wanted.day)}{where}."
    other = "last" if asked.kind == "first" else "first"
    notes = list(scope.remarks)
    if opposite.day != wanted.day:
        notes.append(
            f"{count_noun(len(scope.article_ids), 'article')}{scope.containing};"
            f" the {other} is of {say_day(opposite.day)}."
        )
    undated = sum(not row.day for row in scope.rows)
    if undated:
        notes.append(f"{count_noun(undated, 'article')} without a date cannot be placed: one may be earlier or later.")
    counted = (
        f"articles with {scope.topic_words} {IN_ANY_FORM}, by their day" if scope.topic_words else "articles by day"
    )
    ids = tuple(row.id for row in same_day)
    result = CollectionResult(
        asked.kind, "articles", len(ids), counted, scope.search, bool(undated), items=tuple(map(CollectionItem, ids))
    )
    return Draft(said, cite_articles(scope, ids[:MAX_SAME_DAY]), notes, result)

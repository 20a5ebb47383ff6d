"""A timeline: what the articles tell of a topic, day by day, one sentence for each day and story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.collection.candidates import Candidate, find_candidates, is_near_copy
from assistant.collection.counting import count_units, say_day
from assistant.collection.draft import SHOWN, Draft
from assistant.collection.scope import Scope
from assistant.records.collection.question import CollectionItem, CollectionQuery, CollectionResult
from assistant.text.formatting import count_noun


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
        said = f"All{about}{scope.limits} is of {say_day(first)}."
    notes = list(scope.remarks)
    if len(kept) < len(entries):
        notes.append(f"{len(kept)} of {len(entries)} entries are shown, those most on the topic: `--more` shows more.")
    undated = sum(not row.day for row in scope.rows)
    if undated:
        notes.append(f"{count_noun(undated, 'article')} without a date cannot be placed.")
    notes.append("The days are those on which the articles were published.")
    items = tuple(CollectionItem(each.article.id, each.evidence.start, each.evidence.end, each.day) for each in entries)
    counted = "one sentence for each day and story"
    result = CollectionResult("timeline", "articles", len(entries), counted, scope.search, bool(undated), items=items)
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

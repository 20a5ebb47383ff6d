"""Counts, each with the list that it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.collection.draft import SHOWN, Draft, SentenceReader
from assistant.collection.groups import count_stories, find_quoted, list_spellings, say_groups
from assistant.collection.scope import Scope, count_unread_files
from assistant.collection.statements import FoundStatements, find_statements
from assistant.records.answer import Evidence
from assistant.records.article import Span
from assistant.records.collection.question import CollectionItem, CollectionQuery, CollectionResult, Unit
from assistant.records.library import SpeakerRow
from assistant.store.search.facets import count_groups
from assistant.text.formatting import count_noun, join_names
from assistant.text.months import format_days
from assistant.text.names import is_same_person

IN_ANY_FORM = "in the text or the title, in any form"


@dataclass(frozen=True)
class Counted:
    """What there is of one unit: the items, the sentences that show them best first, and its words.

    `noun` is the unit in the singular; `remarks` say what belongs to the number.
    """

    unit: Unit
    noun: str
    total: int
    items: tuple[CollectionItem, ...]
    evidence: list[Evidence]
    said: str
    counted: str
    remarks: tuple[str, ...] = ()


def count_units(asked: CollectionQuery, scope: Scope, shown: int = SHOWN) -> Draft:
    """The number asked for, the first of those counted, and how it was counted."""
    found = _COUNTERS[asked.unit](asked, scope, shown)
    return draft_counted(asked, scope, found)


def draft_counted(asked: CollectionQuery, scope: Scope, found: Counted) -> Draft:
    """A draft of what was counted or listed, with the remarks on its exactness."""
    unread = count_unread_files(scope.library)
    groups = _group(asked, scope)
    notes = [*found.remarks, *scope.remarks]
    if groups and asked.group_by:
        notes.insert(0, f"By {asked.group_by}: {say_groups(groups)}.")
    if len(found.evidence) < len(found.items) and found.evidence and found.unit != "months":  # these say it themselves
        rest = f"The first {len(found.evidence)} of {len(found.items):,} are shown"
        where = f"; all of them: search the library for {scope.search}" if scope.search else ""
        notes.append(f"{rest}{where}.")
    notes.append(f"Counted: {found.counted}.")
    if scope.undated:
        notes.append(f"{count_noun(scope.undated, 'article')} without a date cannot be placed and are not counted.")
    if unread:
        were = "was" if unread == 1 else "were"
        notes.append(f"At least: {count_noun(unread, 'text')} {were} left out by the build, which says why.")
    partial = _count_partial(found.unit, scope)
    if partial:
        are = "is in the library only in part: its" if partial == 1 else "are in the library only in part: their"
        notes.append(f"At least: {count_noun(partial, 'article')} {are} other words are not counted.")
    result = CollectionResult(
        asked.kind,
        found.unit,
        found.total,
        found.counted,
        scope.search,
        bool(unread or partial or scope.undated),
        tuple(groups),
        found.items,
    )
    return Draft(found.said, found.evidence, notes, result)


def _count_partial(unit: Unit, scope: Scope) -> int:
    """How many articles may belong to the number with words that the library does not have."""
    if unit in ("mentions", "statements", "speakers"):
        return len(scope.partial)
    return len(scope.partial.difference(scope.article_ids)) if scope.topic_words else 0


def _group(asked: CollectionQuery, scope: Scope) -> list[tuple[str, int]]:
    match asked.group_by:
        case None:
            return []
        case "speaker":
            return [(row.name, row.statements) for row in _find_speakers(scope)]
        case grouping:
            return count_groups(scope.rows, grouping)


# ------------------------------------------------------------------------------------------ articles


def count_articles(asked: CollectionQuery, scope: Scope, shown: int) -> Counted:
    """The articles on the topic, or those that quote a speaker."""
    if asked.speaker is not None:
        return _count_quoting_articles(asked, scope, shown)
    total, library = len(scope.article_ids), scope.library
    stories = count_stories(scope.article_ids, library)
    counts_stories = asked.unit == "stories"
    number = stories if counts_stories else total
    of_all = f" of the library’s {library.article_count():,}"
    if counts_stories:
        said = (
            f"{number:,} {'story' if number == 1 else 'stories'} in {count_noun(total, 'article')}{scope.containing}."
        )
    elif not total:
        said = f"No article{of_all}{_contains(scope)}."
    elif scope.topic_words:
        said = f"{count_noun(total, 'article')}{of_all}{_contains(scope, total)}."
    else:
        said = f"{count_noun(total, 'article')}{scope.limits}{of_all if total < library.article_count() else ''}."
    remarks = []
    if stories < total and not counts_stories:
        remarks.append(f"These are {count_noun(stories, 'different storie')}: near-copies of one text are one story.")
    counted = f"articles with {scope.topic_words} {IN_ANY_FORM}" if scope.topic_words else "articles"
    if counts_stories:
        counted = f"stories, which are {counted} without near-copies"
    evidence = cite_articles(scope, scope.article_ids[:shown])
    items = tuple(map(CollectionItem, scope.article_ids))
    if counts_stories:
        items = _first_of_each_story(scope)
    unit: Unit = "stories" if counts_stories else "articles"
    return Counted(unit, "article", number, items, evidence, said, counted, tuple(remarks))


def _contains(scope: Scope, total: int = 1) -> str:
    """The predicate: " contain “terminal” since September 2025"."""
    return (
        f" contain{'s' if total <= 1 else ''} {scope.topic_words}{scope.limits}" if scope.topic_words else scope.limits
    )


def _first_of_each_story(scope: Scope) -> tuple[CollectionItem, ...]:
    numbers = scope.library.load_story_numbers(scope.article_ids)
    firsts = {numbers.get(article_id): article_id for article_id in scope.article_ids}
    return tuple(map(CollectionItem, firsts.values()))


def _count_quoting_articles(asked: CollectionQuery, scope: Scope, shown: int) -> Counted:
    found = find_statements(asked, scope)
    ids = tuple(dict.fromkeys(place.article_id for place in found.places))
    said = f"{count_noun(len(ids), 'article')} quote{'s' if len(ids) == 1 else ''} {found.who}{scope.on_topic}."
    counted = f"articles with a statement of {found.who}, direct or indirect"
    items = tuple(map(CollectionItem, ids))
    return Counted("articles", "article", len(ids), items, found.cite(shown), said, counted, found.remarks)


def cite_articles(scope: Scope, article_ids: tuple[str, ...]) -> list[Evidence]:
    """The first sentence of each article with most words of the topic; its first sentence if only the title has any."""
    reader = SentenceReader(scope.library, article_ids)
    places = [scope.library.find_mentions(words, article_ids) for words in scope.words]
    cited = [
        reader.cite_place(each, _find_mention([found.get(each, []) for found in places], reader.spans_of(each)))
        for each in article_ids
    ]
    return [each for each in cited if each is not None]


def _find_mention(places: Sequence[Sequence[Span]], sentences: Sequence[Span]) -> Span | None:
    """The first place of the topic in the sentence that has most of its words, whose places these are."""

    def within(span: Span) -> list[Span]:
        """The first place of each word in a sentence."""
        firsts = (next(((a, b) for a, b in each if span[0] <= a < span[1]), None) for each in places)
        return [place for place in firsts if place is not None]

    best = max(map(within, sentences), key=len, default=[])
    return min(best or (place for each in places for place in each), default=None)


# ------------------------------------------------------------------- mentions, statements, speakers, outlets


def count_mentions(_asked: CollectionQuery, scope: Scope, shown: int) -> Counted:
    """How often the topic occurs, also in titles."""
    by_article = [scope.library.count_mentions(words, scope.article_ids) for words in scope.words]
    counts: Mapping[str, int] = {each: sum(found.get(each, 0) for found in by_article) for each in scope.article_ids}
    total = sum(counts.values())
    said = f"{scope.topic_words} {'occurs' if total else 'does not occur'}{scope.limits}"
    said += (
        f" {total:,} time{'' if total == 1 else 's'} in {count_noun(len(scope.article_ids), 'article')}."
        if total
        else "."
    )
    counted = f"places with {scope.topic_words} {IN_ANY_FORM}; each place counts"
    items = tuple(CollectionItem(each, count=counts[each]) for each in scope.article_ids)
    evidence = cite_articles(scope, scope.article_ids[:shown])
    return Counted("mentions", "mention", total, items, evidence, said, counted)


def count_statements(asked: CollectionQuery, scope: Scope, shown: int) -> Counted:
    """The statements of a speaker, newest first."""
    found = find_statements(asked, scope)
    items = tuple(CollectionItem(place.article_id, place.start, place.end, place.speaker) for place in found.places)
    said = _say_statements(found, scope)
    counted = f"words that an article gives to {found.who}, direct or indirect; parts of one sentence count each"
    return Counted("statements", "statement", len(items), items, found.cite(shown), said, counted, found.remarks)


def _say_statements(found: FoundStatements, scope: Scope) -> str:
    topic = f" on {scope.topic_words}" if scope.topic_words else ""
    if not found.places:
        return f"No statement of {found.who}{topic}{scope.limits} was found."
    articles = len({place.article_id for place in found.places})
    sentences = len(found.sentences)
    parts = f" in {count_noun(sentences, 'sentence')} of {count_noun(articles, 'article')}"
    return f"{count_noun(len(found.places), 'statement')} of {found.who}{topic}{scope.limits},{parts}."


def count_speakers(asked: CollectionQuery, scope: Scope, shown: int) -> Counted:
    """Who is quoted in the articles on the topic, most quoted first, each with the newest statement."""
    besides = asked.besides
    rows = [row for row in _find_speakers(scope) if besides is None or not is_same_person(row.name, besides)]
    is_rank = asked.kind == "rank"
    listed = ", ".join(
        f"{row.name} ({row.statements:,} in {count_noun(row.articles, 'article')})" for row in rows[:shown]
    )
    where = f" in the {count_noun(len(scope.article_ids), 'article')}{scope.containing}"
    if not rows:
        said = f"Nobody is quoted by name{where}."
    elif is_rank:
        first = rows[0]
        said = (
            f"{first.name} is quoted most{where}: {count_noun(first.statements, 'statement')}"
            f" in {count_noun(first.articles, 'article')}."
        )
    else:
        said = (
            f"{len(rows):,} {'person or body is' if len(rows) == 1 else 'people and bodies are'} quoted by name{where}"
            f"{f', besides {besides}' if besides else ''}."
        )
    items = tuple(CollectionItem(name=row.name, count=row.statements) for row in rows)
    counted = "statements of each speaker known by name, direct or indirect, in these articles"
    if scope.words:
        counted += f": all, if the title or the opening has {scope.topic_words}, else those in a passage with it"
    evidence = cite_speakers(scope, rows[:shown])
    remarks = [f"With the most statements: {listed}."] if rows else []
    if asked.target:
        remarks.append(f"Whether they agree with {asked.target} is not judged: read what they say.")
    return Counted("speakers", "speaker", len(rows), items, evidence, said, counted, tuple(remarks))


def _find_speakers(scope: Scope) -> list[SpeakerRow]:
    return find_quoted(scope.library, scope.article_ids, scope.passages)


def cite_speakers(scope: Scope, rows: list[SpeakerRow]) -> list[Evidence]:
    """The newest statement of each speaker, rather one that mentions the topic."""
    cited: list[Evidence] = []
    for row, names in zip(rows, list_spellings([row.name for row in rows], scope.library), strict=True):
        places = tuple(scope.library.place_statements(names, scope.article_ids, scope.passages))
        found = FoundStatements(row.name, places, scope)
        cited += (found.narrow_to_topic(most=1) if scope.words else found).cite(1) or found.cite(1)
    return cited


def count_outlets(asked: CollectionQuery, scope: Scope, shown: int) -> Counted:
    """The outlets with articles on the topic, in the order of their first article."""
    rows = [row for row in scope.rows if row.source]
    counts = dict(count_groups(rows, "outlet"))
    firsts = {row.source: row for row in rows}  # newest first, so that the last is the first published
    dated = sorted(firsts.values(), key=lambda row: (not row.day, row.published_at or "", row.source or ""))
    if asked.kind == "rank":
        dated.sort(key=lambda row: -counts[row.source or ""])
    names = [row.source or "" for row in dated]
    listed = [
        f"{row.source} ({count_noun(counts[row.source or ''], 'article')}, the first"
        f" {f'on {_say_day(row.day)}' if row.day else 'without a date'})"
        for row in dated
    ]
    said = _say_outlets(asked, scope, names, counts)
    remarks = [f"{listed_some(listed)}."] if listed else []
    if asked.kind == "list" and len(dated) > 1 and dated[0].day:
        same = [row.source or "" for row in dated if row.day == dated[0].day]
        first = join_names(same) if len(same) < 4 else f"{len(same)} outlets"
        remarks.append(
            f"First in the library: {first}, on {_say_day(dated[0].day)}{' (the same day)' if len(same) > 1 else ''}."
        )
    items = tuple(CollectionItem(row.id, name=row.source, count=counts[row.source or ""]) for row in dated)
    evidence = cite_articles(scope, tuple(row.id for row in dated[:shown]))
    unnamed = sum(1 for row in scope.rows if not row.source)
    if unnamed:
        remarks.append(f"{count_noun(unnamed, 'article')} name no outlet.")
    return Counted(
        "outlets", "outlet", len(names), items, evidence, said, "outlets that the articles name", tuple(remarks)
    )


def _say_outlets(asked: CollectionQuery, scope: Scope, names: list[str], counts: Mapping[str, int]) -> str:
    if not names:
        return f"No outlet in the library has an article{scope.on_topic}."
    if asked.kind == "rank":
        return f"{names[0]} has most articles{scope.containing}: {counts[names[0]]:,} of {sum(counts.values()):,}."
    have = "outlet has" if len(names) == 1 else "outlets have"
    return f"{len(names):,} {have} articles{scope.on_topic}: {listed_some(names)}."


def count_authors(_asked: CollectionQuery, scope: Scope, shown: int) -> Counted:
    """Who wrote the articles on the topic, most articles first, each with the newest article."""
    rows = [row for row in scope.rows if row.author]
    groups = count_groups(rows, "author")
    newest = {row.author: row.id for row in reversed(rows)}
    said = f"No article{scope.on_topic} names an author."
    if groups:
        listed = listed_some([f"{name} ({count:,})" for name, count in groups])
        said = f"{count_noun(len(groups), 'author')} wrote articles{scope.on_topic}: {listed}."
    items = tuple(CollectionItem(newest[name], name=name, count=count) for name, count in groups)
    evidence = cite_articles(scope, tuple(newest[name] for name, _ in groups[:shown]))
    return Counted("authors", "author", len(groups), items, evidence, said, "authors as the articles write them")


def count_months(_asked: CollectionQuery, scope: Scope, shown: int) -> Counted:
    """The months by how many articles they have on the topic, and those of the first month."""
    groups = [(month, count) for month, count in count_groups(scope.rows, "month") if len(month) == len("2025-03")]
    ranked = sorted(groups, key=lambda item: (-item[1], item[0]))
    if not ranked:
        return Counted("months", "month", 0, (), [], f"No dated article{scope.containing}.", "months by articles")
    best = [month for month, count in ranked if count == ranked[0][1]]
    names = [format_days(f"{month}-01", f"{month}-01").split(" ", 1)[1] for month in best]
    said = f"{join_names(names[:4])} had most articles{scope.on_topic}: {ranked[0][1]:,} of {len(scope.article_ids):,}."
    ids = tuple(row.id for row in scope.rows if row.day[:7] in best)
    items = tuple(CollectionItem(name=month, count=count) for month, count in ranked)
    remarks = [f"By month: {say_groups(groups)}."]
    evidence = cite_articles(scope, ids[:shown])
    if len(evidence) < len(ids):
        where = f"; those of every month: search the library for {scope.search}" if scope.search else ""
        remarks.append(
            f"The first {len(evidence)} of the {len(ids):,} articles of {listed_some(names)} are shown{where}."
        )
    return Counted("months", "month", len(ranked), items, evidence, said, "months by articles", tuple(remarks))


def listed_some(names: list[str], most: int = SHOWN) -> str:
    """Some names in a sentence, and how many more there are."""
    if len(names) <= most:
        return join_names(names)
    return f"{', '.join(names[:most])} and {len(names) - most:,} more"


def _say_day(day: str) -> str:
    return format_days(day, day) if len(day) == len("2025-03-31") else day


def say_day(day: str) -> str:
    """A day, month or year of an article in words."""
    return _say_day(day)


_COUNTERS: Mapping[Unit, Callable[[CollectionQuery, Scope, int], Counted]] = {
    "articles": count_articles,
    "stories": count_articles,
    "mentions": count_mentions,
    "statements": count_statements,
    "speakers": count_speakers,
    "outlets": count_outlets,
    "authors": count_authors,
    "months": count_months,
}

"""A brief without a language model: the gist, what happened, who says what, where figures differ, what is open.

Every line is a sentence of an article; none nearly repeats another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answers.figures import find_differing_figures
from assistant.collection.briefs.candidates import Candidate, find_candidates, is_near_copy
from assistant.collection.briefs.events import choose_events, choose_gist, choose_toll, completes, read_dead
from assistant.collection.briefs.remains import find_corrections, find_open
from assistant.collection.briefs.voices import choose_voices
from assistant.collection.counting import count_units, listed_some, say_day
from assistant.collection.draft import Draft, describe_rest
from assistant.collection.groups import count_stories
from assistant.collection.scope import Scope
from assistant.records.article import Article
from assistant.records.collection.question import CollectionItem, CollectionQuery, CollectionResult
from assistant.store.search.facets import count_groups
from assistant.text.formatting import count_noun
from assistant.text.stemming import stem_words

GIST, HAPPENED, SAID, DIFFER, CORRECTED, OPEN = (
    "In short", "What happened", "Who says what", "Figures that differ", "Corrected", "Open"
)  # fmt: skip
MAX_EVENTS, MAX_VOICES, MAX_OPEN = 5, 4, 2
MAX_EVENTS_OF_PERIOD = 8  # where no topic is named
MAX_COMPARED = 60  # sentences whose figures are compared


@dataclass
class _Brief:
    """The lines so far, with their sections."""

    stories: dict[str, int]
    lines: list[Candidate] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)

    def add(self, section: str, candidate: Candidate, *, although_alike: bool = False) -> bool:
        """Add a line, unless one nearly says it."""
        if any(each.evidence == candidate.evidence for each in self.lines):
            return False
        if not although_alike and is_near_copy(candidate, self.lines, self.stories):
            return False
        self.lines.append(candidate)
        self.sections.append(section)
        return True


def write_brief(asked: CollectionQuery, scope: Scope, shown: int) -> Draft:
    """What the articles of a question say, in at most a screen; `shown` above the default adds lines."""
    candidates = find_candidates(scope)
    if not candidates:
        return count_units(replace(asked, kind="list"), scope, shown)
    more = max(0, shown - 10)
    brief = _Brief(scope.library.load_story_numbers(scope.article_ids))
    if (gist := choose_gist(candidates, scope)) is not None:
        brief.add(GIST, gist)
    if (toll := choose_toll(candidates, gist, scope)) is not None:
        brief.add(GIST, toll)
    events = MAX_EVENTS if scope.words else MAX_EVENTS_OF_PERIOD
    dead = set().union(*(read_dead(each) for each in brief.lines))
    others = [one for one in candidates if one not in brief.lines and dead.isdisjoint(read_dead(one))]
    for each in choose_events(others, scope, events + more, brief.lines):
        brief.add(HAPPENED, each, although_alike=completes(each, brief.lines))
    for said in choose_voices([each for each in candidates if each.is_on_topic], scope, MAX_VOICES + more // 2):
        next((each for each in said if brief.add(SAID, each)), None)
    differing = _find_differing(candidates, scope)
    for each, _ in differing:
        brief.add(DIFFER, each, although_alike=True)
    for each in find_corrections(candidates):
        if brief.add(CORRECTED, each, although_alike=True):
            break
    opened = 0
    for each in find_open(candidates):
        opened += opened < MAX_OPEN and brief.add(OPEN, each)
    order = [GIST, HAPPENED, SAID, DIFFER, CORRECTED, OPEN]
    lines = sorted(zip(brief.sections, brief.lines, strict=True), key=lambda line: order.index(line[0]))
    quoted = any(each.is_on_topic and each.evidence.speaker for each in candidates)
    draft = _draft(scope, [each for _, each in lines], [section for section, _ in lines], quoted)
    draft.differing = [(each.evidence, words) for each, words in differing]
    return draft


def _draft(scope: Scope, lines: Sequence[Candidate], sections: list[str], is_anybody_quoted: bool) -> Draft:
    days = sorted(row.day for row in scope.rows if row.day)
    span = f", from {say_day(days[0])} to {say_day(days[-1])}" if days and days[0] != days[-1] else ""
    span = span or (f", of {say_day(days[0])}" if days else "")
    outlets = [name for name, _ in count_groups([row for row in scope.rows if row.source], "outlet")]
    stories = count_stories(scope.article_ids, scope.library)
    of_stories = f" ({count_noun(stories, 'different storie')})" if stories < len(scope.article_ids) else ""
    about = f" on {scope.topic_words}" if scope.topic_words else ""
    said = f"{count_noun(len(scope.article_ids), 'article')}{of_stories}{about}{scope.limits}{span}."
    notes = list(scope.remarks)
    if outlets:
        notes.append(f"Sources: {listed_some(outlets, 6)}.")
    counted = "sentences of the articles on the topic, each once"
    items = tuple(
        CollectionItem(each.article.id, each.evidence.start, each.evidence.end, section)
        for section, each in zip(sections, lines, strict=True)
    )
    result = CollectionResult("brief", "articles", len(scope.article_ids), counted, scope.search, items=items)
    if rest := describe_rest(result, [(each.article.id, each.evidence.start) for each in lines]):
        notes.append(rest)
    if lines and not any(each.is_central for each in lines):
        notes.append("No article is about it, by its title or opening: these sentences only mention it.")
    if SAID not in sections and not is_anybody_quoted:
        notes.append("Nobody is quoted by name on it in these articles.")
    return Draft(said, [each.evidence for each in lines], notes, result, sections)


def _find_differing(candidates: Sequence[Candidate], scope: Scope) -> tuple[tuple[Candidate, str], ...]:
    """Two sentences with different figures of one thing of one event, with their words, the earlier first; or none."""
    best = sorted(candidates, key=lambda one: -one.score)[:MAX_COMPARED]
    stories = scope.library.load_story_numbers({each.article.id for each in best})
    by_place = {(each.article.id, each.evidence.start): each for each in best}
    topic_stems = stem_words(" ".join(words.phrase for words in scope.words))

    def are_copies(left: Article, right: Article) -> bool:
        return left.id == right.id or stories.get(left.id, left.id) == stories.get(right.id, right.id)

    for pair in find_differing_figures([each.evidence for each in best], topic_stems, are_copies):
        found = [(by_place[each.evidence.article.id, each.evidence.start], each.words) for each in pair]
        return tuple(sorted(found, key=lambda each: (each[0].day, each[0].article.id)))
    return ()

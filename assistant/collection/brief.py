"""A brief without a language model: the gist, what happened, who says what, where figures differ, what is open.

Every line is a sentence of an article; none nearly repeats another."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, starmap

from assistant.answers.figures import find_differing_figures
from assistant.collection.candidates import LEAD_SENTENCES, MIN_WORDS, Candidate, find_candidates, is_near_copy
from assistant.collection.counting import count_units, listed_some, say_day
from assistant.collection.draft import Draft, describe_rest
from assistant.collection.groups import count_stories, find_quoted
from assistant.collection.scope import Scope
from assistant.collection.timeline import choose_by_day
from assistant.evidence.overlap import count_days_between
from assistant.records.article import Article
from assistant.records.collection.question import CollectionItem, CollectionQuery, CollectionResult
from assistant.store.search.facets import count_groups
from assistant.store.search.forms import find_forms
from assistant.text.formatting import count_noun
from assistant.text.months import MONTH_WORD
from assistant.text.names import has_given_name, is_same_person, normalize_name
from assistant.text.quantities.deaths import find_dead, tells_of_dead
from assistant.text.stemming import stem_words
from assistant.text.words import split_words

GIST, HAPPENED, SAID, DIFFER, CORRECTED, OPEN = (
    "In short", "What happened", "Who says what", "Figures that differ", "Corrected", "Open"
)  # fmt: skip
MIN_GIST_ARTICLES = 3  # of which the gist is what most tell
MIN_SHARED = 0.15  # of the gist: how much of it other articles tell too, times the share of articles about the topic
SHARED_WEIGHT = 4.0  # in the choice of events, of how much other articles tell too
NEARLY = 0.9  # of what is shared most, from which on the newest is the gist
MIN_TOLL_SHARE = 0.15  # of the stories about the topic that say how many died, from which on a brief does
MIN_ABOUT = 3  # articles about the topic, from which on what others tell that mention it is no event
MAX_EVENTS, MAX_VOICES, MAX_OPEN = 5, 4, 2
MAX_EVENTS_OF_PERIOD = 8  # where no topic is named
MAX_COMPARED = 60  # sentences whose figures are compared
OPEN_DAYS = 31  # before the newest article about the topic; what was open earlier may be known by then

_OPEN = re.compile(
    r"\b(?:declined to (?:say|comment|answer|discuss|elaborate|give|name|identify|disclose|confirm|specify|speculate)|"
    r"could not be reached|did not (?:respond|reply|comment)|not (?:yet )?(?:known|clear)|"
    r"(?:is|are|was|were|remains?|still|yet) un(?:clear|known)|under investigation|yet to be|remains? to be|"
    r"has not (?:said|commented)|no comment|refused to (?:say|comment)|would not say|did not say|is investigating)\b",
    re.IGNORECASE,
)
# "CORRECTED-Bank to pay", "Correction to the report on tolls"; no "Corrections officers strike".
_CORRECTION_TITLE = re.compile(
    r"^(?:corrected|corrects|corrections?|clarified|clarifies|clarifications?)"
    r"(?=\s*(?:[:|–—(,-]|$)|\s(?:and|&|to|of|on|story|report|article|version)\b)",
    re.IGNORECASE,
)
_CORRECTION_NOTE = re.compile(
    r"^\W*(?:correction|clarification)\b|"
    r"\b(?:earlier|previous) version of this\b.*\b(?:incorrect|wrong|misstate|misspell|misidentif|mistake|err)|"
    r"\bthis (?:story|article|report) (?:has been|was) (?:updated to )?(?:correct|clarif)",
    re.IGNORECASE,
)
# "in 1872", "the 1990s", "12 May 1872"; no number of something ("of 1600 homes") and no hour ("by 1800 GMT").
_YEAR = re.compile(
    rf"\b(?:(?:in|of|since|by)(?: (?:early|mid|late))?|(?:{MONTH_WORD})\.?(?: \d{{1,2}},?)?)[ -]"
    r"((?:1[5-9]|20)\d\d)\b(?![,.]\d|[ -](?:gmt|utc|bst|cet|est|edt|local|people|men|women|children|police|dead|"
    r"injured|homeless|km|kg|feet|(?!(?:was|is|has|as|his|its|this)\b)\w+s)\b)|"
    r"\b((?:1[5-9]|20)\d0)s\b",
    re.IGNORECASE,
)
_YEARS_AGO = re.compile(r"\b(?:years|decades) (?:ago|before|earlier)\b", re.IGNORECASE)
_BEGINNING = re.compile(r"\s*(?:\S+\s+){0,5}\S+")  # of a sentence
_THIS = re.compile(r"\bthis\b", re.IGNORECASE)
_INTRODUCED = re.compile(r"\bI['’]m (.{1,80})")  # who presents a programme


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
    if (gist := _choose_gist(candidates, scope)) is not None:
        brief.add(GIST, gist)
    if (toll := _choose_toll(candidates, gist, scope)) is not None:
        brief.add(GIST, toll)
    events = MAX_EVENTS if scope.words else MAX_EVENTS_OF_PERIOD
    dead = set().union(*(_read_dead(each) for each in brief.lines))
    for each in _choose_events([one for one in candidates if dead.isdisjoint(_read_dead(one))], scope, events + more):
        brief.add(HAPPENED, each)
    _add_voices(brief, [each for each in candidates if each.is_on_topic], MAX_VOICES + more // 2)
    differing = _find_differing(candidates, scope)
    for each, _ in differing:
        brief.add(DIFFER, each, although_alike=True)
    for each in _find_corrections(candidates):
        if brief.add(CORRECTED, each, although_alike=True):
            break
    opened = 0
    for each in _find_open(candidates):
        opened += opened < MAX_OPEN and brief.add(OPEN, each)
    order = [GIST, HAPPENED, SAID, DIFFER, CORRECTED, OPEN]
    lines = sorted(zip(brief.sections, brief.lines, strict=True), key=lambda line: order.index(line[0]))
    draft = _draft(scope, [each for _, each in lines], [section for section, _ in lines])
    draft.differing = [(each.evidence, words) for each, words in differing]
    return draft


def _draft(scope: Scope, lines: Sequence[Candidate], sections: list[str]) -> Draft:
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
    if SAID not in sections and not find_quoted(scope.library, scope.article_ids, scope.passages):
        notes.append("Nobody is quoted by name on it in these articles.")
    return Draft(said, [each.evidence for each in lines], notes, result, sections)


def _choose_events(candidates: Sequence[Candidate], scope: Scope, most: int) -> list[Candidate]:
    """The sentences that tell most, in the order of days; narrated ones rather than quotations.

    They are of different days and stories; if these are few, further sentences of theirs. If enough articles are about
    the topic, others that only mention it are left out.
    """
    telling = [each for each in candidates if _tells_event(each)] or candidates
    telling = [each for each in telling if each.stands_alone] or telling
    telling = [each for each in telling if not _is_background(each)] or telling
    about = [each for each in telling if each.is_central]
    telling = about if len({each.article.id for each in about}) >= MIN_ABOUT else telling
    best = sorted(choose_by_day(telling, scope), key=lambda each: -each.score - SHARED_WEIGHT * each.shared)[:most]
    stories = scope.library.load_story_numbers({each.article.id for each in telling})
    for each in sorted(telling, key=lambda one: -one.score):
        if len(best) < most and not is_near_copy(each, best, stories):
            best.append(each)
    return sorted(best, key=lambda each: (each.day or "9999", each.article.id, each.evidence.start))


def _tells_event(candidate: Candidate) -> bool:
    """Whether a sentence tells what happened, which is on the topic, and not what is open or corrected.

    It has nobody's own words, or opens its article.
    """
    if _CORRECTION_NOTE.search(_get_text(candidate)) or _OPEN.search(_get_text(candidate)):
        return False
    if not candidate.is_on_topic or (not candidate.evidence.marks and candidate.place >= LEAD_SENTENCES):
        return False
    if candidate.statement is None:
        return True
    return candidate.place < LEAD_SENTENCES and not candidate.statement.direct


def _choose_gist(candidates: Sequence[Candidate], scope: Scope) -> Candidate | None:
    """What most articles tell: of the openings of articles about the topic that tell it, the newest; None if none does.

    Articles on a country or a month may have nothing in common.
    """
    read = {each.article.id for each in candidates}
    about = len({each.article.id for each in candidates if each.is_central}) / max(1, len(read))
    if not scope.words or len(read) < MIN_GIST_ARTICLES:
        return None
    told = [
        each
        for each in candidates
        if each.is_central and each.place < 2 and each.stands_alone and _tells_event(each) and not _is_background(each)
        and each.shared * about >= MIN_SHARED
        and _has_topic(_get_text(each), scope)
    ]  # fmt: skip
    least = NEARLY * max((each.shared for each in told), default=0.0)
    return max((each for each in told if each.shared >= least), key=lambda one: (one.day, one.shared), default=None)


def _choose_toll(candidates: Sequence[Candidate], gist: Candidate | None, scope: Scope) -> Candidate | None:
    """The newest sentence with the number of dead that most stories give; None if the gist has one, or few do.

    Two stories of near days give it; of a topic without a name, which may be a kind of event ("earthquake"), half of
    the stories. Or the only story with a number does, if it is half of them. A person is no event of which so many
    died: it is only told of one whose death is in the titles.
    """
    is_person = any(has_given_name(words.phrase) for words in scope.words)
    if not scope.words or (gist is not None and find_dead(_get_text(gist))):
        return None
    stories = scope.library.load_story_numbers({each.article.id for each in candidates})
    central = [each for each in candidates if each.is_central]
    by_number: dict[float, list[Candidate]] = {}
    for each in central:
        if not each.is_short or not each.stands_alone or _THIS.search(_get_text(each)):
            continue
        if is_person and not (_has_topic(each.article.title, scope) and tells_of_dead(each.article.title)):
            continue
        if each.is_on_topic or _has_topic(each.article.title, scope):
            text = _get_text(each)
            for quantity in find_dead(text):
                if not _looks_back(text, each.day, quantity.start):  # "the fire of 1904, in which 40 died"
                    by_number.setdefault(quantity.intervals[0][0], []).append(each)

    def are_two(left: Candidate, right: Candidate) -> bool:
        numbers = {stories.get(each.article.id, each.article.id) for each in (left, right)}
        days = count_days_between(left.article, right.article)
        return len(numbers) > 1 and (days <= OPEN_DAYS or days == math.inf)

    def count(given: Iterable[Candidate]) -> int:
        return len({stories.get(each.article.id, each.article.id) for each in given})

    told = count(each for given in by_number.values() for each in given)
    if told == 0 or told < MIN_TOLL_SHARE * count(central):
        return None
    half = count(central) / 2
    least = 0 if any(not words.phrase.islower() for words in scope.words) else half
    shared = [
        given for given in by_number.values() if count(given) >= least and any(starmap(are_two, combinations(given, 2)))
    ]
    if not shared and (told > 1 or told < half):
        return None
    shared = shared or list(by_number.values())
    most = max(map(count, shared))
    often = (each for given in shared if count(given) == most for each in given)
    return max(
        often, key=lambda each: (_has_topic(_get_text(each), scope), each.day, max(_read_dead(each)), each.score)
    )


def _read_dead(candidate: Candidate) -> set[float]:
    """The numbers of dead that a sentence gives."""
    return {each.intervals[0][0] for each in find_dead(_get_text(candidate))}


def _is_background(candidate: Candidate) -> bool:
    """Whether a sentence tells what was years before its article.

    The first one of an article may look back ("the widow of the president shot in 1963 has died") if it does not begin
    with that year.
    """
    text = _get_text(candidate)
    beginning = _BEGINNING.match(text)
    return _looks_back(text, candidate.day, len(text) if candidate.place or beginning is None else beginning.end())


def _looks_back(text: str, day: str, end: int) -> bool:
    """Whether a text of this day names a year long before it, or speaks of years ago, before this place in it."""
    last = int(day[:4]) - 2 if day[:4].isdecimal() else 0
    years = (int(match[1] or match[2]) for match in _YEAR.finditer(text) if match.start() < end)
    return any(year <= last for year in years) or _YEARS_AGO.search(text, 0, end) is not None


def _has_topic(text: str, scope: Scope) -> bool:
    """Whether a text has all phrases of the topic."""
    return all(find_forms(words.phrase, text) for words in scope.words)


def _add_voices(brief: _Brief, candidates: Sequence[Candidate], most: int) -> None:
    """A statement of each of those who are quoted on the topic in most articles, in their own words rather.

    It is the newest that says something of its own. Who presents a programme is not one of them.
    """
    introduced = {
        each.id: _INTRODUCED.findall(each.text) for each in {one.article.id: one.article for one in candidates}.values()
    }
    by_speaker: dict[str, list[Candidate]] = {}
    names: dict[str, str] = {}
    for each in candidates:
        speaker = each.evidence.speaker
        if speaker is not None and _is_voice(each) and not _presents(speaker, introduced[each.article.id]):
            if speaker not in names:
                words = set(normalize_name(speaker))
                alike = (other for other in by_speaker if not words.isdisjoint(normalize_name(other)))
                names[speaker] = next((other for other in alike if is_same_person(other, speaker)), speaker)
            by_speaker.setdefault(names[speaker], []).append(each)

    def rank(name: str) -> tuple[int, int, int, str]:
        on_topic = [each for each in by_speaker[name] if each.is_central and each.evidence.marks]
        articles = {each.article.id for each in on_topic if each.statement and each.statement.direct}
        return (-len(articles), -len(on_topic), -len(by_speaker[name]), name)

    for name in sorted(by_speaker, key=rank)[:most]:
        said = sorted(
            by_speaker[name],
            key=lambda each: (
                each.is_central + each.is_short + each.stands_alone + _is_sentence(each)
                + 2 * bool(each.evidence.marks),
                bool(each.statement and each.statement.direct), each.day, -each.place,
            ),
            reverse=True,
        )  # fmt: skip
        next((each for each in said if brief.add(SAID, each)), None)


def _presents(name: str, introduced: Sequence[str]) -> bool:
    """Whether the words after an "I’m" of an article begin with a name."""
    pattern = re.compile(rf"{re.escape(name)}(?![\w-])".replace("’", "'"))
    return any(pattern.match(words.replace("’", "'")) for words in introduced)


def _is_voice(candidate: Candidate) -> bool:
    """Whether words are on the topic, by themselves or in an article about it whose title they take up."""
    if candidate.statement is None:
        return False
    if candidate.evidence.marks:
        return candidate.is_central or candidate.is_short
    return candidate.is_central and not candidate.stems.isdisjoint(stem_words(candidate.article.title))


def _is_sentence(candidate: Candidate) -> bool:
    """Whether somebody's words are more than a word or two within a sentence."""
    said = candidate.statement
    return said is not None and len(candidate.article.text[said.start : said.end].split()) >= MIN_WORDS


def _find_open(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """What is said to be open shortly before the newest article about the topic, newest first."""
    newest = max((each for each in candidates if each.is_central), key=lambda one: one.day, default=None)
    for each in sorted(candidates, key=lambda one: (one.day, one.score), reverse=True):
        if newest and each.day < newest.day and OPEN_DAYS < count_days_between(each.article, newest.article) < math.inf:
            return
        if each.is_on_topic and _OPEN.search(_get_text(each)):
            yield each


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


def _find_corrections(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The notes that correct an article, and the sentences of articles that correct another, "correct" first."""
    found = [each for each in candidates if is_correction(each.article.title, _get_text(each))]
    return sorted(found, key=lambda each: -("correct" in " ".join(split_words(_get_text(each)))))


def is_correction(title: str, sentence: str) -> bool:
    """Whether a sentence is a note that corrects its article, or is of an article with a title of such a note."""
    return bool(_CORRECTION_TITLE.match(title) or _CORRECTION_NOTE.search(sentence))


def _get_text(candidate: Candidate) -> str:
    return candidate.article.text[candidate.evidence.start : candidate.evidence.end]

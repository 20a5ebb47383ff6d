"""What a brief tells of a topic by day, the gist of it, and how many died."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from itertools import combinations, starmap

from assistant.collection.briefs.candidates import Candidate, is_near_copy
from assistant.collection.briefs.remains import OPEN_DAYS, is_correction_note, tells_what_is_open
from assistant.collection.briefs.topic import LEAD_SENTENCES
from assistant.collection.scope import Scope
from assistant.evidence.overlap import count_days_between
from assistant.store.search.forms import find_forms
from assistant.text.months import MONTH_WORD
from assistant.text.names import has_given_name
from assistant.text.quantities.deaths import find_dead, tells_of_dead

MIN_GIST_ARTICLES = 3  # of which the gist is what most tell
MIN_SHARED = 0.15  # of the gist: how much of it other articles tell too, times the share of articles about the topic
SHARED_WEIGHT = 4.0  # in the choice of events, of how much other articles tell too
NEARLY = 0.9  # of what is shared most, from which on the newest is the gist
MIN_TOLL_SHARE = 0.15  # of the stories about the topic that say how many died, from which on a brief does
MIN_TITLED = 3  # articles with the topic in their title, from which on a brief is of these alone
ENOUGH_EVENTS = 4  # to which further sentences of the same days and stories are taken
MIN_TITLE_STEMS = 2  # besides the topic, of a sentence after the first that tells what its title does
LATEST = 2.0  # in the choice of events, of the latest news: how things stand now
GIST_REACH = 16  # words at the beginning of the gist, among which the topic is

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
_OF_WRITER = re.compile(r"^[^“\"]*\b(?:I|I[’']\w+|my|me)\b")  # an opinion
_THIS = re.compile(r"\bthis\b", re.IGNORECASE)


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


def choose_events(
    candidates: Sequence[Candidate], scope: Scope, most: int, told: Sequence[Candidate] = ()
) -> list[Candidate]:
    """The sentences that tell most, in the order of days; narrated ones rather than quotations.

    They are of different days and stories; if these are few, further sentences of theirs that tell what the titles do.
    If articles have the topic in their title, others that only mention it are left out; if enough have, so are those
    which name it at their beginning: what they tell of may be another thing. On a topic, one article of a day is
    enough: the others tell the same news in other words. `told` are lines that are told already.
    """
    telling = [each for each in candidates if _tells_event(each)] or candidates
    telling = [each for each in telling if each.stands_alone] or [each for each in telling if not each.place]
    telling = [each for each in telling if not _is_background(each)] or telling
    titled = {each.article.id for each in telling if each.is_titled}
    if titled:
        telling = [each for each in telling if each.is_central and (each.is_titled or len(titled) < MIN_TITLED)]
    newest = max((each.day for each in telling if each.is_titled and not each.place), default="")

    def rank(each: Candidate) -> float:
        is_latest = bool(newest) and each.day == newest and each.is_titled and not each.place
        return -each.score - SHARED_WEIGHT * each.shared - LATEST * is_latest

    best = sorted(choose_by_day(telling, scope), key=rank)
    best = (_keep_one_of_a_day(best, told) if scope.words else best)[:most]
    stories = scope.library.load_story_numbers({each.article.id for each in telling})
    articles = {each.article.id for each in (*best, *told)} if scope.words else stories.keys()
    further = [each for each in telling if each.article.id in articles]
    further = [each for each in further if _has_topic(each.text, scope) or tells_the_title(each)]
    for each in sorted(further, key=lambda one: (-len(one.title_stems), -one.score)):
        if len(best) < min(most, ENOUGH_EVENTS) and not is_near_copy(each, best, stories):
            best.append(each)
    best += [each for each in candidates if each not in best and completes(each, best)][: most - len(best)]
    return sorted(best, key=lambda each: (each.day or "9999", each.article.id, each.evidence.start))


def _keep_one_of_a_day(candidates: Sequence[Candidate], told: Sequence[Candidate]) -> list[Candidate]:
    """The first of each day that no line told already is of; all that have no day."""
    kept: list[Candidate] = []
    for each in candidates:
        if not each.day or each.day not in {other.day for other in (*kept, *told)}:
            kept.append(each)
    return kept


def _tells_event(candidate: Candidate) -> bool:
    """Whether a sentence tells what happened, which is on the topic, and not what is open or corrected.

    It has nobody's own words, or opens its article.
    """
    if is_correction_note(candidate.text) or tells_what_is_open(candidate.text) or _OF_WRITER.search(candidate.text):
        return False
    if not candidate.is_on_topic or not (candidate.evidence.marks or tells_the_title(candidate)):
        return False
    if candidate.statement is None:
        return True
    return candidate.place == 0 and not candidate.statement.direct


def completes(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether the second sentence of an article tells more of its title than the first, which is one of others.

    The first one may say that a court has ruled, and the second how.
    """
    first = [each for each in others if each.article.id == candidate.article.id and each.place == 0]
    if not first or candidate.place != 1 or not candidate.stands_alone:
        return False
    if candidate.statement is not None and candidate.statement.direct:
        return False
    lacking = candidate.title_stems.difference(*(each.stems for each in first))
    return bool(lacking) and len(candidate.title_stems) > MIN_TITLE_STEMS


def tells_the_title(candidate: Candidate) -> bool:
    """Whether one of the first sentences of an article on the topic by its title tells what that does besides.

    In a report on several things the others have none of its words.
    """
    least = MIN_TITLE_STEMS if candidate.place else 1
    return candidate.is_titled and candidate.place < LEAD_SENTENCES and len(candidate.title_stems) >= least


def choose_gist(candidates: Sequence[Candidate], scope: Scope) -> Candidate | None:
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
        and _begins_with_topic(each.text, scope)
    ]  # fmt: skip
    told = [each for each in told if _has_topic(each.article.title, scope)] or told
    least = NEARLY * max((each.shared for each in told), default=0.0)
    return max((each for each in told if each.shared >= least), key=lambda one: (one.day, one.shared), default=None)


def choose_toll(candidates: Sequence[Candidate], gist: Candidate | None, scope: Scope) -> Candidate | None:
    """The newest sentence with the number of dead that most stories give; None if the gist has one, or few do.

    Two stories of near days give it; of a topic without a name, which may be a kind of event ("earthquake"), half of
    the stories. Or the only story with a number does, if it is half of them. A person is no event of which so many
    died: it is only told of one whose death is in the titles.
    """
    is_person = any(has_given_name(words.phrase) for words in scope.words)
    if not scope.words or (gist is not None and find_dead(gist.text)):
        return None
    stories = scope.library.load_story_numbers({each.article.id for each in candidates})
    central = [each for each in candidates if each.is_central]
    by_number: dict[float, list[Candidate]] = {}
    for each in central:
        if not each.is_short or not each.stands_alone or _THIS.search(each.text):
            continue
        if is_person and not (_has_topic(each.article.title, scope) and tells_of_dead(each.article.title)):
            continue
        if each.is_on_topic or _has_topic(each.article.title, scope):
            text = each.text
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
    return max(often, key=lambda each: (_has_topic(each.text, scope), each.day, max(read_dead(each)), each.score))


def read_dead(candidate: Candidate) -> set[float]:
    """The numbers of dead that a sentence gives."""
    return {each.intervals[0][0] for each in find_dead(candidate.text)}


def _is_background(candidate: Candidate) -> bool:
    """Whether a sentence tells what was years before its article.

    The first one of an article may look back ("the widow of the president shot in 1963 has died") if it does not begin
    with that year.
    """
    text = candidate.text
    beginning = _BEGINNING.match(text)
    return _looks_back(text, candidate.day, len(text) if candidate.place or beginning is None else beginning.end())


def _looks_back(text: str, day: str, end: int) -> bool:
    """Whether a text of this day names a year long before it, or speaks of years ago, before this place in it."""
    last = int(day[:4]) - 2 if day[:4].isdecimal() else 0
    years = (int(match[1] or match[2]) for match in _YEAR.finditer(text) if match.start() < end)
    return any(year <= last for year in years) or _YEARS_AGO.search(text, 0, end) is not None


def _begins_with_topic(text: str, scope: Scope) -> bool:
    """Whether a text has all phrases of the topic, one of them at its beginning: it is what the text is about."""
    beginning = " ".join(text.split()[:GIST_REACH])
    return _has_topic(text, scope) and any(find_forms(words.phrase, beginning) for words in scope.words)


def _has_topic(text: str, scope: Scope) -> bool:
    """Whether a text has all phrases of the topic."""
    return all(find_forms(words.phrase, text) for words in scope.words)

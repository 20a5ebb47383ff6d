"""The numbers of people whom a sentence calls dead, by the noun that they count or the verb that they are with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.text.languages import ENGLISH
from assistant.text.quantities.quantities import Quantity, find_quantities
from assistant.text.stemming import stem
from assistant.text.words import STOP_WORDS, split_words

MAX_SENTENCE = 2_000  # characters; a longer one is a table or a list
DEAD_REACH = 9  # words between a number and the word that calls those whom it counts dead
NEAR = 200  # characters before and after a number that are read for these words
MAX_NOUN_WORDS = 3  # of what is counted: "storm related deaths"
MAX_PLACE_WORDS = 4  # between who died and the verb: "people in the old town were killed"

_WORDS = ENGLISH.numbers
_OUTCOMES = {stem(word): group for word, group in _WORDS.outcomes.items()}
_PEOPLE = ENGLISH.people.plural_person_nouns | frozenset(
    "people children men women police others adults pupils civilians troops migrants victims adult child".split()
)
_NO_PEOPLE = frozenset(
    "cows cattle sheep pigs birds chickens hens ducks turkeys goats dogs cats horses animals trees bees jobs".split()
)
_DEATHS = frozenset("death deaths fatality fatalities".split())
_DIED = frozenset("die dies died dying perished dead".split())
_KILLED = frozenset("killed murdered slain drowned".split())
_KILLING = frozenset("kill kills killed killing murder murders murdered murdering slain".split())
_PASSIVE = frozenset("was were is are been be being feared confirmed reported believed presumed thought known".split())
_LINKS = _PASSIVE | frozenset("has have had to who that also now already all since so far later found".split())
_ABOUT = frozenset(
    "about some nearly almost around roughly over more than another further additional estimated total a an the of as "
    "many and its other at least up to".split()
)
_BEFORE_SUBJECT = frozenset("left leaves leaving that said says".split())
_PLACES = frozenset("in at on from near aboard inside of".split())
_IN_PLACE = frozenset("the a an of".split())
_NO_NOUN = frozenset(
    map(stem, "mourned survived attended marched remembered honoured fled escaped said say saw shot".split())
)
_AFTER_PASSIVE = frozenset(
    "in by on when during after and at as since while near this last yesterday overnight so or across".split()
)
_FIRST_NUMBER = re.compile(r"\d")
_TOLL = re.compile(
    r"\b(?:death toll|number of (?:dead|deaths))(?: (?:has|had|now|is|was|rose|risen|climbed|stands|stood|"
    r"reached|passed|to|at|of|over|since|then)){1,5} $",
    re.IGNORECASE,
)
_OF_SOME = re.compile(r"\b(?:deaths|dead) (?:were |was )?of\b")  # "six deaths were of children": of a part of the dead
_BREAK = re.compile(r"[,.;:!?()](?=\s|$)|\s[–—-]\s|—")


def find_dead(text: str) -> list[Quantity]:
    """The numbers of people whom a sentence calls dead: of "killed 19 children", "53 deaths", "killed at least 62".

    Those who kill, mourn, survive or are arrested after a death are none. Empty for a sentence of a table's length.
    """
    found = []
    for quantity in find_quantities(text) if len(text) <= MAX_SENTENCE else ():
        start = _BREAK.split(text[max(0, quantity.start - NEAR) : quantity.start])[-1]
        before = split_words(start)[-DEAD_REACH:]
        after = split_words(_BREAK.split(text[quantity.end : quantity.end + NEAR])[0])[:DEAD_REACH]
        counted = after[:MAX_NOUN_WORDS]
        if quantity.dimension or not _WORDS.periods.isdisjoint(counted[:1]) or not _NO_PEOPLE.isdisjoint(counted):
            continue
        if _OF_SOME.search(text, quantity.end, quantity.end + NEAR):
            continue
        if (
            _counts_deaths(after)
            or _tells_that_they_died(before, after)
            or _are_killed(before, after)
            or _TOLL.search(start)
        ):
            found.append(quantity)
    return found


def tells_of_dead(text: str) -> bool:
    """Whether a text has a word for death: a title of somebody's."""
    return any(_OUTCOMES.get(stem(word)) == "dead" for word in split_words(text))


def _counts_deaths(after: Sequence[str]) -> bool:
    """Whether the noun after a number is one for deaths: "53 storm related deaths", "39 dead"."""
    if after[:1] == ["dead"]:
        return len(after) == 1 or after[1] in STOP_WORDS or after[1] in _PEOPLE
    for word in after[:MAX_NOUN_WORDS]:
        if word in _DEATHS:
            return True
        if word in _PEOPLE or not _can_be_in_noun(word):
            return False
    return False


def _tells_that_they_died(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether those after a number died or were killed: "12 people were killed", "two men and a nurse died"."""
    place = _skip_noun(after, 0)
    if place is None:
        return False
    verb = next((word for word in reversed(before) if word not in _ABOUT), "left")
    if after[place : place + 1] == ["and"] and verb in _BEFORE_SUBJECT:  # not "it hurt 40 people and two nurses died"
        following = _skip_noun(after, place + 1 + (after[place + 1 : place + 2] in (["a"], ["an"])), may_count=True)
        place = place if following is None else following
    if _ends_in_death(after[place:], needs_verb=False):
        return True
    if not place or after[place : place + 1] == [] or after[place] not in _PLACES:
        return False
    for end in range(place + 2, place + 2 + MAX_PLACE_WORDS):
        word = after[end - 1] if end <= len(after) else "who"
        if word not in _IN_PLACE and (word in STOP_WORDS or _is_number(word)):
            return False
        if _ends_in_death(after[end:], needs_verb=True):
            return True
    return False


def _skip_noun(words: Sequence[str], place: int, *, may_count: bool = False) -> int | None:
    """Where what is counted ends: after a noun, with at most two words before it; None if it is no such thing."""
    start = place
    if may_count and place < len(words) and _is_number(words[place]):
        start = place = place + 1
    while place < len(words) and place - start < MAX_NOUN_WORDS and _can_be_in_noun(words[place]):
        place += 1
    if place == start and may_count:
        return None
    last = words[place - 1] if place > start else ""
    return None if place - start > 1 and not (last in _PEOPLE or last.endswith("s")) else place


def _can_be_in_noun(word: str) -> bool:
    known = _OUTCOMES.get(stem(word)) is not None or stem(word) in _NO_NOUN
    return not (known or word in STOP_WORDS or word in _LINKS or word in _DIED or word == "and" or _is_number(word))


def _ends_in_death(words: Sequence[str], *, needs_verb: bool) -> bool:
    """Whether words begin with a verb, or "dead", that tells of the death of those before it."""
    links = 0
    while links < len(words) and words[links] in _LINKS:
        links += 1
    if links == len(words):
        return False
    word, following = words[links], words[links + 1 : links + 2]
    if word == "shot" and list(following) == ["dead"]:
        word, following = "killed", words[links + 2 : links + 3]
    is_passive = not _PASSIVE.isdisjoint(words[:links])
    if word in _DIED:
        return is_passive or word != "dead" or not needs_verb
    if word == "lost":
        return list(words[links + 1 : links + 3]) == ["their", "lives"]
    return word in _KILLED and (is_passive or (not links and _AFTER_PASSIVE.issuperset(following)))


def _are_killed(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a number is of those whom somebody kills: "killed about 40", "the deaths of 12 people"."""
    place, has_of, has_and = len(before) - 1, False, False
    while place >= 0 and (before[place] in _ABOUT or before[place] in _PEOPLE or _is_number(before[place])):
        has_of, has_and = has_of or before[place] == "of", has_and or before[place] == "and"
        place -= 1
    verb = before[place] if place >= 0 else ""
    if has_and and not _ends_the_object(after):
        return False
    if verb in ("death", "deaths"):
        return has_of
    return verb in _KILLING and not (place and before[place - 1] in _PASSIVE)


def _ends_the_object(after: Sequence[str]) -> bool:
    """Whether people are counted, with no verb of their own: "killed two men and 12 children in the town"."""
    for place, word in enumerate(after[:MAX_NOUN_WORDS]):
        if word in _PEOPLE:
            following = after[place + 1 : place + 2]
            return not following or (following[0] in STOP_WORDS and following[0] not in _LINKS)
        if not _can_be_in_noun(word):
            return False
    return False


def _is_number(word: str) -> bool:
    return _FIRST_NUMBER.match(word) is not None or word in _WORDS.cardinals or word in _WORDS.scales

"""Names of institutions that consist of several tokens: "the Food and Drink Federation", "Save the Children".

The rules match the tags of `speech.tagger`, and find the spans of tokens that are one name, the last span first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.text.languages import ENGLISH
from assistant.text.languages.word_list import is_english_word
from assistant.text.names import has_given_name, is_given_name, is_organization

_PEOPLE = ENGLISH.people
_LINKS = frozenset({"of", "for"})
_ARTICLES = frozenset({"the", "its", "a", "an"})

_NAME_AND_NAME = re.compile(r"[NT]cN")
_NAME_NUMBER_NAME = re.compile(r"NwN")
_NAME_OF_NAME = re.compile(r"N(?=(?P<rest>oD?N(?P<further>oN)?))")
_OWNER_AND_NAME = re.compile(r"O[NT]")
_PLURAL_OWNER = re.compile(r"(?:s[’']|(?:men|[Cc]hildren|[Pp]eople)[’']s)$")
_NAME_COMMA_NAME = re.compile(r"N,N")
_CAMPUS = re.compile(r"[NT]oD?(?P<name>N,N)(?!,)")
_MEMBER = re.compile(r"[DTwO]{0,4}NoD?$")
_LIST = re.compile(r"[ow](?P<names>N(?:,[Nw]){1,8},?cN)(?=,)")
_OWNER_SPEAKS = re.compile("O[SL]")
_SPEAKS = re.compile(r"NA{0,2}[SL]")
_VERB_ARTICLE_NAME = re.compile(r"[wNbSV]D[NT]")


class Token(Protocol):
    """What the rules read of a token."""

    @property
    def text(self) -> str:
        """The text as written."""

    @property
    def name(self) -> str:
        """The name without titles; empty if the token is no name."""

    @property
    def lead(self) -> str:
        """The titles before the name."""


TokenSpans = Iterator[tuple[int, int]]


def _matches(pattern: re.Pattern[str], tags: str) -> list[re.Match[str]]:
    return list(pattern.finditer(tags))[::-1]


def _find_joined_names(tokens: Sequence[Token], tags: str) -> TokenSpans:
    """ "the Nordic Beer and Pub Association", "Ministry of Health and Care"."""
    for match in _matches(_NAME_AND_NAME, tags):
        if _is_one_body(tokens, tags, match.start()):
            yield match.span()


def _find_parts_of_bodies(tokens: Sequence[Token], tags: str) -> TokenSpans:
    """ "Texas Department of Health", "General Foods of Norland Ltd"."""
    for match in _matches(_NAME_OF_NAME, tags):
        head = tokens[match.start()]
        is_body = (
            _ends_with_body_noun(head.name)
            or _is_named_after_noun(head, tags[: match.start()], match["rest"])
            or (match["rest"] == "oN" and _is_branch(head.name, tokens[match.start() + 2].name))
        )
        if tokens[match.start() + 1].text in _LINKS and is_body:
            field = tokens[match.end("rest") - 2 : match.end("rest")]  # "Association of Colleges of Nursing"
            is_whole = match["further"] is None or (field[0].text == "of" and not has_given_name(field[1].name))
            yield match.start(), match.end("rest") if is_whole else match.start("further")


def _find_firms(tokens: Sequence[Token], tags: str) -> TokenSpans:
    """ "Tarn, Moen & Berg"."""
    for match in _matches(_NAME_COMMA_NAME, tags):
        if "&" in tokens[match.end() - 1].name and not has_given_name(tokens[match.start()].name):
            yield match.span()


def _find_numbered(tokens: Sequence[Token], tags: str) -> TokenSpans:
    """ "Lost 52 Project"."""
    for match in _matches(_NAME_NUMBER_NAME, tags):
        first, number, last = tokens[match.start() : match.end()]
        if number.text.isdigit() and last.name.lower() in _PEOPLE.organization_words and not first.lead:
            yield match.span()


def _find_owned_bodies(tokens: Sequence[Token], tags: str) -> TokenSpans:
    """ "the Norland Teachers’ Union", "Women’s Council of Tarn"."""
    for match in _matches(_OWNER_AND_NAME, tags):
        owner, body = (token.text for token in tokens[match.start() : match.end()])
        heads = re.split(r"\s(?:of|for|and)\s", body, maxsplit=1)
        if (
            _PLURAL_OWNER.search(owner)
            and owner[0].isupper()
            and body[0].isupper()
            and any(map(_ends_with_body_noun, heads))
        ):
            yield match.span()


def _find_owners_who_speak(tokens: Sequence[Token], tags: str) -> TokenSpans:
    """ "Tarn’s said": a firm that is called after its owner."""
    for match in _matches(_OWNER_SPEAKS, tags):
        firm, verb = tokens[match.start() : match.end()]
        is_name = firm.name and not is_given_name(firm.name) and firm.name.lower() not in _PEOPLE.non_name_words
        if is_name and verb.text in ENGLISH.reporting.inverted_statement_cues:  # not "Tarn’s reported claim"
            yield match.start(), match.start() + 1


def _find_slogans(tokens: Sequence[Token], tags: str) -> TokenSpans:
    """ "Save the Children"; before a verb of saying any such name: "Mend the Sea said"."""
    for match in _matches(_VERB_ARTICLE_NAME, tags):
        verb, article = (token.text for token in tokens[match.start() : match.end() - 1])
        is_open = tags[: match.start()].rstrip(",")[-1:] in ("", "Q") and _SPEAKS.match(tags, match.end() - 1)
        is_slogan = is_open and is_english_word(verb.lower()) and not is_given_name(verb)
        if article == "the" and verb[0].isupper() and (is_slogan or verb.lower() in _PEOPLE.slogan_verbs):
            yield match.span()


def _find_campuses(tokens: Sequence[Token], tags: str) -> TokenSpans:
    """ "Ada Marr of the University of Norland, Port Tarn said": behind its member, what follows is no new subject."""
    for match in _matches(_CAMPUS, tags):
        head, place = tokens[match.start()].text.rsplit(" ", 1)[-1].lower(), tokens[match.end() - 1]
        is_town = not place.lead and not has_given_name(place.name)
        if head in _PEOPLE.campus_nouns and is_town and _MEMBER.match(tags, 0, match.start()):
            yield match.span("name")


def _find_lists(tokens: Sequence[Token], tags: str) -> TokenSpans:
    """ "crews at Tarnair, Norland Air and Skyline, expect …": members of a list that belongs to a preposition."""
    for match in _matches(_LIST, tags):
        start, end = match.span("names")
        names = [token for token in tokens[start:end] if token.name]
        governor = tokens[match.start()].text.lower()
        is_governed = tags[match.start()] == "o" or governor in _PEOPLE.listing_words
        is_listed = all(
            token.text[0].isupper() for token in tokens[start:end] if token.text[0].isalpha() and token.text != "and"
        )
        if is_governed and is_listed and not any(token.lead or has_given_name(token.name) for token in names):
            yield start, end


def _is_one_body(tokens: Sequence[Token], tags: str, place: int) -> bool:
    """Whether two names with "and" between them are one."""
    first, conjunction, second = tokens[place : place + 3]
    before, name = tags[:place], first.name or first.text  # "Justice" of "Justice and Public Security" is a title too
    if conjunction.text != "and" or first.lead or second.lead or name.isupper() or second.name.isupper():
        return False
    if second.name.lower() in ENGLISH.narration.firm_partners:
        return True  # "Ivo Tarn and Sons"
    if _ends_firm(second.name) and not (_ends_firm(name) or is_given_name(name.split()[0])):
        return True  # "Pelby Wood and Paper Co"
    is_family = tags.endswith("D", 0, place) and name.count(" ") == 0 and _ends_with_body_noun(second.name)
    if (is_given_name(name.split()[0]) and not is_family) or _ends_with_body_noun(name):
        return False
    if before.endswith(("To", "No")):  # "Ministry of Health and Care", "Ada Tarn of Pelby Fire and Rescue"
        is_field = _ends_with_body_noun(tokens[place - 2].text) and not (
            _ends_with_body_noun(second.name) and second.name.count(" ") > 1
        )
        is_service = " " in name and is_english_word(second.name.lower())
        return tokens[place - 1].text in _LINKS and (is_field or is_service)
    return before.endswith("D") and tokens[place - 1].text.lower() in _ARTICLES and _ends_with_body_noun(second.name)


def _is_named_after_noun(head: Token, tags_before: str, rest: str) -> bool:
    """Whether a name behind "the" ends with a common noun that "for the" completes: "the Pelby Fund for the Arts"."""
    is_noun = " " in head.name and not head.lead and is_english_word(head.name.rsplit(" ", 1)[-1].lower())
    return is_noun and tags_before.endswith("D") and rest == "oDN"


def _is_branch(name: str, place: str) -> bool:
    """Whether a firm is named with a place: "General Foods of Norland Ltd", not "Jarrah Woods of Tarn Ltd"."""
    return _ends_firm(place) and not _ends_firm(name) and not has_given_name(name) and is_organization(name)


def _ends_firm(name: str) -> bool:
    return name.rsplit(" ", 1)[-1].rstrip(".") in _PEOPLE.company_abbreviations


def _ends_with_body_noun(name: str) -> bool:
    return name.rsplit(" ", 1)[-1].lower() in _PEOPLE.body_nouns


# In the order in which they apply: "Department of [Health and Care]" comes before "[Department of Health and Care]".
BODY_RULES: tuple[Callable[[Sequence[Token], str], TokenSpans], ...] = (
    _find_joined_names,
    _find_parts_of_bodies,
    _find_firms,
    _find_numbered,
    _find_owned_bodies,
    _find_owners_who_speak,
    _find_slogans,
    _find_campuses,
    _find_lists,
)

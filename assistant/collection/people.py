"""Who somebody is: what the articles call them, the latest first; who has an office; likely misspellings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.collection.counting import listed_some, say_day
from assistant.collection.draft import Draft, SentenceReader
from assistant.collection.scope import Scope, suggest_names
from assistant.evidence.requirements.office import Office, holds_office, read_description, tie_office
from assistant.questions.collection.parsing import is_office
from assistant.questions.names.aliases import find_group, name_country
from assistant.questions.speakers import looks_like_name
from assistant.records.answer import Evidence
from assistant.records.article import Span
from assistant.records.collection.question import CollectionItem, CollectionQuery, CollectionResult
from assistant.records.collection.search import AllOf, AnyOf, Choice, SearchExpression, Words
from assistant.retrieval.holders import find_holders
from assistant.retrieval.speakers import link_speakers
from assistant.store.protocol import Library
from assistant.text.formatting import join_names
from assistant.text.names import has_given_name, is_same_person, name_parts, name_words
from assistant.text.roles import shorten_noun, spell_role
from assistant.text.stemming import stem_words
from assistant.text.transliteration import is_spelled_alike
from assistant.text.words import content_words, fold

MAX_ARTICLES = 150  # the newest ones that name somebody, whose sentences are read
MAX_DESCRIPTIONS = 6

_APPOSITION = (
    r"(?:['’]s)?(?:,| [—–]) (?P<apposition>(?:the |an? |its |"
    r"who (?:is|was|chairs|leads|heads|runs|has|became|founded|directs) |"
    r"(?:chair|chief|head|director|president|leader|founder|owner|mayor|minister|spokes\w+|author|professor|editor|"
    r"former|acting|deputy|co-\w+|vice)\b|[A-Z][\w-]*(?: [A-Z][\w-]*){{0,3}}['’]s? [a-z])"
    r"(?:[^,.;:“”()—–]|(?<=\b[A-Z])\.|\.(?=\w)){{2,110}})(?=[,;:)—–]|\.|\s*$)"
)
# "Ellery Freight (EF), founded in May, is a carrier of grain": only of the subject that begins a sentence
_COPULA = (
    r"(?: \([^)]{{2,40}}\))?(?:, [^,.;:“”]{{2,60}},)? (?:is|are|was|were) (?P<copula>(?:an?|the|one of the) "
    r"(?!(?:bit|lot|little|few|same|latest|next|day|week|month|year|target|subject|victim)\b)"
    r"(?:[^,.;:“”()—–]|(?<=\b[A-Z])\.|\.(?=\w)){{2,140}})(?=[,;:)—–]|\.|\s*$)"
)
_BEGINS = re.compile(r"(?:The |An? )?")
_COMPANY_END = r"(?: (?:Inc|Ltd|Corp|Co|LLC|plc|PLC|GmbH|AG|SA)\b\.?)?"
_SMALL_WORDS = frozenset("the of and for a an in de la van von".split())
_PRONOUN_ROLE = re.compile(r"^(?:its|his|her|their|our|my|the)\b", re.IGNORECASE)
_RELATIVE_START = re.compile(r"\b(?:who|that|which|whose|where)\b", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:is|was|are|were|has|have|had|will|would|did|does|can|could|said|says|told)\b", re.IGNORECASE
)
_PAST = re.compile(r"\s\w+ed\b")
# "Kari told the Post, a choice that cost her the office": what somebody did, and nobody
_OF_CLAUSE = re.compile(
    r"an? (?:[\w-]+ )?(?:move|decision|choice|step|claim|charge|sign|feat|result|figure|rise|fall|drop|increase|"
    r"decline|blow|process|practice|change|development|victory|loss|offer|plan)\b"
)
_NAMES_ANOTHER = re.compile(
    r"(?!who\b)(?:[a-z][\w-]* )*(?!(?:of|at|for|in|to|the|with|and|from|on|by|an?)\b)[a-z][\w-]*"
    r"(?: [A-Z][\w’'-]+){2,3} ?$"
)
_PAST_OFFICE = re.compile(r"(?:the |an? )?(?:former|ex|then|late|outgoing|one-time)\b|.*\bpredecessor\b", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)
_STAND_INS = ("acting", "interim")
_NAME_BEFORE = re.compile(r"\b[A-Z][\w’'-]+\s$")
_NAMED_NEXT = (
    r"(?<![\w-])(?P<office>(?i:{office})),? "
    r"(?P<name>[A-Z][\w’'-]+(?: (?:[A-Z]\.|[A-Z][\w’'-]+)){{1,3}})(?=[,;)]| [a-z])"
)
# Before such an office, in its sentence: "the", a mark or nothing, but neither "deputy" nor "former US"
_NO_RANK_BEFORE = re.compile(r"(?:^|[^\w.-])the\s$|[,;:“”\"(]\s?$|[—–]\s$|^\W*$", re.IGNORECASE)
# Before an office with the name of its body: "then-UK prime minister", "the former London mayor"
_RANK_BEFORE = re.compile(
    r"\b(?:former|ex|then|late|outgoing|one-?time|past|previous|deputy|vice|first|ousted|fictional|would-be|future|"
    r"next|incoming)[\s-]+$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?$")
_INITIALS = re.compile(r"\b(?:CEO|CFO|COO|CTO|PM)\b")
_INITIALS_OF = re.compile(rf"(?i:the )?{_INITIALS.pattern}(?: of | at )|.+['’]s? {_INITIALS.pattern}$")
_SPELLED = {"PM": "prime minister"}
# "Supported by": what befell somebody, while "elected in May as mayor" and "charged with running the port" say who
_UNDERGOES = re.compile(
    r"(?:\w+ly |not |also |now )?(?!(?:(?:re)?(?:elected|appointed|nominated|named)|hired|installed|promoted|assigned|"
    r"employed|based|married|educated|retired)\b|(?:charged|tasked|entrusted) with\b)"
    r"\w+ed (?:by|in|for|to|with|at|from|on)\b"
)
_RELATIVE = re.compile(r"^who (?:is|was) ", re.IGNORECASE)


@dataclass(frozen=True)
class Description:
    """What a sentence calls somebody: `words` are `article.text[start:end]` of its mark.

    `since` is the first day on which an article uses them, `articles` how many do.
    """

    words: str
    evidence: Evidence
    since: str = ""
    articles: int = 1

    @property
    def day(self) -> str:
        """The day of its article; empty if it has none."""
        return (self.evidence.article.published_at or "")[:10]


def describe_person(asked: CollectionQuery, scope: Scope) -> Draft | None:
    """What the articles call the one asked for; None if they do not describe them, so that passages are searched."""
    name, library = asked.speaker or "", scope.library
    words = set(name_words(name))  # "FTX" is not its founder
    found = [known for known, is_name in link_speakers(name, library) if is_name]
    is_lower = name.islower()
    named = [known for known in found if words & set(name_words(known))]
    named = named or [known for known in found if is_spelled_alike(name.split()[-1], known.split()[-1])]
    linked = found if is_lower else named
    if is_lower and found and not named and (holders := _name_holders(name, scope)) is not None:
        return holders
    is_held = bool(found) and not linked and is_office(name)  # "the Prime Minister of Okrug"
    if _is_description(name) or is_held or (not looks_like_name(name) and not _is_known(name, library)):
        return _name_holders(name, scope)
    people = linked or ([name] if _is_known(name, library) else [])
    if not people:
        return _suggest(name, scope)
    described = _collect(people, scope)
    if not described:
        return None
    return _draft(name, people, described, scope)


def _is_description(name: str) -> bool:
    """Whether words describe an office ("the prime minister of Okrug") and are not a name with small words."""
    if _INITIALS_OF.match(name):  # "the CEO of Marlo Freight"
        return True
    return is_office(name) and any(word.islower() and word not in _SMALL_WORDS for word in name.split())


def _is_known(name: str, library: Library) -> bool:
    return any(map(str.isupper, name)) and bool(library.find_articles(Words(name)))


def _draft(name: str, people: Sequence[str], described: Sequence[Description], scope: Scope) -> Draft:
    latest, who = described[0], people[0]
    said = f"{who}: {_say(latest)}"
    earlier = [_say(each) for each in described[1:MAX_DESCRIPTIONS]]
    said += f"; also {'; '.join(earlier[:2])}." if earlier else "."
    notes = list(scope.remarks)
    others = [other for other in people[1:] if not is_same_person(other, who)]
    spellings = [other for other in people[1:] if other not in others]
    if not set(name_words(name)) & set(name_words(who)):
        notes.append(f"“{name}” was read as {who}.")
    if spellings:
        notes.append(f"Also written: {listed_some(list(spellings), 5)}.")
    if others:
        notes.append(f"{name} may also be {join_names(others[:3], 'or')}.")
    shown = described[:MAX_DESCRIPTIONS]
    items = tuple(CollectionItem(each.evidence.article.id, *each.evidence.marks[0], each.words) for each in described)
    search = f'"{who}"'
    result = CollectionResult("who", "articles", len(items), f"descriptions of {who} in articles", search, items=items)
    notes.append("What the articles call them, the latest first.")
    return Draft(said, [each.evidence for each in shown], notes, result)


def _say(description: Description) -> str:
    """The words with their days: “mayor” (13 November 2025; in 11 articles since 11 February 2025)."""
    day, since = description.day, description.since
    days = [say_day(day)] if day else []
    if description.articles > 1:
        days.append(
            f"in {description.articles:,} articles{f' since {say_day(since)}' if since and since != day else ''}"
        )
    return f"“{description.words}” ({'; '.join(days)})" if days else f"“{description.words}”"


def _suggest(name: str, scope: Scope) -> Draft | None:
    """For a name that no article has: who is spelled much like it, with what the articles call them."""
    similar = suggest_names(name, scope.library)
    if not similar:
        return None
    described = _collect(similar[:1], scope)
    said = f"No article names {name}. Did you mean {join_names(similar, 'or')}?"
    if described:
        latest = described[0]
        said += f" {similar[0]}: “{latest.words}”{f' ({say_day(latest.day)})' if latest.day else ''}."
    return Draft(said, [each.evidence for each in described[:2]], [])


def _name_holders(description: str, scope: Scope) -> Draft | None:
    """Who has the office that a description names ("the mayor of Port Ellery"), the latest first.

    An article must say it of the body or place that is named, or of none beside the one that it is about.
    """
    description = _INITIALS.sub(lambda found: _SPELLED.get(found[0], found[0].lower()), description)
    words, of, owner = description.partition(" of ")
    office = read_description((words.lower() if of else words) + of + owner)
    if office is None:
        return None
    is_country = name_country(office.owner) is not None  # an article on a country need not name it first
    found: list[tuple[str, Description]] = []
    bare = _ARTICLE.sub("", description)
    asked = (description, *(f"{rank} {bare}" for rank in _STAND_INS))  # who acts as the engineer is that now
    people: list[str] = []
    for person in (person for each in asked for person in find_holders(each, scope.library)):
        if not any(is_same_person(person, other) for other in people):  # "Biden" after "Joe Biden"
            people.append(person)
    for person in people:
        described = [
            (each, tie_office(office, each.evidence.article, _span_of(each))) for each in _collect([person], scope)
        ]
        is_elsewhere = any(tie == "other" for _, tie in described)  # "the mayor of Norfield" is not that of Port Ellery
        fitting = [
            each
            for each, tie in described
            if set(office.words) <= stem_words(spell_role(each.words))  # "Gov. Krag, who was on the short list"
            and (tie == "named" or not (is_elsewhere or is_country))
            and not _PAST_OFFICE.match(each.words)
            and holds_office(office, each.evidence.article, _span_of(each))
        ]
        found += [(person, each) for each in fitting[:1]]
    found += _find_named(description, office, scope)
    if not found:
        return None
    newest = sorted(found, key=lambda each: each[1].day, reverse=True)
    found = []
    for name, each in newest:
        if not any(is_same_person(name, other) for other, _ in found):
            found.append((name, each))
    person, latest = found[0]
    said = f"{person}: {_say(latest)}."
    others = [f"{other} (“{each.words}”{f', {say_day(each.day)}' if each.day else ''})" for other, each in found[1:5]]
    notes = [f"Others that articles call so: {listed_some(others, 4)}."] if others else []
    notes.append("So the articles call them; the latest is first.")
    items = tuple(CollectionItem(each.evidence.article.id, *each.evidence.marks[0], who) for who, each in found)
    result = CollectionResult("who", "speakers", len(found), f"people whom an article calls {description}", items=items)
    return Draft(said, [each.evidence for _, each in found[:MAX_DESCRIPTIONS]], notes, result)


def _find_named(description: str, office: Office, scope: Scope) -> Iterator[tuple[str, Description]]:
    """Whom articles name right after an office: "the mayor of Marn, Ana Lund, …", "Marn mayor Ana Lund"; newest first.

    The body may be called by another of its names: "UK" for "United Kingdom".
    """
    words = " ".join(description.split()[description.lower().startswith(("the ", "a ", "an ")) :])
    group = find_group(office.owner.split())
    names = group.forms if group is not None else (office.owner,) if office.owner else ()
    title, _, noun = office.title.rpartition(" ")
    shorter = [f"{title} {short.capitalize()}".strip() for short in shorten_noun(noun)]
    titles = [office.title, *(f"{each}{dot}" for each in shorter for dot in (".", ""))]
    owned = [f"{name}{ending} {each}" for each in titles for name in names for ending in ("", "’s", "'s")]
    either = dict.fromkeys((words, *owned))
    ids = scope.library.find_articles(AllOf((AnyOf(tuple(map(Words, either))), _within(scope))))[:MAX_ARTICLES]
    reader = SentenceReader(scope.library, ids)
    pattern = re.compile(
        _NAMED_NEXT.format(office="|".join(r"\s+".join(map(re.escape, each.split())) for each in either))
    )
    for article_id in ids:
        article = reader.articles[article_id]
        for match in pattern.finditer(article.text):
            cited = reader.cite_place(article_id, match.span("office"))
            name = _POSSESSIVE.sub("", match["name"])
            if cited is None or not has_given_name(name):  # "the mayor of Marn, North Carolina, said"
                continue
            before = article.text[cited.start : match.start("office")]
            is_owned = names and fold(match["office"]) != fold(words)
            is_whole = not _RANK_BEFORE.search(before) if is_owned else _NO_RANK_BEFORE.search(before) is not None
            if is_whole and holds_office(office, article, (cited.start, cited.end)):
                yield name, Description(match["office"], cited)


# -------------------------------------------------------------------------------------- descriptions


def _collect(people: Sequence[str], scope: Scope) -> list[Description]:
    """What articles call somebody, each description once, the latest first."""
    library = scope.library
    full = [name for name in people if len(name_parts(name)) > 1] or people  # "Jackson" alone may be another
    ids = library.find_articles(AllOf((AnyOf(tuple(map(Words, full))), _within(scope))))[:MAX_ARTICLES]
    reader = SentenceReader(library, ids)
    roles = _find_roles(people, ids, library)
    pattern = _compile_name(people)
    found: dict[str, Description] = {}
    for article_id in ids:
        for description in _read_article(article_id, reader, pattern, roles.get(article_id, ())):
            key = " ".join(content_words(fold(description.words))) or fold(description.words)
            newest = found.get(key, description)
            day = description.day or newest.since
            found[key] = replace(newest, since=day, articles=newest.articles + (newest is not description))
    return sorted(found.values(), key=lambda each: each.day, reverse=True)


def _span_of(description: Description) -> Span:
    return (description.evidence.start, description.evidence.end)


def _within(scope: Scope) -> SearchExpression:
    return Choice("article", scope.article_ids)


def _find_roles(people: Sequence[str], ids: Sequence[str], library: Library) -> dict[str, list[str]]:
    """The roles under which each article quotes somebody."""
    roles: dict[str, list[str]] = {}
    for place in library.place_statements(people, ids):
        if place.role and not _PRONOUN_ROLE.match(place.role) and place.role not in roles.get(place.article_id, []):
            roles.setdefault(place.article_id, []).append(place.role)
    return roles


def _compile_name(people: Sequence[str]) -> re.Pattern[str]:
    """A pattern for the names, with an apposition after them: "Idris Valcourt, the harbour engineer,"."""
    names = sorted({*people, *(" ".join(name_parts(name)) for name in people)} - {""}, key=len, reverse=True)
    name = "|".join(r"\s+".join(map(re.escape, each.split())) for each in names)
    return re.compile(rf"(?<!\w)(?:{name})(?!\w){_COMPANY_END}(?:{_APPOSITION.format()}|{_COPULA.format()})?")


def _read_article(
    article_id: str, reader: SentenceReader, pattern: re.Pattern[str], roles: Sequence[str]
) -> Iterator[Description]:
    """The first description of each kind in an article: an apposition, and a role before the name."""
    article = reader.articles.get(article_id)
    if article is None:
        return
    for start, end in reader.spans_of(article_id):
        sentence = article.text[start:end]
        for match in pattern.finditer(sentence):
            if _is_end_of_other_name(sentence, match, pattern):
                continue
            span = _find_description(sentence, match, roles)
            if span is not None:
                a, b = start + span[0], start + span[1]
                evidence = Evidence(article, start, end, 1.0, marks=((a, b),))
                yield Description(" ".join(article.text[a:b].split()), evidence)
                return


def _is_end_of_other_name(sentence: str, match: re.Match[str], pattern: re.Pattern[str]) -> bool:
    """Whether a name is the end of another one: "Chandra Jackson" is not Jackson, "Judge Jackson" is."""
    before = _NAME_BEFORE.search(sentence, 0, match.start())
    if before is None:
        return False
    whole = name_parts(f"{before[0].strip()} {match[0].split(',')[0]}")
    return len(whole) > len(name_parts(match[0].split(",")[0])) and pattern.fullmatch(" ".join(whole)) is None


def _is_no_description(apposition: str, *, is_last: bool) -> bool:
    """Whether words after a name are a clause of their own ("…, the Queen suspended parliament"), and no description.

    So is another name in a list ("…, former chancellor Ivo Brandt").

    A relative clause in a description has a verb ("a firm that runs ferries"). What ends the sentence is more often a
    clause.
    """
    main = _RELATIVE_START.split(apposition, maxsplit=1)[0]
    if _NAMES_ANOTHER.match(apposition) or _OF_CLAUSE.match(apposition):
        return True
    return _FINITE.search(main) is not None or (is_last and _PAST.search(main) is not None)


def _find_description(sentence: str, match: re.Match[str], roles: Sequence[str]) -> Span | None:
    """The words of a sentence that describe the one whose name is at this place."""
    if match["apposition"] and not _is_no_description(
        match["apposition"], is_last=match.end() >= len(sentence.rstrip(' .”"')) - 1
    ):
        first, last = match.span("apposition")
        relative = _RELATIVE.match(sentence, first, last) or re.compile(r"who is |who was ").match(
            sentence, first, last
        )
        if not (relative and _UNDERGOES.match(sentence, relative.end(), last)):
            return (relative.end() if relative else first, last)
    before = sentence[: match.start()]
    if match["copula"] and _BEGINS.fullmatch(before):
        return match.span("copula")
    for role in sorted(roles, key=len, reverse=True):
        if (place := fold(before).rfind(fold(role))) >= 0 and len(before) - place - len(role) <= 6:
            return (place, place + len(role))
    return None

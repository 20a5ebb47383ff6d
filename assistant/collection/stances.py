"""Who criticised, praised, supported or accused somebody: those whose act the articles tell, with its object."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.answers.refusal import MAX_NEAREST
from assistant.collection.counting import listed_some
from assistant.collection.draft import Draft, SentenceReader
from assistant.collection.scope import Scope, link_names
from assistant.evidence.premises.polarity import is_negation
from assistant.questions.collection.acts import counts_as_act
from assistant.records.answer import Evidence
from assistant.records.article import Article
from assistant.records.collection.question import CollectionItem, CollectionQuery, CollectionResult
from assistant.records.collection.search import AllOf, AnyOf, Choice, Words
from assistant.records.statement import Statement
from assistant.store.search.forms import find_forms
from assistant.text.languages import ENGLISH
from assistant.text.names import full_names, is_same_person, name_parts
from assistant.text.stemming import stem_words
from assistant.text.words import content_words, split_words

_CLAUSE_STARTS = re.compile(r"[,.;:—–]|\b(?:and|but|that|who|which)\b", re.IGNORECASE)
# What comes after the object of a verb: a preposition, a clause, a quotation.
_OBJECT_END = re.compile(
    r"(?i:\b(?:of|for|to|with|without|that|by|in|on|at|from|over|after|as|who|whom|which|because|while|when|about|via|"
    r"against|during|amid|since|before)\b)|[;:.()“\"–—]|, (?!(?:[A-Z]\w+ ){0,4}[A-Z]\w+(?:[,.]|$))"
)
_NAME = re.compile(r"(?:\b[A-Z][\w.-]*(?:['’](?!s\b)\w+)*\s?)+")
_POSSESSIVE = re.compile(r"['’]s?\s+((?:\w+[\s-])*?\w+)\s*$")
_UNREAL = frozenset(
    "would could might may should will whether if neither nor refused refuses declined declines failed avoided".split()
)
_PEOPLE = ENGLISH.people.person_nouns | ENGLISH.people.plural_person_nouns


def find_acts(asked: CollectionQuery, scope: Scope, shown: int) -> Draft | None:
    """Those who did the act of a question to somebody, each with the newest sentence.

    The words must be of the act, unnegated, and its object the one asked for, or something of theirs. If no article
    tells of any, what others say of them is near; None without that.
    """
    target, act = asked.target or "", asked.act or ""
    library = scope.library
    names = link_names(target, library) or (target,)
    wanted = dict.fromkeys(part for name in names for part in name_parts(name)[-1:] or (name,))
    ids = library.find_articles(AllOf((AnyOf(tuple(map(Words, wanted))), Choice("article", scope.article_ids))))
    articles, statements = library.load_articles(ids), library.load_statements(ids)
    found: dict[str, list[Statement]] = {}
    for article_id in ids:
        told = statements.get(article_id, [])
        for name, each in _find_in_article(act, target, scope.words, articles[article_id], told):
            known = next((other for other in found if is_same_person(other, name)), name)
            found.setdefault(known, []).append(each)
    if not found:
        named = library.find_articles(AllOf((Words(target), Choice("article", tuple(ids)))))
        return _find_words_on(asked, [(articles[each], statements.get(each, ())) for each in named])
    ranked = sorted(  # those with a name first
        found, key=lambda name: (found[name][0].speaker is None, -len({each.article_id for each in found[name]}))
    )
    people = f"{len(ranked):,} {'person or body' if len(ranked) == 1 else 'people and bodies'}"
    summary = f"{people} of whom the articles tell this{scope.on_topic}: {listed_some(ranked)}."
    reader = SentenceReader(library, (found[name][0].article_id for name in ranked[:shown]))
    cited = []
    for name in ranked[:shown]:
        each = found[name][0]
        span = (each.sentence_start, max(each.end, each.sentence_end))
        article = reader.articles[each.article_id]
        evidence = reader.cite_span(article, span, each.speaker, ((each.start, each.end),))
        cited.append(replace(evidence, status=each.status, via=each.via))
    items = tuple(
        CollectionItem(found[name][0].article_id, found[name][0].start, found[name][0].end, name, len(found[name]))
        for name in ranked
    )
    counted = f"those of whom an article says so, with {target} or something of theirs as the object"
    notes = [f"At least: {counted}; who only said something for or against is not counted."]
    result = CollectionResult("list", "speakers", len(ranked), counted, scope.search, is_least=True, items=items)
    return Draft(summary, cited, notes, result)


def _find_words_on(asked: CollectionQuery, told: Iterable[tuple[Article, Sequence[Statement]]]) -> Draft | None:
    """What others say of the one that a question asks about, the newest direct words first; None if nobody does."""
    target = asked.target or ""
    said = [
        (article, each)
        for article, statements in told
        for each in statements
        if each.speaker is not None
        and each.status in ("asserted", "reported")
        and not is_same_person(target, each.speaker)
        and not article.text[each.start : each.sentence_end].rstrip(' ”"').endswith("?")
        and any(is_same_person(target, name[0].strip()) for name in _NAME.finditer(article.text, each.start, each.end))
    ]
    if not said:
        return None
    said.sort(key=lambda each: (each[1].direct, each[0].published_at or ""), reverse=True)
    cited = [
        Evidence(
            article, each.sentence_start, max(each.end, each.sentence_end), 1.0, each.speaker,
            ((each.start, each.end),), each.status, each.via,
        )
        for article, each in said[:MAX_NEAREST]
    ]  # fmt: skip
    reason = (
        f"No article found clearly says who {asked.act} {target}. These are words of others that name {target},"
        " direct and newest first."
    )
    return Draft(reason, cited, is_near=True)


def _find_in_article(
    act: str, target: str, topic: Sequence[Words], article: Article, statements: Sequence[Statement]
) -> Iterator[tuple[str, Statement]]:
    """The acts that an article tells, with the name or role of whoever did them."""
    for each in statements:
        name = each.speaker or each.role
        if name is None or each.status in ("denied", "questioned", "corrected") or is_same_person(target, name):
            continue
        if not any(counts_as_act(act, word) for word in split_words(each.cue)):
            continue
        before, after = _split_at_cue(each, article.text)
        if _is_unreal(before) or not is_object(target, after) or _is_within_words(each, statements):
            continue
        told = f"{article.title} {article.text[each.sentence_start : each.sentence_end]}"
        if not all(find_forms(words.phrase, told, is_prefix=words.is_prefix) for words in topic):
            continue
        if _may_name(target, article):
            yield name, each


def _may_name(target: str, article: Article) -> bool:
    """Whether a surname in an article may be that of somebody: nobody else of this surname is named in full."""
    surname = name_parts(target)[-1:]
    namesakes = [name for name in full_names(f"{article.title}. {article.text}") if name_parts(name)[-1:] == surname]
    return not namesakes or any(is_same_person(target, name) for name in namesakes)


def _split_at_cue(statement: Statement, text: str) -> tuple[str, str]:
    """The text of the sentence before and after the word that tells the act."""
    place = text.rfind(statement.cue, statement.sentence_start, statement.start)
    if place < 0:
        return "", ""
    return text[statement.sentence_start : place], text[place + len(statement.cue) : statement.sentence_end]


def _is_unreal(before: str) -> bool:
    """Whether the words before a verb say that the act was not, or not yet, done."""
    clause = _CLAUSE_STARTS.split(before)[-1]
    return any(is_negation(word) or word in _UNREAL for word in split_words(clause))


def is_object(target: str, after: str) -> bool:
    """Whether the object at the beginning of a text is somebody, or something of theirs but not their people.

    "Lam’s plan" is of Lam; "Lam’s critics" are others. A thing is the object if all its words are there.
    """
    end = _OBJECT_END.search(after.lstrip())
    phrase = after.lstrip()[: end.start()] if end else after.lstrip()
    if target.islower():
        wanted = stem_words(" ".join(content_words(target)))
        return len(wanted) > 1 and wanted <= stem_words(_CLAUSE_STARTS.split(after)[0])  # "the decision" may be any
    for match in _NAME.finditer(phrase):
        if is_same_person(target, match[0].strip()):
            rest = _POSSESSIVE.match(phrase, match.end())
            return rest is None or _PEOPLE.isdisjoint(split_words(rest[1])[-1:])
    return False


def _is_within_words(statement: Statement, statements: Sequence[Statement]) -> bool:
    """Whether an act is told within somebody's words: whose act it is, and that it was done, is then their claim.

    So is a participle after them: "The Post noted that she stood firm, condemning the raid".
    """
    earlier = [each for each in statements if each is not statement and each.start <= statement.start]
    is_participle = statement.cue.lower().endswith("ing")
    return any(
        statement.start < other.end
        or (is_participle and other.sentence_start == statement.sentence_start and other.status != "narrated")
        for other in earlier
    )

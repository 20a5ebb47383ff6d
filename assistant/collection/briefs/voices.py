"""Who says what in a brief: a statement of each of those who are quoted on the topic most."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.collection.briefs.candidates import MIN_WORDS, Candidate, begins_within
from assistant.collection.scope import Scope
from assistant.records.statement import Statement
from assistant.text.names import has_given_name, is_same_person, normalize_name
from assistant.text.words import split_words

_INTRODUCED = re.compile(r"\bI['’]m (.{1,80})")  # who presents a programme
# Words that somebody says, of which an article gives the sense; not what it tells of them in words of saying, such as
# "announced", "called for", "agreed".
_SAYING = re.compile(
    r"(?:say|said|says|saying|tell|told|tells|add|added|adds|warn|warned|warns|argue|argued|argues|believes?|"
    r"testified|explain|explained|insist|insisted|stress|stressed|predict|predicted|admit|admitted|"
    r"acknowledge|acknowledged|estimated?|wrote|tweeted|according to)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\W*(?:yeah|yes|no|well|look|okay|oh|so|you know|i mean|right|sure)\b", re.IGNORECASE)
# "said that it had proved the opposite": of what stands before it
_POINTS_BACK = re.compile(
    r"\b(?:the (?:opposite|contrary|same)|otherwise|so|this|that|it|them|those|these)\W*$", re.IGNORECASE
)
MIN_TITLED = 3  # articles with the topic in their title, from which on others are not asked
MIN_TITLE_STEMS = 2  # besides the topic, that words have from the title of their article, if they do not name the topic


def choose_voices(candidates: Sequence[Candidate], scope: Scope, most: int) -> Iterator[list[Candidate]]:
    """The statements of each of those who are quoted on the topic in most articles, best first; own words rather.

    Who presents a programme is not one of them, nor is an outlet: what it reports is news.
    """
    outlets = {name.lower() for name in scope.library.source_names()}
    introduced = {
        each.id: _INTRODUCED.findall(each.text) for each in {one.article.id: one.article for one in candidates}.values()
    }
    by_speaker: dict[str, list[Candidate]] = {}
    names: dict[str, str] = {}
    titled = [each for each in candidates if each.is_titled]
    if len({each.article.id for each in titled}) >= MIN_TITLED:
        candidates = titled
    for each in candidates:
        speaker = each.evidence.speaker
        if speaker is None or not _is_voice(each) or speaker.lower() in outlets:
            continue
        if not _presents(speaker, introduced[each.article.id]):
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
        yield sorted(
            by_speaker[name],
            key=lambda each: (
                each.is_central + 2 * bool(each.evidence.marks), bool(each.statement and each.statement.direct),
                each.day, -each.place,
            ),
            reverse=True,
        )  # fmt: skip


def _presents(name: str, introduced: Sequence[str]) -> bool:
    """Whether the words after an "I’m" of an article begin with a name."""
    pattern = re.compile(rf"{re.escape(name)}(?![\w-])".replace("’", "'"))
    return any(pattern.match(words.replace("’", "'")) for words in introduced)


def _names_speaker(candidate: Candidate, said: Statement) -> bool:
    """Whether a sentence names the speaker, or quotes one known by a full name: who "he" is may be read wrongly."""
    name = said.speaker or ""
    is_known = said.direct and len(normalize_name(name)) > 1
    return is_known or not set(split_words(name)).isdisjoint(split_words(candidate.text))


def _is_named_within(text: str, name: str) -> bool:
    """Whether a name stands after a preposition: "the woman nominated to the Supreme Court said" are not its words."""
    return re.search(rf"\b(?:to|of|for|by|with|from|at|in|on) (?:the )?{re.escape(name)}\b", text) is not None


def _is_report(said: Statement) -> bool:
    """Whether words are given "according to" a body: a paper or an agency may only report them."""
    return said.cue.lower() == "according to" and not (said.speaker and has_given_name(said.speaker))


def _is_voice(candidate: Candidate) -> bool:
    """Whether a sentence has words of somebody that are on the topic and can be understood without those before."""
    said = candidate.statement
    if said is None or not candidate.is_short or not candidate.is_whole or candidate.speakers > 1:
        return False
    if not (candidate.is_central or candidate.evidence.marks) or _is_report(said):
        return False
    if not candidate.evidence.marks and len(candidate.title_stems) < MIN_TITLE_STEMS:
        return False
    if not _names_speaker(candidate, said):
        return False
    if not said.direct:
        return (
            candidate.stands_alone
            and _SAYING.fullmatch(said.cue) is not None
            and _POINTS_BACK.search(candidate.text) is None
            and not _is_named_within(candidate.text, said.speaker or "")
        )
    words = candidate.article.text[said.start : said.end]
    return len(words.split()) >= MIN_WORDS and not begins_within(words, 1) and _SPOKEN.match(words) is None

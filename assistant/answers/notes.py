"""What a reader must know about the evidence as a whole: differences, corrections, silent speakers, sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answers.citations import CitationNumbers
from assistant.answers.conflicts import ConflictSide, find_conflict
from assistant.answers.corrections import find_correction
from assistant.answers.kinds.shared import ENGLISH_ONLY, find_articles_in_other_languages
from assistant.answers.material import AnswerMaterial
from assistant.evidence.latest import DatedValue
from assistant.evidence.overlap import share_content
from assistant.records.answer import AnswerPart, Claim, Conflict, Correction, Evidence
from assistant.records.query import Period, Query
from assistant.text.formatting import count_noun, join_names
from assistant.text.languages.detection import choose_language, is_english, name_language
from assistant.text.months import format_days
from assistant.text.names import full_names, is_same_person, name_parts, surname
from assistant.text.quantities.numbers import detect_decimal_mark
from assistant.text.quantities.quantities import are_compatible, find_quantities
from assistant.text.roles import find_occupations
from assistant.text.words import split_words


@dataclass(frozen=True, slots=True)
class Note:
    """One note: its sentences, and the conflict or the corrections that it reports."""

    sentences: tuple[str, ...]
    conflict: Conflict | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Notes:
    """All notes on an answer: their sentences, and the conflicts and corrections for display."""

    sentences: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    corrections: tuple[Correction, ...] = ()


def write_notes(material: AnswerMaterial, parts: Sequence[AnswerPart]) -> tuple[Notes, list[AnswerPart]]:
    """The notes on an answer of these sentences, and further sentences that the notes cite."""
    numbers = CitationNumbers(parts, material.groups)
    notes = [note for write in _NOTE_WRITERS if (note := write(material, numbers)) is not None]
    return (
        Notes(
            sentences=tuple(sentence for note in notes for sentence in note.sentences),
            conflicts=tuple(note.conflict for note in notes if note.conflict),
            corrections=tuple(correction for note in notes for correction in note.corrections),
        ),
        numbers.added_parts,
    )


def describe_understanding(query: Query, other_day: str | None = None) -> list[str]:
    """How words of the question were read that are spelled otherwise, or are relative to a day: a sentence for each.

    `other_day` is that of the best article, if it fits better than those of the time that such words were taken for.
    """
    readings = [f"“{written}” was read as “{read}”" for written, read in query.corrections]
    sentences = [f"{join_names(readings)}."] if readings else []
    period, words = query.period, query.latest_words
    if query.library_end is None:
        return sentences
    if period is not None and other_day is not None:
        better = f"an article of {_name_day(other_day)} fits better"
        meaning = f"“{period.words}” was not taken to mean that time, because {better}"
    elif period is not None and period.is_resolved and period.anchor is None:
        meaning = f"“{period.words}” was taken to mean {_name_days(period.first, period.last)}"
    else:
        meaning = f"“{words}” was taken to mean that time"
    return [*sentences, f"The newest article is of {_name_day(query.library_end)}; {meaning}."]


def _name_days(first: str | None, last: str | None) -> str:
    if first == last:
        return _name_day(first)
    ends = (f"from {_name_day(first)}" if first else "", f"to {_name_day(last)}" if last else "")
    return " ".join(filter(None, ends))


def _name_day(day: str | None) -> str:
    """A day in words: "30 December 2022"."""
    return format_days(day, day) if day else ""


def describe_question_language(query: Query) -> str:
    """That a question in another language was only looked up; empty for one in English."""
    if not query.language:
        return ""
    name = name_language(query.language)
    return f"Questions are read in English: this one, in {name}, was looked up word by word."


def _note_understanding(material: AnswerMaterial, numbers: CitationNumbers) -> Note | None:
    query = material.query
    sentences = describe_understanding(query, material.selection.other_day)
    cited = [each.article for each in material.selection.evidence if query.language and each in numbers]
    if any(is_english(choose_language(article.text, article.language)) for article in cited):
        sentences = [describe_question_language(query), *sentences]
    return Note(tuple(sentences)) if sentences else None


def _note_period(material: AnswerMaterial, _numbers: CitationNumbers) -> Note | None:
    """The day that an event in the question was taken to mean, or the days that a date in figures can mean."""
    period = material.query.period
    if period is not None and (sentence := describe_readings(period)):
        return Note((sentence,))
    if period is None or not period.anchor or not period.is_resolved:
        return None
    day, side = (period.first, "from") if period.first else (period.last, "until")
    return Note((f"“{period.words}” was taken to mean {side} {day}.",))


def describe_readings(period: Period) -> str | None:
    """The two days that a date in figures can mean; None if there is one."""
    if period.other_reading is None:
        return None
    days = [_describe_days(*reading) for reading in period.readings]
    return f"“{period.words}” can mean {' or '.join(days)}; both were searched."


def _describe_days(first: str | None, last: str | None) -> str:
    if first == last:
        return str(first)
    return f"from {first}" if first else f"until {last}"


def _note_conflict(material: AnswerMaterial, numbers: CitationNumbers) -> Note | None:
    """The claims by which the articles differ, or the newest value with the older ones."""
    if material.selection.history:
        return _note_earlier_values(*material.selection.history, numbers=numbers)
    sides = find_conflict(material.query, material.selection.evidence, material.groups)
    if not sides:
        return None
    if material.query.asks_latest_state and (newest := _find_newest(sides)) is not None:
        earlier = [side for side in sides if side is not newest]
        earlier.sort(key=lambda side: side.evidence.article.published_at or "", reverse=True)
        return _note_earlier_values(
            *(DatedValue(side.evidence, side.value) for side in (newest, *earlier)), numbers=numbers
        )
    claims = tuple(Claim(side.value, numbers.assign(side.evidence)) for side in sides)
    listed = "; ".join(
        f"{_name_source(side.evidence)}: {claim.value} [{claim.citation}]"
        for side, claim in zip(sides, claims, strict=True)
    )
    sentences = [f"The articles differ: {listed}."]
    if material.query.expects == "number" and _are_of_different_days(sides):
        sentences.append("The articles are of different days, so the later figure may be an update.")
    return Note(tuple(sentences), conflict=Conflict(claims))


def _find_newest(sides: Sequence[ConflictSide]) -> ConflictSide | None:
    """The side of a later day than all others; None if days are not known, or two are of the last day."""
    if not all((side.evidence.article.published_at or "")[:10] for side in sides):
        return None
    newest, second = sorted(sides, key=lambda side: side.evidence.article.published_at or "", reverse=True)[:2]
    later = (newest.evidence.article.published_at or "")[:10] > (second.evidence.article.published_at or "")[:10]
    return newest if later else None


def _note_earlier_values(newest: DatedValue, *earlier: DatedValue, numbers: CitationNumbers) -> Note:
    """What older articles said: no difference between them and the newest, which later articles may have replaced."""
    listed = "; ".join(f"{_name_day(each.day)}: {each.words} [{numbers.assign(each.evidence)}]" for each in earlier)
    latest = f"{newest.words} [{numbers.assign(newest.evidence)}]"
    return Note((f"The latest found is {latest}, of {_name_day(newest.day)}. Earlier: {listed}.",))


def _are_of_different_days(sides: Sequence[ConflictSide]) -> bool:
    days = [(side.evidence.article.published_at or "")[:10] for side in sides]
    return all(days) and len(set(days)) > 1


def _name_source(evidence: Evidence) -> str:
    article = evidence.article
    source = article.source or f"“{article.title}”"
    return f"{source} ({article.published_at[:10]})" if article.published_at else source


def _note_corrections(material: AnswerMaterial, numbers: CitationNumbers) -> Note | None:
    """What other articles correct in the sentences that are shown. Each correcting sentence is cited once."""
    evidence_corrected = any(evidence.correction for evidence in material.selection.evidence)
    if not material.snapshot.corrections and not evidence_corrected:
        return None
    by_number: dict[int, Correction] = {}
    for evidence in material.selection.evidence:
        correcting = find_correction(evidence, material.snapshot) if evidence in numbers else None
        if correcting is not None:
            number = numbers.assign(correcting)
            correction = Correction(numbers.assign(evidence), number, correcting.article.published_at)
            by_number.setdefault(number, correction)
    corrections = tuple(by_number.values())
    return Note(tuple(map(_describe_correction, corrections)), corrections=corrections) if corrections else None


def _describe_correction(correction: Correction) -> str:
    day = f" on {correction.published_at[:10]}" if correction.published_at else ""
    return f"[{correction.corrected}] was corrected{day}: see [{correction.by}]."


def _note_several_speakers(material: AnswerMaterial, _numbers: CitationNumbers) -> Note | None:
    """That the articles attribute the quoted words of the question to different people."""
    said = (each.speaker for each in material.selection.evidence if each.status in ("asserted", "reported"))
    names = [name for name in dict.fromkeys(said) if name]
    if not material.query.quoted or not names or all(is_same_person(names[0], name) for name in names):
        return None
    return Note((f"The articles attribute these words to different people: {join_names(names)}.",))


def _note_open_surnames(material: AnswerMaterial, _numbers: CitationNumbers) -> Note | None:
    """Who may be meant where the words are those of a surname that several people in the article have."""
    if not material.query.traits.shows_speaker:
        return None
    sentences: dict[str, None] = {}
    for evidence in material.selection.evidence:
        if evidence.speaker is None and (role := _find_role(material, evidence)) and len(name_parts(role)) == 1:
            bare = surname(role)
            people = dict.fromkeys(name for name in full_names(evidence.article.text) if surname(name) == bare)
            if len(people) > 1 and role[:1].isupper():
                sentences[f"“{role}” may be {join_names(list(people), 'or')}."] = None
    return Note(tuple(sentences)) if sentences else None


def _find_role(material: AnswerMaterial, evidence: Evidence) -> str | None:
    """How the article calls the speaker of a sentence whom it does not name in full."""
    statements = (each for words in material.snapshot.utterances(evidence.article) for each in words.statements)
    inside = (each for each in statements if evidence.start <= each.start and each.end <= evidence.end)
    return next((each.role for each in inside if each.speaker is None and each.role), None)


def _note_other_language(material: AnswerMaterial, numbers: CitationNumbers) -> Note | None:
    """Which cited articles are in a language in which it is not read who said what."""
    if not material.query.traits.shows_speaker:
        return None
    cited = [each for each in material.selection.evidence if each in numbers and not each.speaker]
    languages = find_articles_in_other_languages(each.article for each in cited)
    sentences = dict.fromkeys(
        f"[{numbers.assign(each)}] is in {languages[each.article.id]}: {ENGLISH_ONLY}."
        for each in cited
        if each.article.id in languages
    )
    return Note(tuple(sentences)) if sentences else None


def _note_namesakes(material: AnswerMaterial, _numbers: CitationNumbers) -> Note | None:
    """That a requested name fits several people who are quoted, or one name with several occupations."""
    sentences = []
    for requested in material.query.speakers:
        shown = [each for each in material.selection.evidence if is_same_person(requested, each.speaker or "")]
        people = list(dict.fromkeys(each.speaker for each in shown if each.speaker and " " in each.speaker))
        distinct = [name for at, name in enumerate(people) if not any(is_same_person(name, p) for p in people[:at])]
        if len(distinct) > 1 and len(name_parts(requested)) == 1:
            sentences.append(f"{len(distinct)} people are called {requested}: {join_names(distinct)}.")
        elif len(distinct) == 1 and (occupations := _list_occupations(material, shown)):
            described = join_names([f"as {occupation}" for occupation in occupations])
            sentences.append(f"{distinct[0]} is described {described}: these may be different people.")
    return Note(tuple(sentences)) if sentences else None


def _list_occupations(material: AnswerMaterial, shown: Sequence[Evidence]) -> list[str]:
    """One occupation of the speaker for each article, if no two articles give the same one; empty for less than two."""
    by_article: dict[str, frozenset[str]] = {}
    for evidence in shown:
        for utterance in material.snapshot.utterances(evidence.article):
            if utterance.speaker == evidence.speaker:
                found = find_occupations(utterance.statements[0].role or "")
                by_article[evidence.article.id] = by_article.get(evidence.article.id, frozenset()) | found
    named = [occupations for occupations in by_article.values() if occupations]
    different = all(one.isdisjoint(other) for at, one in enumerate(named) for other in named[:at])
    return [min(occupations) for occupations in named] if different and len(named) > 1 else []


def _note_silent_speakers(material: AnswerMaterial, _numbers: CitationNumbers) -> Note | None:
    """Which of several requested speakers say nothing on the topic."""
    silent, topic = material.selection.silent_speakers, material.query.topic
    if not silent:
        return None
    about = f" that are clearly about {topic}" if topic else ""
    return Note((f"No words of {join_names(silent, 'or')} were found{about}.",))


def _note_mouthpieces(material: AnswerMaterial, _numbers: CitationNumbers) -> Note | None:
    """That the words are not the requested speaker's own."""
    topic = material.query.topic
    about = f" that are clearly about {topic}" if topic else ""
    sentences = tuple(
        f"No words of {speaker} were found{about}; these are words of {join_names(_lower_articles(roles))}."
        for speaker, roles in material.selection.spoken_for.items()
    )
    return Note(sentences) if sentences else None


def _lower_articles(roles: Sequence[str]) -> list[str]:
    """Roles as inside a sentence: "the Tarn campaign"."""
    return [role[0].lower() + role[1:] if role.startswith(("The ", "A ", "An ")) else role for role in roles]


def _note_missing_outlets(material: AnswerMaterial, _numbers: CitationNumbers) -> Note | None:
    """Which of several requested sources have nothing on it."""
    outlets = material.query.outlets
    sources = {each.article.source for each in material.selection.evidence}
    missing = [outlet for outlet in outlets if outlet not in sources]
    if len(outlets) < 2 or not missing:
        return None
    return Note((f"Nothing about this was found in {join_names(missing)}.",))


def _note_independent_sources(material: AnswerMaterial, numbers: CitationNumbers) -> Note | None:
    """How many independent sources the cited articles are that say the same as the first sentence.

    The members of a list, and several people's words, do not bear each other out.
    """
    query = material.query
    cited = [each for each in material.selection.evidence if each in numbers]
    if query.asks_for_several or query.over_time:
        return None
    if not query.quoted:
        cited = [each for each in cited if _says_the_same(cited[0], each)]
    articles = {each.article.id: each.article for each in cited}
    if len(articles) < 2:
        return None
    count = material.groups.count_independent(articles.values())
    unknown = sum(not article.source for article in articles.values())
    if not unknown:
        return Note((f"{len(articles)} articles, {count_noun(count, 'independent source')}.",))
    known = f", at least {count} independent sources" if count > 1 else ""
    of_them = "all of them" if unknown == len(articles) else str(unknown)
    return Note((f"{len(articles)} articles{known}; the outlet of {of_them} is not known.",))


def _says_the_same(first: Evidence, other: Evidence) -> bool:
    """Whether another sentence bears the answer of the first out: it has the words that answer, or most of all words.

    Sentences with other figures, or words of another speaker, do not.
    """
    if first.speaker and other.speaker and not is_same_person(first.speaker, other.speaker):
        return False
    words, other_words = (_get_words(each) for each in (first, other))
    if first.short_answer:
        if other.short_answer and _agree_in_figures(first, other):
            return True
        return set(split_words(first.short_answer)) <= set(other_words)
    figures, other_figures = ({word for word in each if word[0].isdigit()} for each in (words, other_words))
    return share_content(first, other) and (not figures or not other_figures or not figures.isdisjoint(other_figures))


def _get_words(evidence: Evidence) -> list[str]:
    return split_words(evidence.article.text[evidence.start : evidence.end])


def _agree_in_figures(first: Evidence, other: Evidence) -> bool:
    """Whether two short answers give one figure of one thing, in whatever spelling: "1,200 homes", "1 200 homes"."""
    figures = [
        find_quantities(each.short_answer or "", detect_decimal_mark(each.article.text)) for each in (first, other)
    ]
    if any(len(found) != 1 for found in figures):
        return False
    rests = [
        split_words((each.short_answer or "")[found[0].end :])
        for each, found in zip((first, other), figures, strict=True)
    ]
    return rests[0] == rests[1] and are_compatible(figures[0][0], figures[1][0])


# In reading order. The notes that cite further sentences come before the one that counts the cited articles.
_NOTE_WRITERS: tuple[Callable[[AnswerMaterial, CitationNumbers], Note | None], ...] = (
    _note_understanding,
    _note_period,
    _note_conflict,
    _note_corrections,
    _note_several_speakers,
    _note_open_surnames,
    _note_namesakes,
    _note_other_language,
    _note_silent_speakers,
    _note_mouthpieces,
    _note_missing_outlets,
    _note_independent_sources,
)

"""Statement extraction: the words that an article attributes to somebody, with the speaker where it is clear.

A statement without a speaker is better than one with the wrong speaker, so speakers are never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.records.article import Article, Span
from assistant.records.statement import AttributionCorrection, Statement
from assistant.speech.attribution import find_roles, find_subject, find_titles, list_names, list_topics
from assistant.speech.content_spans import ContentSpan, find_content_spans
from assistant.speech.coreference import CoreferenceResolver
from assistant.speech.extent.sources import link_sources
from assistant.speech.layouts import introductions
from assistant.speech.layouts.posts import find_posts
from assistant.speech.layouts.speaker_state import (
    SpeakerState,
    ends_with_other,
    find_main,
    find_named_speaker,
    find_signer,
    is_in_that_clause,
    is_introduced_behind,
)
from assistant.speech.layouts.transcripts import Transcript, read_label
from assistant.speech.mention_history import Mention
from assistant.speech.paragraphs import Paragraph, find_common_words, group_by_length, parse_paragraph
from assistant.speech.patterns import MentionKind
from assistant.speech.resolution import ResolvedAttribution, resolve_attributions, resolve_subject
from assistant.speech.status.chains import (
    ReportedSentence,
    find_disowned_words,
    link_quoting_speakers,
    link_reports,
    report_by,
)
from assistant.speech.status.classification import classify_attribution
from assistant.speech.status.clause_extent import drop_retold
from assistant.speech.status.corrections import CorrectionNote, find_correction_notes
from assistant.speech.status.quoted_speech import find_quoted_speech
from assistant.speech.status.reported_content import keep_reported
from assistant.speech.status.works import find_epithets, is_heading_quotation, is_mention, separate_titles
from assistant.speech.subjects.people import find_identified, find_persons, find_unnamed_persons
from assistant.speech.tagger import TaggedSentence, tag_sentence
from assistant.text.languages import ENGLISH
from assistant.text.layout.joining import JoinedText, join_text
from assistant.text.quotation_marks import is_mostly_quoted, is_quoted
from assistant.text.roles import is_person_role

MAX_SENTENCE_LENGTH = 5_000  # characters; longer sentences are not prose, and patterns can take hours for them
MAX_HEADING_WORDS = 2  # of a quotation that is a paragraph of its own
_REPORTING = ENGLISH.reporting
_DENIED_BEHIND = re.compile(rf"[”\"’.]{{0,2}}\s{{1,3}}{ENGLISH.narration.denied_behind}")
_SAID = ("asserted", "reported")  # the status of words that a following quotation can continue


def find_statements(article: Article, sentences: Sequence[Span]) -> list[Statement]:
    """The statements of an article, in order. `sentences` are the spans of its sentences."""
    return find_speech(article, sentences)[0]


def find_speech(article: Article, sentences: Sequence[Span]) -> tuple[list[Statement], list[AttributionCorrection]]:
    """The statements of an article, and what its notes correct in this and other articles."""
    joined = join_text(article.text)
    if joined.offsets is None:
        finder = _StatementFinder(article, joined.paragraphs)
        return list(finder.find_all(sentences)), finder.corrections
    finder = _StatementFinder(replace(article, text=joined.text), joined.paragraphs)
    found = list(finder.find_all([joined.from_original(*sentence) for sentence in sentences]))
    corrections = []
    for correction in finder.corrections:
        start, end = joined.to_original(correction.start, correction.end)
        corrections.append(replace(correction, start=start, end=end))
    return [_move_to_original(statement, joined) for statement in found], corrections


def _move_to_original(statement: Statement, joined: JoinedText) -> Statement:
    """A statement of the joined text with offsets into the text of the article."""
    start, end = joined.to_original(statement.start, statement.end)
    first, last = joined.to_original(statement.sentence_start, statement.sentence_end)
    return replace(statement, start=start, end=end, sentence_start=first, sentence_end=last)


@dataclass(frozen=True, slots=True)
class _Group:
    """Sentences that are read together; `quotes` are spans in them."""

    number: int  # in its paragraph, from 0
    span: Span
    outside: str  # the text with quotations masked
    quotes: Sequence[Span]
    sentence: TaggedSentence


class _StatementFinder:
    """Reads an article once, and remembers who was named and who spoke last."""

    def __init__(self, article: Article, paragraphs: Sequence[Span]) -> None:
        self._article = article
        common = find_common_words(article.text)
        self._resolver = CoreferenceResolver(article.text, common)
        self._common_words = (common | ENGLISH.people.person_nouns).difference(surnames := self._resolver.surnames)
        self._paragraphs = paragraphs
        self._transcript = Transcript(article.title, article.text, paragraphs, surnames, article.get_origin("speakers"))
        self._posts = find_posts(article.text, paragraphs)
        self._state = SpeakerState()
        self.corrections: list[AttributionCorrection] = []  # of the paragraphs that were read

    def find_all(self, sentences: Sequence[Span]) -> Iterator[Statement]:
        """The statements of the article, given the spans of its sentences."""
        at = 0
        for number, (start, end) in enumerate(self._paragraphs, 1):
            self._resolver.history.paragraph = number
            while at < len(sentences) and sentences[at][0] < start:
                at += 1
            first = at
            while at < len(sentences) and sentences[at][1] <= end:
                at += 1
            if turn := self._transcript.turn_of(number - 1):
                name, described = read_label(turn.label, self._transcript)
                yield from self._make_turn(name, described, (turn.start, turn.end), sentences[first:at])
            elif post := self._posts.get(number - 1):
                described = None if post.name else f"@{post.handle}"
                yield from self._make_turn(post.name, described, (post.start, post.end), sentences[first:at])
            elif not introductions.is_caption(self._article.text[start:end]):
                paragraph = parse_paragraph(self._article.text, start, end, sentences[first:at])
                notes = list(find_correction_notes(self._article, (start, end), sentences[first:at], self._resolver))
                yield from self._read_around(notes, paragraph)

    def _read_around(self, notes: Sequence[CorrectionNote], paragraph: Paragraph) -> Iterator[Statement]:
        """The statements of a paragraph: of its notes, those that they make instead of what they correct."""
        if not notes:
            yield from self._read_paragraph(paragraph)
            return
        statements = [statement for note in notes for statement in note.statements]
        for statement in self._read_paragraph(paragraph):
            start, end = statement.sentence_start, statement.sentence_end
            if not any(start < note.span[1] and note.span[0] < end for note in notes):
                statements.append(statement)
        self._state.carried = None
        self.corrections += [correction for note in notes for correction in note.corrections]
        yield from sorted(statements, key=lambda statement: (statement.start, -statement.end))

    def _make_turn(
        self, name: str | None, described: str | None, words: Span, sentences: Sequence[Span]
    ) -> Iterator[Statement]:
        """The statements for words that the layout gives to somebody; by groups of sentences if they are long."""
        speaker = self._resolver.resolve(Mention(name, "name")) if name else None
        if name and " " in name and speaker != name and speaker and not self._resolver.is_person(speaker):
            speaker = name  # an account: "NWS Pelby" is not Pelby
        if speaker:
            self._resolver.note_speaker(speaker)
        else:
            self._resolver.history.forget_speaker()
        self._state.carried = None
        role = self._resolver.role_of(speaker) if speaker else described
        for first, last in group_by_length(sentences):
            start, end = max(words[0], first), min(words[1], last)
            if start < end:  # the label is not among the words shown
                yield Statement(self._article.id, speaker, ":", start, end, True, start, last, role)

    def _read_paragraph(self, paragraph: Paragraph) -> Iterator[Statement]:
        self._state.enter(paragraph)
        for number, span in enumerate(paragraph.groups):
            if span[1] - span[0] > MAX_SENTENCE_LENGTH:
                self._state.current = None
                continue
            outside = paragraph.text_outside_quotes(span)
            sentence = tag_sentence(outside, self._common_words)
            yield from self._read_group(_Group(number, span, outside, paragraph.quotes_in(span), sentence), paragraph)

    def _read_group(self, group: _Group, paragraph: Paragraph) -> Iterator[Statement]:
        attributions = [
            classify_attribution(attribution, group.sentence)
            for attribution in link_sources(group.outside, resolve_attributions(group.sentence, self._resolver))
        ]
        attributions = link_quoting_speakers(attributions, group.sentence, self._resolver)
        if attributions:
            yield from self._read_attributed(group, paragraph, attributions)
        elif disowned := self._find_disowned_words(group):
            for piece in disowned:
                yield from self._make_statements(piece, group)
        elif group.quotes and (
            introductions.has_passive_tag(group.sentence)
            or (self._is_mostly_quotation(group) and introductions.has_unread_source(group.sentence, group.outside))
        ):
            yield from self._read_unread_introduction(group)
        elif self._is_bare_quotation(group):
            yield from self._read_bare_quotation(group, paragraph)
        else:
            self._note_introduction(group)
        asks = any(attribution.cue.lower() in _REPORTING.question_cues for attribution in attributions)
        text = self._article.text[slice(*group.span)]  # in "“End” made Ada think" nobody speaks
        is_said = any(not is_mention(text[start:end], group.outside[end:]) for start, end in group.quotes)
        has_speech = is_said or any(attribution.speaker for attribution in attributions)
        is_open = any(not (each.speaker or each.role) and each.start for each in attributions)
        self._note_people(group, has_speech, asks, is_open)

    # ---------------------------------------------------------------------------------- kinds of groups

    def _read_attributed(
        self, group: _Group, paragraph: Paragraph, attributions: Sequence[ResolvedAttribution]
    ) -> Iterator[Statement]:
        """The statements of a group that names its speakers."""
        text = self._article.text[slice(*group.span)]
        epithets = [end for _, end in find_epithets(text, group.quotes)]
        outside, quotes = separate_titles(text, group.outside, group.quotes)
        pieces = list(find_content_spans(outside, quotes, attributions))
        reported = ReportedSentence(group.sentence, quotes, attributions, self._resolver)
        pieces = [
            piece
            for piece in drop_retold(pieces)
            if not (piece.end in epithets and piece.end <= piece.attribution.start)
        ]
        for piece in keep_reported(link_reports(reported, pieces), outside, quotes):
            if piece.attribution.status == "reported" and _DENIED_BEHIND.match(self._article.text, group.span[1]):
                piece = replace(piece, attribution=replace(piece.attribution, status="denied"))
            yield from self._make_statements(piece, group)
            yield from self._make_quoted_statements(piece, group)
        with_quotes = [
            piece for piece in pieces if any(piece.start < end and start < piece.end for start, end in group.quotes)
        ]
        all_quoted = [piece for piece in with_quotes if is_quoted(piece.start, piece.end, group.quotes)]
        # “…,” or "Ada, who denies that Ivo wanted it, said he …": what is said of Ivo is not his
        candidates = [piece.attribution for piece in (*all_quoted, *with_quotes)]
        own = (each for each in candidates if not is_in_that_clause(group.outside, each))
        main = next(own, None) or next(iter(candidates), None) or find_main(group.outside, attributions)
        self._state.current = None if ends_with_other(group.sentence, main.end) or main.status not in _SAID else main
        is_only_role = not any(other.speaker for other in attributions)
        self._resolver.history.note_actors({piece.attribution.speaker for piece in pieces if piece.attribution.speaker})
        described = main.role if is_only_role and main.cue not in _REPORTING.question_cues else None
        self._note_speaker(main, described, group, paragraph.is_quote_open)

    def _is_bare_quotation(self, group: _Group) -> bool:
        """Whether a group is a quotation without an attribution, or begins with one where a speaker is known."""
        if not group.quotes:
            return False
        if self._is_mostly_quotation(group):
            return True
        is_known = self._state.current is not None and group.number > 0 and group.quotes[0][0] == 0
        start, end = group.quotes[0]
        return is_known and not is_mention(
            self._article.text[slice(group.span[0] + start, group.span[0] + end)], group.outside[end:]
        )

    def _is_mostly_quotation(self, group: _Group) -> bool:
        return is_mostly_quoted(0, group.span[1] - group.span[0], group.quotes)

    def _read_unread_introduction(self, group: _Group) -> Iterator[Statement]:
        """The statements of quotations whose speaker is named in a way that no pattern reads: nobody's."""
        self._state.current = self._state.carried = None
        self._resolver.history.forget_speaker()
        for start, end in group.quotes:
            yield from self._make_statements(ContentSpan(ResolvedAttribution(None), start, end), group)

    def _read_bare_quotation(self, group: _Group, paragraph: Paragraph) -> Iterator[Statement]:
        """The statements of a quotation whose speaker signs it, is that of the paragraph, or is named next."""
        is_introduced = self._state.current is not None and self._state.current.side != "quoted"
        is_short = len(self._article.text[slice(*group.span)].split()) <= MAX_HEADING_WORDS
        is_heading = is_short or is_heading_quotation(self._article.text[slice(*group.span)], group.quotes)
        if len(paragraph.groups) == 1 and is_heading and not is_introduced:
            self._state.carried = None  # a heading: “Invasion”
            return
        attribution = (
            (self._state.current if group.number and is_introduced else None)
            or find_signer(self._next_line(group.number, paragraph), self._resolver)
            or self._state.current
            or self._find_next_attribution(group.number, paragraph)
        )
        if attribution:
            self._state.carry_over(attribution, paragraph.is_quote_open)
            attribution = replace(attribution, cue="")
        else:
            self._state.carried = None
            attribution = ResolvedAttribution(None)
        for start, end in group.quotes:
            owner = ResolvedAttribution(None) if is_introduced_behind(group.outside, start) else attribution
            yield from self._make_statements(ContentSpan(owner, start, end), group)

    def _note_introduction(self, group: _Group) -> None:
        """A sentence that ends with a colon can name the speaker of the next paragraph."""
        if not group.outside.rstrip().endswith(":") or introductions.is_heading(group.sentence):
            self._state.carried = None
            return
        introduced = introductions.find_introduced(group.sentence, self._resolver.surnames)
        if introduced:
            name, title = introduced
            speaker = self._resolver.resolve(Mention(name, "name", title=title))
        else:
            subject = find_subject(group.sentence)
            speaker = resolve_subject(subject, self._resolver) if subject else None
        side = "quoted" if introduced else ""
        self._state.carried = ResolvedAttribution(speaker, cue=":", side=side) if speaker else None

    def _note_speaker(
        self, main: ResolvedAttribution, described: str | None, group: _Group, is_quote_open: bool
    ) -> None:
        """Remember the main speaker of a group, by name or as `described`, and offer them to the next paragraph."""
        if main.cue in _REPORTING.speech_nouns and main.side == "after" and main.start > 0:
            return  # "Ivo mocked Ada’s claim that …"
        if main.cue.lower().startswith(ENGLISH.narration.recalling_verbs) and main.via:
            main = replace(main, speaker=main.via)  # whoever tells of it speaks on
        unnamed = described if described and is_person_role(described) else None
        if main.speaker and not main.co_speakers:
            self._resolver.note_speaker(main.speaker, asking=main.cue in _REPORTING.question_cues)
        elif group.quotes or unnamed:
            self._resolver.history.forget_speaker(unnamed)
        introduces = group.outside.rstrip().endswith(":")
        if introduces and group.sentence.tags.endswith("NcN:"):
            self._state.carried = None  # "Comments by Ada Brandreth and Ivo Tarn:"
        elif (group.quotes or introduces) and main.status in _SAID:
            self._state.carry_over(main, is_quote_open or introduces)
        else:
            self._state.carried = None

    def _note_people(self, group: _Group, has_speech: bool, asks: bool, is_open: bool) -> None:
        """Remember the people and roles in a group, and its subject unless it `is_open` who says that."""
        sentence = group.sentence
        for name, role in find_roles(sentence):
            self._resolver.note_role(self._resolver.resolve(Mention(name, "name")) or "", role, speaks=False)
        for name, titled in find_persons(sentence):
            self._resolver.note_person(name, titled)
        if identified := find_identified(sentence):
            self._resolver.note_person(identified)
        subject: tuple[str, MentionKind] | None = (identified, "name") if identified else find_subject(sentence)
        if subject and f", {subject[0]}," in sentence.text:  # "Their brother, Ivo, left"
            self._resolver.apposed.add(subject[0])
        if asks and subject and subject[1] == "role":
            subject = None  # "A reporter asked Ada why. She said …"
        subject = None if is_open else subject  # "Ivo will lead it, he said. “He keeps his word,” he added"
        unnamed = not (asks or identified) and self._resolver.has_unknown(find_unnamed_persons(sentence))
        names, topics = list_names(sentence), list_topics(sentence)
        self._resolver.note_sentence(names, subject, has_speech, unnamed, topics, sentence)
        self._resolver.note_unnamed(find_unnamed_persons(sentence))
        if not has_speech and subject:
            self._state.turn_to(subject, self._resolver)
        for name, title in find_titles(sentence):
            self._resolver.note_title(self._resolver.resolve(Mention(name, "name", title.split()[-1])) or "", title)

    def _make_statements(self, piece: ContentSpan, group: _Group) -> Iterator[Statement]:
        """The statements for some words: one for each of their speakers."""
        attribution, (first, last) = piece.attribution, group.span
        is_direct = is_quoted(piece.start, piece.end, group.quotes)
        for speaker in (attribution.speaker, *attribution.co_speakers):
            yield Statement(
                self._article.id,
                speaker,
                attribution.cue,
                first + piece.start,
                first + piece.end,
                is_direct,
                first,
                last,
                attribution.role or self._resolver.role_of(speaker),
                attribution.status,
                attribution.via,
            )

    def _find_disowned_words(self, group: _Group) -> list[ContentSpan]:
        """The quotations of a sentence without an attribution that are denied of somebody."""
        if not group.quotes:
            return []
        reported = ReportedSentence(group.sentence, group.quotes, (), self._resolver)
        return list(find_disowned_words(reported, ()))

    def _make_quoted_statements(self, piece: ContentSpan, group: _Group) -> Iterator[Statement]:
        """The statements for what the speaker of some words quotes others as saying."""
        first = group.span[0]
        for start, end in group.quotes:
            if piece.start <= start and end <= piece.end and is_quoted(piece.start, piece.end, group.quotes):
                span = first + start, first + end
                for attribution, (inner_start, inner_end) in find_quoted_speech(
                    self._article.text, span, self._resolver
                ):
                    outer = piece.attribution
                    if attribution.speaker is None:  # “I never said ‘no’”
                        told = replace(attribution, speaker=outer.speaker, role=outer.role)
                    elif attribution.speaker == outer.speaker:
                        continue
                    else:
                        told = report_by(attribution, outer)
                    yield from self._make_statements(ContentSpan(told, inner_start - first, inner_end - first), group)

    def _next_line(self, number: int, paragraph: Paragraph) -> str:
        """The group behind another one, its quotations masked, or the next paragraph; empty if there is none."""
        next_paragraph = self._resolver.history.paragraph
        if number + 1 < len(paragraph.groups):
            return paragraph.text_outside_quotes(paragraph.groups[number + 1])
        is_last = next_paragraph >= len(self._paragraphs)
        return "" if is_last else self._article.text[slice(*self._paragraphs[next_paragraph])]

    def _find_next_attribution(self, number: int, paragraph: Paragraph) -> ResolvedAttribution | None:
        """The first attribution with a name in the next group."""
        if number + 1 >= len(paragraph.groups):
            return None
        sentence = tag_sentence(paragraph.text_outside_quotes(paragraph.groups[number + 1]), self._common_words)
        return find_named_speaker(sentence, self._resolver)

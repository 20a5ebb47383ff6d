"""Asks the model of the settings for an answer, and proves what it writes. Never worse than without it: whatever goes
wrong, the answer without the model is shown, with one line that says what happened."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.answers.assembly import assemble_answer
from assistant.answers.citations import build_citation, cite_evidence
from assistant.answers.composition import sort_for_reading
from assistant.answers.material import AnswerMaterial
from assistant.answers.notes import write_notes
from assistant.config.schema import WriterSettings
from assistant.errors import ModelError, WriterError
from assistant.proof.prover import Inference, Prover
from assistant.records.answer import Answer, AnswerReady, AnswerSentence, Citation, Duplicate
from assistant.records.article import Article
from assistant.records.proof import ANSWER_WITHOUT_IT, Proof, WritingReport, WritingStep
from assistant.store.protocol import Library
from assistant.text.quotation_marks import close_quotation
from assistant.writing.client import WriterClient, describe_server, estimate_tokens
from assistant.writing.completing import Completed, complete_form
from assistant.writing.context import read_context_size
from assistant.writing.output import SentenceReader, declines, is_counting, read_choice
from assistant.writing.prompts import (
    MAX_PICKED,
    Form,
    make_nonce,
    make_schema,
    write_prose_prompt,
    write_selection_prompt,
)
from assistant.writing.rendering import explain_findings, get_letters, name_days, render_written
from assistant.writing.sources import (
    NumberedEvidence,
    drop_copied_marks,
    fit_sources,
    number_citations,
    number_sources,
)

CHARACTERS_PER_TOKEN = 3  # few, so that what is sent fits
PROMPT_CHARACTERS = 1_800  # of the instructions
MAX_REPEATED = 3  # sentences that are there already, after which a model is taken to go round in circles
MIN_TIMED = 0.05  # seconds of writing from which its speed is told

WritingEvent = AnswerReady | WritingStep | Answer


def write_answer(material: AnswerMaterial, answer: Answer, settings: WriterSettings) -> Iterator[WritingEvent]:
    """AnswerReady with the answer without a model, a WritingStep for each sentence or pause, and the Answer last.

    `answer` is the one without a model. Where nothing was found, or only words of others than the one asked about, the
    model is not asked. Close the iterator to end the request.
    """
    sources = number_sources(material, settings.max_sources)
    if answer.outcome == "nothing" or not settings.model or not sources:
        yield answer
    elif settings.mode == "select" or answer.abstained:
        yield from _Chooser(material, answer, settings, sources).events()
    else:
        speakers = {each.n: each.evidence.speaker or "" for each in sources}
        is_compared = len(material.query.speakers) > 1 and len(set(speakers.values())) > 1
        form: Form = "compare" if is_compared else "answer"
        sections = speakers if is_compared else {}
        question, duplicates, layout = material.query.text, material.groups.duplicates, _Layout(form, sections)
        yield from _Writer(question, answer, settings, sources, duplicates, layout, material).events()


def write_form(answer: Answer, library: Library, settings: WriterSettings) -> Iterator[WritingEvent]:
    """The same for a brief or a timeline, which the model writes anew from its sentences; they keep their sections.

    What is counted, listed or looked up has no other form, and where the model only picks it stays as it is.
    """
    kind = answer.collection.kind if answer.collection is not None else None
    if kind not in ("brief", "timeline") or not settings.model or settings.mode == "select" or not answer.citations:
        yield answer
        return
    sources = number_citations(answer, library, settings.max_sources)
    sections = {n: each.section or "" for each in answer.sentences for n in each.citations}
    copies = {each.article_id: each.copies for each in answer.citations}
    layout = _Layout("brief" if kind == "brief" else "timeline", sections)
    question = answer.standalone_question or answer.question
    yield from _Writer(question, answer, settings, sources, lambda article: copies[article.id], layout).events()


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")


@dataclass(frozen=True, slots=True)
class _Layout:
    """What a model writes, and the sections of the sources, by number, under which its sentences are put."""

    form: Form
    sections: Mapping[int, str]


@dataclass(slots=True)
class _Written:
    """The sentences of a written answer and the citations that they use, numbered in order of appearance."""

    sentences: list[AnswerSentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)  # of a source to that of its citation
    proved: int = 0
    repointed: int = 0
    unproved: int = 0
    repeated: int = 0


class _Request:
    """One request to a model, and the answer without it."""

    mode: Literal["select", "write"]  # what the model is asked to do, whatever the settings say

    def __init__(
        self, question: str, answer: Answer, settings: WriterSettings, sources: Sequence[NumberedEvidence]
    ) -> None:
        self._question, self._answer, self._settings, self._sources = question, answer, settings, sources
        self._client = WriterClient(settings)
        self._nonce = make_nonce()
        self._written = _Written()

    def events(self) -> Iterator[WritingEvent]:
        """The steps of the model and its answer; if anything goes wrong, the one without it with what happened."""
        yield AnswerReady(self._answer, self._settings.model, describe_server(self._settings.base_url))
        try:
            yield from self.run(self._choose_sources())
        except (WriterError, ModelError) as error:
            yield self.keep(_capitalize(str(error)))

    def run(self, sources: Sequence[NumberedEvidence]) -> Iterator[WritingEvent]:
        """The steps of the model and its answer. Raises WriterError if it has none."""
        raise NotImplementedError

    def keep(self, reason: str) -> Answer:
        """The answer without the model, and why: a sentence without its full stop."""
        return replace(self._answer, writing=self._report(used=False, happened=f"{reason}. {ANSWER_WITHOUT_IT}"))

    def _choose_sources(self) -> list[NumberedEvidence]:
        """As many sources as fit into what the model can read, and into the budget of an answer."""
        settings = self._settings
        context = settings.context_tokens or read_context_size(settings)
        tokens = min(context, settings.budget_tokens) - settings.max_output_tokens
        room = tokens * CHARACTERS_PER_TOKEN - PROMPT_CHARACTERS - len(self._question)
        sources = fit_sources(self._sources, room)
        if not sources:
            least = settings.max_output_tokens + estimate_tokens(PROMPT_CHARACTERS) + 200
            raise WriterError(
                f"the model {settings.model} can read {context:,} tokens, too few for the sources; at least {least:,} "
                "are needed, or a lower writer.max_output_tokens"
            )
        return sources

    def _report(self, *, used: bool, happened: str = "") -> WritingReport:
        settings, usage, written = self._settings, self._client.usage, self._written
        writing_time = usage.total - usage.first_token if usage else 0.0
        rate = round(usage.completion_tokens / writing_time, 1) if usage and writing_time > MIN_TIMED else None
        return WritingReport(
            model=settings.model,
            server=describe_server(settings.base_url),
            mode=self.mode,
            used=used,
            happened=happened,
            proved=written.proved,
            repointed=written.repointed,
            unproved=written.unproved,
            prompt_tokens=usage.prompt_tokens if usage else None,
            completion_tokens=usage.completion_tokens if usage else None,
            first_token_ms=round(usage.first_token * 1000, 1) if usage else None,
            tokens_per_second=rate,
        )

    def _finish(self, fresh: Answer, report: WritingReport) -> Answer:
        old = self._answer
        return replace(
            fresh,
            question=old.question,
            standalone_question=old.standalone_question,
            timings=old.timings,
            writing=report,
            extractive=old,
        )


class _Chooser(_Request):
    """The model picks numbers of sources, and what is shown are their own sentences."""

    mode = "select"

    def __init__(
        self, material: AnswerMaterial, answer: Answer, settings: WriterSettings, sources: Sequence[NumberedEvidence]
    ) -> None:
        super().__init__(material.query.text, answer, settings, sources)
        self._material = material

    def run(self, sources: Sequence[NumberedEvidence]) -> Iterator[WritingEvent]:
        """The model picks numbers; what is shown are the sentences themselves."""
        numbers = [each.n for each in sources]
        messages = write_selection_prompt(self._question, sources, self._nonce)
        output = ""
        for piece in self._client.stream(messages, schema=make_schema(numbers)):
            output += piece
            yield WritingStep()
        named = read_choice(output, numbers)
        picked = named[:MAX_PICKED]  # not every server keeps a model to the most that it may pick
        if not picked:
            yield self.keep(f"The model picked none of {len(sources)} sources as an answer")
            return
        if is_counting(picked, numbers, MAX_PICKED):
            which = "all" if len(named) == len(numbers) else f"the first {len(picked)} of"
            yield self.keep(f"The model picked {which} {len(numbers)} sources, which is no choice")
            return
        by_number = {each.n: each for each in sources}
        yield self._show_picked([by_number[number] for number in picked])

    def _show_picked(self, picked: Sequence[NumberedEvidence]) -> Answer:
        material = self._material
        report = self._report(used=True)
        if self._answer.abstained:  # what is only near stays near: the best of it first
            chosen = [build_citation(n, each.evidence) for n, each in enumerate(picked, 1)]
            places = {(cited.article_id, cited.start): cited for cited in self._answer.nearest}
            nearest = tuple(
                replace(places.get((cited.article_id, cited.start), cited), n=n)
                for n, cited in enumerate(chosen[: max(1, len(self._answer.nearest))], 1)
            )
            return replace(self._answer, nearest=nearest, writing=report, extractive=self._answer)
        chosen_evidence = sort_for_reading(material.query, [each.evidence for each in picked])
        parts = [cite_evidence(n, each, material.groups) for n, each in enumerate(chosen_evidence, 1)]
        notes, added = write_notes(material, parts)
        fresh = assemble_answer(material, [*parts, *added], notes)
        return self._finish(fresh, report)


class _Writer(_Request):
    """The model writes.

    With `material` the answer has the notes that it would have without the model: what was corrected, what differs.
    """

    mode = "write"

    def __init__(
        self,
        question: str,
        answer: Answer,
        settings: WriterSettings,
        sources: Sequence[NumberedEvidence],
        duplicates: Callable[[Article], tuple[Duplicate, ...]],
        layout: _Layout,
        material: AnswerMaterial | None = None,
    ) -> None:
        super().__init__(question, answer, settings, sources)
        self._material = material
        self._duplicates, self._form, self._sections = duplicates, layout.form, layout.sections

    def run(self, sources: Sequence[NumberedEvidence]) -> Iterator[WritingEvent]:
        """The model writes; each sentence is proved when it is complete."""
        prover = Prover([each.source for each in sources], infer=_load_inference(self._settings.nli))
        reader, written = SentenceReader(), self._written
        by_number = {each.n: each for each in sources}
        messages = write_prose_prompt(self._question, sources, self._nonce, self._form)
        with closing(self._client.stream(messages)) as stream:
            for piece in stream:
                yield WritingStep()
                for sentence in reader.add(piece):
                    yield from self._add_sentence(sentence, prover, by_number, written)
                if written.repeated >= MAX_REPEATED:
                    yield self._show_written(written)
                    return
        for sentence in reader.finish(is_cut=self._client.is_cut):
            yield from self._add_sentence(sentence, prover, by_number, written)
        yield self._show_written(written)

    def _add_sentence(
        self, sentence: str, prover: Prover, sources: dict[int, NumberedEvidence], written: _Written
    ) -> Iterator[WritingStep]:
        sentence = drop_copied_marks(sentence, sources.values(), self._nonce)
        if not sentence.strip():
            return
        if declines(sentence):
            raise WriterError("the model found no answer in the sources")
        proof = prover.prove(sentence)
        if not any(character.isalnum() for character in proof.text):
            return
        proof = self._keep_own_words(proof, sources)
        proof = replace(proof, text=close_quotation(proof.text))  # or the next sentence would seem to be quoted
        if proof.support != "unsupported":
            published_at = sources[proof.citations[0]].source.article.published_at
            proof = replace(proof, text=name_days(proof.text, published_at))
        if any(get_letters(each.text) == get_letters(proof.text) for each in written.sentences):
            written.repeated += 1
            return
        match proof.support:
            case "unsupported":
                written.unproved += 1
                if self._settings.unsupported == "refuse":
                    raise WriterError("the model wrote what the articles are not seen to say")
                if self._settings.unsupported == "drop":
                    return
            case "repointed":
                written.repointed += 1
            case _:
                written.proved += 1
        yield WritingStep(proof.text, proof.support)
        numbers = [] if proof.support == "unsupported" else [self._cite(n, sources, written) for n in proof.citations]
        reason = explain_findings(proof.findings)
        section = written.sentences[-1].section if written.sentences else None
        if numbers:
            section = self._sections.get(proof.citations[0]) or None
        written.sentences.append(AnswerSentence(proof.text, tuple(numbers), proof.support, reason, section))

    def _keep_own_words(self, proof: Proof, sources: dict[int, NumberedEvidence]) -> Proof:
        """A sentence of an article in its own typography, with its quotation marks."""
        if proof.support == "unsupported":
            return proof
        source = sources[proof.citations[0]].source
        whole = [" ".join(source.article.text[start:end].split()) for start, end in source.sentences]
        same = [each for each in whole if get_letters(each) == get_letters(proof.text)]
        return replace(proof, text=same[0]) if same else proof

    def _cite(self, n: int, sources: dict[int, NumberedEvidence], written: _Written) -> int:
        if n not in written.numbers:
            number = written.numbers[n] = len(written.citations) + 1
            evidence, source = sources[n].evidence, sources[n].source
            whole = replace(evidence, start=source.start, end=source.end)
            written.citations.append(build_citation(number, whole, self._duplicates(evidence.article)))
        return written.numbers[n]

    def _show_written(self, written: _Written) -> Answer:
        if not written.citations:
            wrote = "no whole sentence before it was cut off" if self._client.is_cut else "nothing"
            what = "Nothing that the model wrote is proved" if written.unproved else f"The model wrote {wrote}"
            return self.keep(what)
        report = self._report(used=True)
        old, completed = self._answer, self._complete(written)
        told = (*completed.notes.sentences, report.figures)
        fresh = Answer(
            question=old.question,
            answer="\n\n".join((render_written(completed.sentences), "\n".join(told))),
            abstained=False,
            reason=None,
            sentences=tuple(completed.sentences),
            citations=tuple(completed.citations),
            passages=old.passages,
            mode="written",
            confidence=old.confidence,
            notes=told,
            conflicts=completed.notes.conflicts,
            corrections=completed.notes.corrections,
            summary=old.summary,
            collection=old.collection,
        )
        return self._finish(fresh, report)

    def _complete(self, written: _Written) -> Completed:
        """The proved sentences with the notes on what they cite, and what the notes cite besides.

        Of a brief or a timeline it is what the form without the model has.
        """
        if self._material is None:
            return complete_form(self._answer, written.sentences, written.citations, written.numbers)
        evidence = {each.n: each.evidence for each in self._sources}
        numbers = written.numbers.items()
        groups = self._material.groups
        notes, added = write_notes(
            self._material, [cite_evidence(number, evidence[n], groups) for n, number in numbers]
        )
        order = list(self._sections.values())
        sentences = sorted(written.sentences, key=lambda each: order.index(each.section) if each.section else -1)
        return Completed(sentences, [*written.citations, *(cited for part in added for cited in part.citations)], notes)


@functools.lru_cache(maxsize=1)
def _load_inference(name: str) -> Inference | None:
    """What reads whether a sentence follows from its source; None without a name. The last one is kept."""
    if not name:
        return None
    from assistant.ranking.cross_encoder import EntailmentReader

    return EntailmentReader(name).read

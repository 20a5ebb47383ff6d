"""Proves a sentence from numbered sources. When in doubt, it is unsupported.

A sentence is borne out by one source, as that source's sentence, whole or shortened (`shortening`), or as the words of
its speaker after "Ada Tarn said" (`speakers`), or if it does so for another sentence that says the same (`restating`).
Quotations must stand verbatim (`quoted_words`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.proof.claims import Claim, read_markers
from assistant.proof.contrast import (
    count_names,
    coverage,
    find_contrasts,
    find_speaker_contrast,
    is_known,
    is_other_speaker,
)
from assistant.proof.findings import explain_wording, find_left_out, find_other_words, find_turning, find_undoing
from assistant.proof.pronouns import (
    check_pronoun,
    find_other_subject,
    find_unnamed_speaker,
    name_speaker_of_pronoun,
)
from assistant.proof.quoted_words import (
    QuotedPlace,
    check_quoted_speech,
    find_quoted_words,
    find_whole_quotation,
    loses_quotation_marks,
    restore_quotations,
)
from assistant.proof.restating import restate
from assistant.proof.shortening.alignment import align, compare_as_reported, is_heading_of, is_same_word
from assistant.proof.sources import ReadSource, SpokenWords
from assistant.proof.speakers import (
    check_frame,
    check_speaker,
    is_labelled,
    is_same_cue,
    is_speaker,
    keeps_speaker,
    miss_speaker,
    name_speaker,
)
from assistant.proof.words import Word
from assistant.records.article import Span
from assistant.records.proof import Proof, ProofFinding, Source, Support
from assistant.records.statement import Statement
from assistant.text.names import full_names
from assistant.text.stemming import stem_words

MIN_SHARED = 0.5  # share of the stems of a sentence that a source must have to be tried
MAX_EXPLAINED = 3  # sources that an unsupported sentence is compared with for an explanation
MIN_ENTAILED = 0.9  # from which a model for inference is believed that a source says a sentence
MIN_CONTRADICTED = 0.9  # the same, that it says the opposite
_SAID = ("asserted", "narrated")
_EXACT = ("name", "number", "day", "negation", "modality", "limit")  # kinds of words that no paraphrase changes

Inference = Callable[[Sequence[tuple[str, str]]], Sequence[tuple[float, float]]]
"""How likely the second text of each pair follows from the first, and contradicts it, each from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sentence beside one source.

    `coverage` is the share of its words that the source has, `missing` the others, `names` the number of its names that
    the source has. `findings` say why the source does not bear it out, `contrasts` what the source says instead,
    `other_words` where it has other words, or none.
    """

    n: int
    coverage: float
    missing: frozenset[str]
    findings: tuple[ProofFinding, ...]
    contrasts: tuple[ProofFinding, ...]
    speakers: tuple[str, ...] = ()  # of the source
    other_words: tuple[ProofFinding, ...] = ()
    names: int = 0


class Prover:
    """Proves sentences one after another from the same sources; it remembers whom the earlier ones name.

    `people` are those whom sentences before the first one name. With `infer`, a sentence in other words is borne out if
    its quotations, names, numbers, days, speakers and small words are those of a source from which it follows; and one
    that contradicts its source, according to `infer`, is not borne out.
    """

    def __init__(self, sources: Iterable[Source], people: Iterable[str] = (), infer: Inference | None = None) -> None:
        self._sources = {source.n: ReadSource(source) for source in sources}
        self._people = list(people)
        self._infer = infer
        self._before: tuple[str, Span] | None = None

    def prove(self, sentence: str) -> Proof:
        """The proof of a sentence with markers such as "[2]". Numbers that no source has are left out."""
        text, cited = read_markers(sentence)
        claim = Claim(text, tuple(self._people), before=self._before)
        self._people += full_names(text)
        proof = self._prove(claim, cited)
        source = self._sources[proof.citations[0]].source if proof.support != "unsupported" else None
        self._before = (source.article.id, (source.start, source.end)) if source else ("", (0, 0))
        return proof

    def _prove(self, claim: Claim, cited: Sequence[int]) -> Proof:
        text = claim.text
        if not claim.words:
            return Proof(text, "unsupported", (), (ProofFinding("wording", text, "it has no words to look for"),))
        own = [self._sources[n] for n in cited if n in self._sources]
        others = self._choose(claim, [source for n, source in self._sources.items() if n not in cited])
        if found := self._find_support(claim, own):
            is_verbatim = [each for each in found if each[1].is_verbatim]
            return self._conclude(claim, "verbatim" if is_verbatim else "supported", is_verbatim or found)
        if found := self._find_support(claim, others)[:1]:
            return self._conclude(claim, "repointed", found)
        if found := self._find_entailing(claim, own):
            return self._conclude(claim, "supported", found)
        if found := self._find_entailing(claim, others)[:1]:
            return self._conclude(claim, "repointed", found)
        results = [(source, _check(claim, source)) for source in (own or others)[:MAX_EXPLAINED]]
        nearest, result = min(results, key=lambda each: len(each[1].findings), default=(None, _NOTHING_NEAR))
        findings = tuple(dict.fromkeys(result.findings))
        kept = tuple(source.source.n for source in own)
        return Proof(text, "unsupported", kept, findings, nearest.source.n if nearest else None)

    def compare(self, sentence: str) -> list[Comparison]:
        """A sentence and each of the sources, all of them: what of it the source has, and what is wrong with it."""
        claim = Claim(read_markers(sentence)[0], tuple(self._people))
        compared = []
        for source in self._sources.values():
            findings = dict.fromkeys((*_check(claim, source).findings, *find_speaker_contrast(claim, source)))
            contrasts = tuple(dict.fromkeys(find_contrasts(claim, source)))
            missing = [word for word in claim.words if not is_known(word, claim, source)]
            texts = frozenset(claim.text[word.start : word.end] for word in missing)
            compared.append(
                Comparison(
                    source.source.n,
                    coverage(claim, source),
                    texts,
                    tuple(findings),
                    contrasts,
                    source.speakers,
                    tuple(find_other_words(claim, source)),
                    count_names(claim, source),
                )
            )
        return compared

    def _conclude(self, claim: Claim, support: Support, found: Sequence[tuple[ReadSource, _Result]]) -> Proof:
        """The proof of a sentence that some sources bear out: in the words of the first, with its speaker named."""
        first, result = found[0]
        text = restore_quotations(claim.text, result.quoted, first)
        if (unnamed := find_unnamed_speaker(claim, first)) is not None:
            number, name = unnamed
            text = name_speaker_of_pronoun(text, number, name)
            self._people.append(name)
        return Proof(text, support, tuple(source.source.n for source, _ in found))

    def _find_support(self, claim: Claim, sources: Sequence[ReadSource]) -> list[tuple[ReadSource, _Result]]:
        """The sources that bear a sentence out, without those that contradict it for the model."""
        found = _find_support(claim, sources)
        if self._infer is None or not found:
            return found
        read = self._infer([(source.text, claim.text) for source, _ in found])
        return [
            each
            for each, (_, contradicted) in zip(found, read, strict=True)
            if each[1].is_verbatim or contradicted < MIN_CONTRADICTED
        ]

    def _find_entailing(self, claim: Claim, sources: Sequence[ReadSource]) -> list[tuple[ReadSource, _Result]]:
        """The sources from which a sentence follows for the model, and that agree with it in all that is exact."""
        if self._infer is None:
            return []
        agreeing = [
            (source, quoted) for source in sources if (quoted := _find_exact_agreement(claim, source)) is not None
        ]
        read = self._infer([(source.text, claim.text) for source, _ in agreeing]) if agreeing else []
        return [
            (source, _Result((), quoted))
            for (source, quoted), (entailed, _) in zip(agreeing, read, strict=True)
            if entailed >= MIN_ENTAILED
        ]

    def _choose(self, claim: Claim, sources: Iterable[ReadSource]) -> list[ReadSource]:
        """The sources that have enough of the words of a sentence, those with most of them first."""
        stems = stem_words(claim.text)
        shared = [(len(stems & source.stems) / max(1, len(stems)), source) for source in sources]
        return [source for share, source in sorted(shared, key=lambda pair: -pair[0]) if share >= MIN_SHARED]


def _find_support(claim: Claim, sources: Iterable[ReadSource]) -> list[tuple[ReadSource, _Result]]:
    """The sources that bear a sentence out."""
    return [(source, result) for source in sources if not (result := _check(claim, source)).findings]


def _find_exact_agreement(claim: Claim, source: ReadSource) -> list[QuotedPlace] | None:
    """The quotations of a sentence in a source that it agrees with in names, numbers, days, small words and speakers.

    None if it does not: then it is not what the source says, in whatever words. Words that somebody says in the source
    must be given to that speaker, unless the sentence is about something else in it.
    """
    quoted = [find_quoted_words(claim.text, span, source) for span in claim.quotations]
    exact = [word for word in claim.words if word.kind in _EXACT]
    said = [spoken for spoken in source.utterances if spoken.speaker or spoken.role]
    if (
        not all(is_known(word, claim, source) for word in exact)
        or _lacks_guards(claim, source)
        or find_contrasts(claim, source)
        or find_speaker_contrast(claim, source)
        or (said and not claim.statements)
        or check_quoted_speech(claim, source)
        or find_undoing(claim, source)
    ):
        return None
    for statement in claim.statements:
        fitting = [spoken for spoken in said if is_speaker(claim, statement, spoken, source)]
        if not any(
            is_same_cue(statement.cue, spoken)
            and _is_said_alike(statement, spoken)
            and not check_speaker(claim, statement, spoken, source)
            and not find_turning(claim, source.words_in(spoken.spans), source)
            for spoken in fitting
        ):
            return None
    found = [place for place in quoted if place is not None]
    return found if len(found) == len(quoted) else None


def _is_said_alike(statement: Statement, spoken: SpokenWords) -> bool:
    return spoken.utterance.status == statement.status and not spoken.utterance.via


def _lacks_guards(claim: Claim, source: ReadSource) -> bool:
    """Whether a sentence lacks a "not" or "may" of a source, or an "about" or "former" before a word that both have."""
    forms = {word.form for word in claim.words}
    for word, following in zip(source.words, [*source.words[1:], None], strict=True):
        if word.form in forms or word.kind not in ("negation", "modality", "limit"):
            continue
        if word.kind != "limit" or (following is not None and _has_form(following, claim)):
            return True
    return False


def _has_form(wanted: Word, claim: Claim) -> bool:
    return any(is_same_word(word, wanted) for word in claim.words)


class _Result:
    """What was found out about a sentence and one source; without findings the source bears it out."""

    def __init__(
        self, findings: Sequence[ProofFinding], quoted: Sequence[QuotedPlace] = (), *, is_verbatim: bool = False
    ) -> None:
        self.findings = tuple(findings)
        self.quoted = tuple(quoted)
        self.is_verbatim = is_verbatim


_NOTHING_NEAR = _Result([ProofFinding("wording", "", "no source is about this")])


def _check(claim: Claim, source: ReadSource) -> _Result:
    """What speaks against a source bearing a sentence out, as it is or in other words that say the same."""
    result = _check_as_it_is(claim, source)
    if result.findings and any(not _check_as_it_is(each, source).findings for each in restate(claim, source)):
        return _Result(())
    return result


def _check_as_it_is(claim: Claim, source: ReadSource) -> _Result:
    result = _check_words(claim, source)
    if result.findings:
        return result
    other = find_other_subject(claim, source) or (None if result.is_verbatim else find_undoing(claim, source))
    return _Result([other]) if other else result


def _check_words(claim: Claim, source: ReadSource) -> _Result:
    quoted: list[QuotedPlace] = []
    findings: list[ProofFinding] = []
    for span in claim.quotations:
        place = find_quoted_words(claim.text, span, source)
        if place is None:
            words = claim.text[slice(*span)]
            findings.append(ProofFinding("quotation", words, "the source does not have these words one after another"))
        else:
            quoted.append(place)
    if findings:
        return _Result(findings)
    if (whole := source.find_whole_sentences(claim.words)) is not None:
        findings = _check_whole_sentences(claim, whole, source)
        if not findings:
            return _Result((), quoted, is_verbatim=True)
    else:
        findings = _check_order(claim, source)
        if not findings:
            return _Result((), quoted)
    if claim.statements:
        said = _check_speech(claim, source)
        if not said:
            return _Result((), quoted)
        is_told_better = any(each.is_contrary or each.kind not in ("wording", "speaker") for each in said)
        left_out = None if is_told_better else find_left_out(claim, source)
        findings = [left_out] if left_out else said + [each for each in findings if each.kind != "wording"]
    return _Result(findings)


# ------------------------------------------------------------------------------ as a sentence of the source


def _check_whole_sentences(claim: Claim, words: Sequence[Word], source: ReadSource) -> list[ProofFinding]:
    """Whole sentences say what they say, unless who says it stands before or after them."""
    first, last = words[0].start, words[-1].end
    for spoken in source.utterances:
        if not any(start < last and first < end for start, end in spoken.spans):
            continue
        if not any(first <= place < last for place in spoken.cue_places) and not is_labelled(words, spoken):
            return [miss_speaker(claim, spoken)]
    return check_pronoun(claim, words, source)


def _check_order(claim: Claim, source: ReadSource) -> list[ProofFinding]:
    """What speaks against the sentence being one of the source, whole or shortened."""
    alignment = align(claim.words, source.words)
    if alignment is None:
        said = [each for each in source.utterances if align(claim.words, source.words_in(each.spans))]
        return [miss_speaker(claim, said[0])] if said else explain_wording(claim, source)
    aligned = [source.words[place] for place in alignment.places]
    if is_heading_of(aligned, source.words):
        return [ProofFinding("wording", claim.text, "this alone says nothing")]
    if source.asks(aligned[0].start) and "?" not in claim.text[-3:]:
        return [ProofFinding("modality", claim.text, "the source asks this")]
    for spoken in source.utterances:
        touched = [word for word in aligned if spoken.contains(word.start)]
        if touched and not keeps_speaker(aligned, spoken, source):
            return [miss_speaker(claim, spoken)]
    if loses_quotation_marks(claim, aligned, source):
        return [ProofFinding("speaker", claim.text, "somebody says this in the source, in quotation marks")]
    return check_quoted_speech(claim, source) or check_pronoun(claim, aligned, source)


# ---------------------------------------------------------------------------------------- as somebody's words


def _check_speech(claim: Claim, source: ReadSource) -> list[ProofFinding]:
    """What speaks against the source having the words that the sentence gives to somebody, as the words of them."""
    findings: list[ProofFinding] = []
    for statement in claim.statements:
        if any(_quotes_in_full(other, statement, claim) for other in claim.statements):
            continue  # "When Lund says …" in a quotation: the words are there as they are
        results = [_check_statement(claim, statement, spoken, source) for spoken in source.utterances]
        best = min(results, key=len, default=None)
        if best is None:
            words = claim.text[statement.start : statement.end]
            best = [ProofFinding("speaker", words, "nobody says this in the source")]
        findings += best
    return findings or check_quoted_speech(claim, source)


def _quotes_in_full(outer: Statement, inner: Statement, claim: Claim) -> bool:
    """Whether what a sentence gives to somebody stands, with who says it, in a quotation of somebody else."""
    return outer is not inner and any(
        outer.start <= start + 1 and start < inner.start and inner.end <= end <= outer.end + 1
        for start, end in claim.quotations
    )


def _check_statement(claim: Claim, statement: Statement, spoken: SpokenWords, source: ReadSource) -> list[ProofFinding]:
    named = statement.speaker or statement.role or ""
    claimed = [word for word in claim.words if statement.start <= word.start < statement.end]
    own = source.words_in(spoken.spans)
    alignment = align(claimed, own, compare_as_reported(own, source.quotations))
    end = own[alignment.places[-1]].end if alignment else find_whole_quotation(claim, statement, spoken, source)
    if end is None:
        return explain_wording(Claim(claim.text[statement.start : statement.end]), source)
    if source.asks_before(end) and "?" not in claim.text:
        return [ProofFinding("modality", claim.text, "the source asks this")]
    if turning := find_turning(claim, [word for word in own if word.start >= end], source, only_next=True):
        return [turning]
    if not is_speaker(claim, statement, spoken, source):
        reason = f"the source gives this to {name_speaker(spoken)}"
        both = statement.speaker, spoken.speaker
        is_contrary = bool(both[0] and both[1] and is_other_speaker(both[0], both[1], source))
        return [ProofFinding("speaker", named or statement.cue, reason, is_contrary)]
    is_contrary = spoken.utterance.status in ("denied", "corrected") and statement.status == "asserted"
    if not is_same_cue(statement.cue, spoken):
        return [ProofFinding("wording", statement.cue, f"the source has “{', '.join(spoken.cues)}”", is_contrary)]
    if statement.status != "asserted" or spoken.utterance.status not in _SAID or spoken.utterance.via:
        return [ProofFinding("speaker", named, "the source does not simply say that it was said", is_contrary)]
    return check_frame(claim, statement, spoken, source)

"""Checks the sentences of a draft: what an article says, what differs from it, and what no article is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.drafts.search import SourceFinder
from assistant.drafts.weighing import Outcome, weigh
from assistant.errors import QuestionError
from assistant.presentation.quote_report import describe_verdict
from assistant.proof.claims import Claim, read_markers
from assistant.proof.prover import Prover
from assistant.quotes.checker import check_quote
from assistant.records.article import Span
from assistant.records.checks import QuoteCheck, QuotePlace
from assistant.records.proof import DraftSentence, DraftStatus, ProofFinding, Source
from assistant.store.protocol import Library
from assistant.text.names import full_names
from assistant.text.quotation_marks import quotation_spans
from assistant.text.sentences import sentence_spans

MIN_QUOTED_WORDS = 3  # of a quotation that is looked up by itself
MIN_SAID_WORDS = 2  # of one that the sentence gives to somebody
MAX_OTHER_WORDS = 3  # places that are told where an article has other words
MAX_TOGETHER = 8  # sentences of one quotation that are checked together
MAX_PEOPLE = 20  # whom the sentences before one name
_OTHER_WORDS = "nothing in it differs, but the articles are not seen to say it in these words"
_TOGETHER = "an article is about this, but no sentence of it is seen to say it"
_CHECKED_KINDS = ("name", "number", "day")
_MARKS = "“”\"„«»‘’'"


def check_draft(text: str, library: Library) -> Iterator[DraftSentence]:
    """Each sentence of a draft with its result, in order; as one those over which a quotation extends."""
    finder = SourceFinder(library)
    people: list[str] = []
    for start, end in _split(text):
        written = text[start:end]
        yield replace(_check_sentence(written, people, finder, library), start=start, end=end)
        people = [*people, *full_names(written)][-MAX_PEOPLE:]


def _split(text: str) -> Iterator[Span]:
    """The spans of the sentences of a text, as one those over which a quotation extends."""
    spans = sentence_spans(text)
    at = 0
    while at < len(spans):
        start = spans[at][0]
        ends = [end for _, end in spans[at : at + MAX_TOGETHER] if "\n" not in text[start:end].strip()]
        closed = next((n for n, end in enumerate(ends) if not quotation_spans(text, start, end)[1]), 0)
        yield start, spans[at + closed][1]
        at += closed + 1


def _check_sentence(written: str, people: Sequence[str], finder: SourceFinder, library: Library) -> DraftSentence:
    claim = Claim(read_markers(written)[0], tuple(people))
    sources = finder.find(claim)
    proof = Prover(sources, people).prove(claim.text)
    sentence = DraftSentence(written, 0, 0, "unchecked")
    if proof.support != "unsupported":
        return _place(replace(sentence, status="holds"), sources, proof.citations[0])
    checks = list(_check_quotations(claim, library))
    wrong = [check for check in checks if not check.is_accurate]
    outcome = weigh(Prover(sources, people).compare(claim.text), sources)
    found = {check.quotation for check in checks}
    others = [each for each in outcome.findings if each.words.strip(_MARKS) not in found]
    if any(check.verdict == "somebody_else" for check in wrong):
        others = [each for each in others if each.kind not in ("speaker", "name")]  # the verdict says it
    findings = (
        *(ProofFinding("quotation", check.quotation, describe_verdict(check), is_contrary=True) for check in wrong),
        *others,
    )
    remarks = tuple(f"“{check.quotation}”: {describe_verdict(check)}" for check in checks if check.is_accurate)
    status = _judge(claim, outcome, findings, checks)
    compared = replace(sentence, status=status, findings=findings if status != "unchecked" else (), remarks=remarks)
    place = next((part.places[0] for check in checks for part in check.parts if part.places), None)
    if place is not None and (wrong or outcome.nearest is None):
        return _place_quotation(compared, place)
    if status == "not_found" and not checks and (nearest := finder.find_together(claim)) is not None:
        finding = ProofFinding("wording", written, _TOGETHER)
        return _place(replace(compared, status="open", findings=(finding,)), [nearest], nearest.n)
    if status == "open" and not compared.findings:
        other = outcome.other_words[:MAX_OTHER_WORDS] or (ProofFinding("wording", written, _OTHER_WORDS),)
        compared = replace(compared, findings=other)
    return _place(compared, sources, outcome.nearest) if status != "unchecked" else compared


def _judge(
    claim: Claim, outcome: Outcome, findings: Sequence[ProofFinding], checks: Sequence[QuoteCheck]
) -> DraftStatus:
    if any(not check.is_accurate for check in checks):
        return "differs" if any(part.places for check in checks for part in check.parts) else "not_found"
    is_checkable = bool(claim.statements or checks or any(word.kind in _CHECKED_KINDS for word in claim.words))
    if outcome.nearest is None:
        return ("open" if checks else "not_found") if is_checkable else "unchecked"
    if any(each.is_contrary for each in findings):
        return "differs"
    return "open" if is_checkable or findings else "unchecked"


def _check_quotations(claim: Claim, library: Library) -> Iterator[QuoteCheck]:
    """Each longer quotation of a sentence, looked up with the speaker to whom the sentence gives it."""
    for start, end in claim.quotations:
        words = claim.text[start:end].strip(_MARKS)
        said = [each for each in claim.statements if each.start < end and start < each.end and each.speaker]
        if len(words.split()) < (MIN_SAID_WORDS if said else MIN_QUOTED_WORDS):
            continue
        try:
            yield check_quote(words, said[0].speaker if said else None, library)
        except QuestionError:
            continue  # too long, or only punctuation


def _place(sentence: DraftSentence, sources: Sequence[Source], n: int | None) -> DraftSentence:
    """A sentence with the source that it was compared with."""
    source = next((each for each in sources if each.n == n), None)
    if source is None:
        return sentence
    article = source.article
    return replace(
        sentence,
        article_id=article.id,
        title=article.title,
        source=article.source,
        published_at=article.published_at,
        url=article.url,
        place_start=source.start,
        place_end=source.end,
        quote=source.text,
        article_sha256=article.sha256,
    )


def _place_quotation(sentence: DraftSentence, place: QuotePlace) -> DraftSentence:
    return replace(
        sentence,
        article_id=place.article_id,
        title=place.title,
        source=place.source,
        published_at=place.published_at,
        url=place.url,
        place_start=place.start,
        place_end=place.end,
        quote=place.quote,
        article_sha256=place.article_sha256,
    )

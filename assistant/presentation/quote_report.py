"""A checked quotation in words: the verdict, the places, the difference. Front ends choose the colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.records.answer import Citation
from assistant.records.checks import ChangeKind, QuoteCheck, QuotePart, QuotePlace
from assistant.records.statement import StatementCorrection, describe_standing
from assistant.text.formatting import join_names
from assistant.text.names import is_same_person
from assistant.text.sanitize import sanitize_line

_VERDICTS = {
    "verbatim": "Verbatim: the library contains these words as quoted.",
    "shortened": "Verbatim, shortened: words are omitted only where the quotation marks it.",
    "altered": "Altered: the library contains a similar passage with different wording.",
    "not_found": "Not found: no article contains these words.",
}


@dataclass(frozen=True, slots=True)
class DifferenceRun:
    """A piece of a difference, readable without colors: `-removed-`, `+inserted+`, `[left out: …]`."""

    text: str
    kind: ChangeKind


def describe_verdict(check: QuoteCheck) -> str:
    """The verdict as a sentence."""
    if check.verdict == "stitched":
        found_parts = sum(bool(part.places) for part in check.parts)
        return f"Stitched together: {found_parts} parts are verbatim, but come from different places."
    if check.verdict == "somebody_else":
        return sanitize_line(_describe_misattribution(check))
    if check.verdict == "verbatim" and check.typography:
        return sanitize_line(f"Verbatim but for {join_names(check.typography)}: the library contains these words.")
    if check.verdict == "not_said":
        return sanitize_line(_describe_unsaid_words(check))
    if check.verdict == "unattributed":
        return sanitize_line(_describe_unnamed_speaker(check))
    return _VERDICTS[check.verdict]


def _describe_misattribution(check: QuoteCheck) -> str:
    places = [place for place in _list_places(check) if place.speaker and place.status in ("asserted", "reported")]
    speakers = list(dict.fromkeys(str(place.speaker) for place in places))
    several = len({place.article_id for place in places}) > 1
    subject = "the articles attribute" if several else "the article attributes"
    names = join_names(speakers or ["someone else"])
    return f"Misattributed: {subject} these words to {names}, not {check.speaker_asked}."


def _list_places(check: QuoteCheck) -> list[QuotePlace]:
    return [place for part in check.parts for place in part.places] + list(check.also_in)


def _describe_unsaid_words(check: QuoteCheck) -> str:
    """Why words that are in an article were not said by the speaker named, or by anybody."""
    unsaid = [place for place in _list_places(check) if place.status not in ("asserted", "reported")]
    asked = check.speaker_asked
    place = next((each for each in unsaid if asked and each.speaker and is_same_person(asked, each.speaker)), unsaid[0])
    speaker = place.speaker or place.role or "anybody"
    if place.correction is not None:
        return f"Corrected: {_describe_correction(place.speaker or place.role, place.correction)}"
    if place.status == "corrected":
        return "Corrected: the article says that this was wrong."
    source = f", according to {place.via}" if place.via else ""
    if place.status == "denied":
        return f"Denied: the article says that {speaker} did not say this{source}."
    return f"Uncertain: the article asks whether {speaker} said this, or imagines it{source}."


def _describe_correction(speaker: str | None, correction: StatementCorrection) -> str:
    day = f" on {correction.published_at[:10]}" if correction.published_at else ""
    if speaker is None:
        return f"the article itself said this, and was corrected{day}."
    instead = f"the words are those of {correction.speaker}" if correction.speaker else "the words are not theirs"
    return f"the article gave these words to {speaker}, and was corrected{day}: {instead}."


def _describe_unnamed_speaker(check: QuoteCheck) -> str:
    role = next((place.role for place in _list_places(check) if place.role), None)
    given = f"attributes it to {role}" if role else "names nobody for it"
    return f"Not attributed: the article does not say that {check.speaker_asked} said this; it {given}."


def explain_marks(check: QuoteCheck) -> str | None:
    """What the marks in a difference mean; None if there are no marks."""
    kinds = {change.kind for part in check.parts for change in part.changes}
    if check.verdict != "altered" or not kinds & {"removed", "inserted", "replaced"}:
        return None
    return "-words- are only in the article, +words+ are only in the quotation."


def list_notes(check: QuoteCheck) -> list[str]:
    """Warnings and differences of typography, one sentence each."""
    lines = list(check.warnings)
    corrected = [place for place in _list_places(check) if place.correction] if check.verdict != "not_said" else []
    for place in corrected:
        assert place.correction is not None
        lines.append(
            f"Of {describe_quote_place(place)}: {_describe_correction(place.speaker or place.role, place.correction)}"
        )
    if check.typography and check.verdict != "verbatim":
        lines.append(f"The typography differs too: {join_names(check.typography)}.")
    return [sanitize_line(line) for line in lines]


def describe_quote_place(place: QuotePlace) -> str:
    """The article of a place: title, outlet and day, and where in it the words are."""
    parts = (place.title, place.source, (place.published_at or "")[:10], place.place)
    return " · ".join(sanitize_line(part) for part in parts if part)


def describe_quote_speaker(place: QuotePlace) -> str:
    """Who says the words in a place, and whether the article quotes or reports them."""
    who = place.speaker or (f"{place.role} (not named)" if place.role else None)
    if who and (standing := describe_standing(place.status, place.via)):
        who = f"{who} ({standing})"
    form = "in quotation marks" if place.direct else "in the article's own words, without quotation marks"
    return sanitize_line(f"{who}, {form}" if who else f"{form}, not attributed to anyone")


def mark_difference(part: QuotePart) -> list[DifferenceRun]:
    """The words of the article in the first place, with the changes of the quotation marked."""
    if not part.places:
        return [DifferenceRun(sanitize_line(part.given), "same")]
    place = part.places[0]
    runs: list[DifferenceRun] = []
    at = place.start
    for change in part.changes:
        between = place.quote[max(0, at - place.start) : max(0, change.start - place.start)]
        if between:
            runs.append(DifferenceRun(between, "same"))
        runs += _mark_change(change.kind, change.real, change.given, bool(runs) and not runs[-1].text[-1:].isspace())
        at = change.end
    runs = runs or [DifferenceRun(place.quote, "same")]
    if place.direct:
        runs = [DifferenceRun("“", "same"), *runs, DifferenceRun("”", "same")]
    return [DifferenceRun(" ".join(run.text.split("\n")), run.kind) for run in runs]


def _mark_change(kind: ChangeKind, real: str, given: str, close: bool) -> Iterator[DifferenceRun]:
    """A change with its marks. An insertion adds a space: before it if it is `close` to the text before, else after."""
    if kind in ("same", "interrupted"):
        yield DifferenceRun(real, kind)
    elif kind == "omitted":
        yield DifferenceRun(f"[left out: {real}]", kind)
    elif kind == "removed":
        yield DifferenceRun(f"-{real}-", kind)
    elif kind == "inserted":
        yield DifferenceRun(f" +{given}+" if close else f"+{given}+ ", kind)
    else:
        yield DifferenceRun(f"-{real}-", "removed")
        yield DifferenceRun(" ", "same")
        yield DifferenceRun(f"+{given}+", "inserted")


def cite_place(number: int, place: QuotePlace) -> Citation:
    """A place of a quotation as a citation, without the author of the article."""
    return Citation(
        n=number,
        article_id=place.article_id,
        title=place.title,
        source=place.source,
        author=None,
        published_at=place.published_at,
        url=place.url,
        start=place.start,
        end=place.end,
        quote=place.quote,
        speaker=place.speaker,
        article_sha256=place.article_sha256,
        status=place.status,
        via=place.via,
        place=place.place,
    )

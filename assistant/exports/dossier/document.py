"""A dossier as its formats show it: quotations, comments, sources, and whether the articles still have the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answers.verification import verify_answer
from assistant.exports.provenance import describe_making
from assistant.presentation.json_schema import dossier_entry_to_json
from assistant.records.answer import Citation
from assistant.records.marks import DossierEntry
from assistant.store.protocol import Library

VERIFIED_LINE = "Each quotation was compared with its article when this document was made, character by character."


@dataclass(frozen=True, slots=True)
class VerifiedEntry:
    """An entry of a dossier. `fault` says why it is no quotation of the library any more; None if it is verbatim.

    The citation is numbered by the place in the document.
    """

    entry: DossierEntry
    citation: Citation
    fault: str | None

    @property
    def warning(self) -> str:
        """What a document says at an entry that is not verbatim; empty for one that is."""
        return f"Not verified: {self.fault}." if self.fault else ""


@dataclass(frozen=True, slots=True)
class DossierDocument:
    """A titled list of verified entries."""

    title: str
    entries: tuple[VerifiedEntry, ...]
    made_on: date = field(default_factory=date.today)

    @property
    def faults(self) -> int:
        """How many entries are not verbatim in the library."""
        return sum(each.fault is not None for each in self.entries)

    @property
    def closing_line(self) -> str:
        """When and with what it was made, what was verified, and what is not verbatim."""
        made = f"{describe_making(self.made_on)} {VERIFIED_LINE}"
        if not self.faults:
            return made
        verb = "is" if self.faults == 1 else "are"
        return f"{made} {self.faults} of {len(self.entries)} {verb} not verified, and marked so."


def make_document(entries: Iterable[DossierEntry], library: Library, title: str) -> DossierDocument:
    """Compare each quotation with its article, and number them."""
    listed = list(entries)
    numbered = [replace(entry.citation, n=number) for number, entry in enumerate(listed, 1)]
    records = [dossier_entry_to_json(entry, None)["citation"] for entry in listed]
    checks = verify_answer({"citations": records}, library)
    return DossierDocument(
        title,
        tuple(
            VerifiedEntry(entry, cited, check.fault)
            for entry, cited, check in zip(listed, numbered, checks, strict=True)
        ),
    )

"""What a question takes for granted and an article says the opposite of."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers.kinds.premise import contradict_deed
from assistant.answers.kinds.said import SAID
from assistant.evidence.selection import EvidenceRequest
from assistant.questions.parser import parse_question
from tests.support.memory_library import MemoryLibrary, make_article


def test_deed_whose_opposite_is_told_is_not_explained() -> None:
    """ "Why did X reject it?" is answered with what speaks against it, if X approved it."""
    snapshot = MemoryLibrary(
        [make_article("a", "Ada Quill approved the toll on boats. “Boats must pay,” Ada Quill said of the toll.")]
    ).snapshot()
    for verb, said in (("reject", "approved"), ("approve", None)):
        query = replace(parse_question(f"Why did Ada Quill {verb} the toll on boats?"), kind="said")
        query = replace(query, speakers=("Ada Quill",), topic="the toll on boats", cue=verb)
        request = EvidenceRequest(query, snapshot, snapshot.passages)
        assert (contradict_deed(request, ()) is not None) == (said is not None)
        selection = SAID.find_evidence(request)
        assert (selection.difference.said if selection.difference else None) == said
        if said:
            first = selection.near[0]
            assert first.article.text[first.start : first.end] == "Ada Quill approved the toll on boats."
            assert SAID.explain_refusal(query, selection, snapshot)[0].startswith("This speaks against")

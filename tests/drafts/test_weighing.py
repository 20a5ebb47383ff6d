"""What several sources say about a sentence."""

from __future__ import annotations

from dataclasses import replace

from assistant.drafts.weighing import weigh
from assistant.proof.prover import Comparison
from assistant.records.proof import ProofFinding, Source
from tests.conftest import make_article

OTHER_NUMBER = ProofFinding("number", "12", "the source has “14”", is_contrary=True)
LACKING = ProofFinding("name", "Reed", "the source does not have this name")
SOURCES = [Source(n, make_article("It is late.", id=str(n), title=f"Article {n}"), 0, 11, ((0, 11),)) for n in (1, 2)]


def compare(n: int, coverage: float, *findings: ProofFinding, missing: str = "") -> Comparison:
    """A sentence beside one source."""
    contrasts = tuple(each for each in findings if each.is_contrary)
    others = tuple(each for each in findings if not each.is_contrary)
    return Comparison(n, coverage, frozenset(missing.split()), others, contrasts)


def test_the_nearest_source_is_told() -> None:
    """The source with most of the words; what it contradicts is contrary, and what another has is not lacking."""
    outcome = weigh([compare(1, 0.6, LACKING, missing="12 Reed"), compare(2, 0.8, OTHER_NUMBER, missing="12")], SOURCES)
    assert (outcome.nearest, outcome.findings) == (2, (OTHER_NUMBER,))
    outcome = weigh([compare(1, 0.8, LACKING, missing="Reed"), compare(2, 0.6)], SOURCES)
    assert (outcome.nearest, outcome.findings) == (1, ())
    assert weigh([compare(1, 0.4)], SOURCES).nearest is None


def test_sources_that_disagree() -> None:
    """A number that another source has is not wrong; which of both is right is not decided."""
    outcome = weigh([compare(1, 0.8, OTHER_NUMBER, missing="12"), compare(2, 0.6, missing="pier")], SOURCES)
    (finding,) = outcome.findings
    assert not finding.is_contrary
    assert "disagree" in finding.reason
    assert "Article 2" in finding.reason


def test_sources_about_somebody_else_do_not_disagree() -> None:
    """Nor does one that only has the number elsewhere, as the nearest one has."""
    nearest, other = compare(1, 0.8, OTHER_NUMBER, missing="12"), compare(2, 0.7)
    for near in ((replace(nearest, names=1), other), (replace(nearest, missing=frozenset()), other)):
        assert weigh(near, SOURCES).findings == (OTHER_NUMBER,)
    same = compare(1, 0.8, LACKING, missing="Reed"), replace(compare(2, 0.8, OTHER_NUMBER, missing="12"), names=1)
    assert weigh(same, SOURCES).nearest == 2

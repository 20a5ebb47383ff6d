"""Articles that say the opposite of what a question takes for granted."""

from __future__ import annotations

import pytest

from assistant.evidence.premises.contradiction import find_contradiction
from assistant.text.sentences import sentence_spans
from tests.support.memory_library import make_article


@pytest.mark.parametrize(
    ("question", "text", "said", "asked"),
    [
        ("Why did Tarn lift the ban on barges?", "Tarn imposed the ban on barges. It is new.", "imposed", "lift"),
        ("How did Ivo Lund survive the fire?", "Ivo Lund was in the fire. He died there.", "died", "survive"),
        ("Why did the mayor refuse to open the lock?", "The mayor opened the lock.", "opened", "refuse to open"),
        ("Why was the toll found lawful?", "A court found the toll unlawful.", "unlawful", "lawful"),
        ("Why did the council vote against the toll?", "The council passed the toll.", "passed", "vote against"),
        ("When will the lock at Tarn open?", "The lock at Tarn will be shut for good.", "shut", "open"),
        ("When will the lock at Tarn open?", "The lock at Tarn will not open.", "not open", "open"),
        ("Why did Lund support the plan?", "Lund shot down the plan.", "shot down", "support"),
    ],
)
def test_contradictions(question: str, text: str, said: str, asked: str) -> None:
    """The opposite on the same subject and object."""
    article = make_article("a", text, title="Tarn news")
    found = find_contradiction(question, article, sentence_spans(text))
    assert found is not None
    assert (found.said, found.asked) == (said, asked)
    assert said in article.text[found.start : found.end]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "Why did Tarn lift the ban on barges?",
            "Tarn imposed the ban on barges. Tarn lifted the ban on barges.",
        ),
        ("Why did Tarn lift the ban on barges?", "Lund imposed a levy on eels."),
        ("Did Tarn lift the ban on barges?", "Tarn imposed the ban on barges."),
        ("Who won the regatta at Tarn?", "Ivo Lund lost the regatta at Tarn."),
        ("Why did Tarn lift the ban on barges?", ""),
        ("Why were boats cancelled in Port Ellery?", "The march began in Port Ellery."),
        ("Why did Tarn lift the ban on barges?", "Tarn imposed a levy. It lets barges in."),
        ("When will the lock at Tarn open?", "The lock at Tarn is shut until May."),
        ("When will the lock at Tarn open?", "The lock at Tarn will stay shut until May."),
        ("When will Tarn lift the ban on barges?", "Tarn imposed the ban on barges."),
        ("Why didn't the council approve the lock?", "The council did not approve the lock, which is dear."),
        ("Who is buying the mill from Lund?", "Ivo Lund agreed to sell the mill to Ada Tarn."),
        ("When was Ivo Lund released from the gaol at Tarn?", "Ivo Lund was jailed at Tarn in the gaol."),
        ("Why did Lund want no import quotas for eels?", "Lund wants import quotas for eels to be fair."),
        ("What did Lund pay for ending the eel deal?", "Lund paid for the start of the eel deal."),
        ("When does the debt relief start?", "Debt relief, or debt cancellation, is costly."),
        ("Why does Lund oppose the lock?", "Lund is willing to support the lock."),
        ("Why does Lund oppose the lock?", "Lund, whose vote is needed for passing the plan, shot down the lock plan."),
        ("Why does Lund oppose the lock?", "Lund, whose vote is crucial to approving the lock, spoke."),
        ("Why does Lund oppose the lock?", "Lund spoke. The council approved the lock."),
        ("Why does Lund oppose the lock?", "Lund heard of the support for the lock."),
        ("How did the councillors vote on the lock?", "Councillor Ivo Lund voted against the lock."),
    ],
)
def test_no_contradiction(question: str, text: str) -> None:
    """Where the same is said too, of other things, where nothing is taken for granted, or the subject is asked for."""
    assert find_contradiction(question, make_article("a", text, title="Tarn news"), sentence_spans(text)) is None

"""The expected answer types of questions."""

from __future__ import annotations

import pytest

from assistant.questions.answer_types import asks_for_several, asks_of_present, detect_answer_type
from assistant.records.query import AnswerType


@pytest.mark.parametrize(
    ("question", "expects"),
    [
        ("Who won the regatta?", "person"),
        ("Whose boat won the regatta?", "person"),
        ("Which company built the pier?", "name"),
        ("Which two ferry companies will merge?", "name"),
        ("Which former port minister resigned?", "name"),
        ("What is the name of the ferry?", "name"),
        ("What is the name of the young pilot?", "person"),
        ("What was the name of Tarn’s wife?", "person"),
        ("What was the name of the engineer who sank the ferry?", "person"),
        ("What is the name of the pilot's ferry?", "name"),
        ("What is the new ferry called?", "name"),
        ("The ferry was sold to which airline?", "name"),
        ("Where did the ferry sink?", "place"),
        ("Which Baltic city banned cars?", "place"),
        ("The mayor of which town resigned?", "place"),
        ("Which country's leader fled?", "name"),
        ("When did the ferry sink?", "date"),
        ("In what year was the pier built?", "date"),
        ("Who sank the ferry, and when?", "date"),
        ("How many people were aboard?", "number"),
        ("The mayor sold the ferry for how much?", "number"),
        ("How old is the mayor of Port Okoro?", "number"),
        ("What percentage of ferries are late?", "number"),
        ("What is the average cost of a ticket?", "number"),
        ("Why did the ferry sink?", "reason"),
        ("What caused the leak?", "reason"),
        ("What was the reason for the leak?", "reason"),
        ("Did the ferry sink?", "yes_no"),
        ("Is the pier open?", "yes_no"),
        ("Didn't the ferry sink?", "yes_no"),
        ("How soon will the pier open?", "date"),
        ("How come the pier is closed?", "reason"),
        ("When the ferry sank, which airline flew?", "name"),
        ("What is the latest news?", None),
        ("tarn sentence length", "number"),
        ("harbour response why", "reason"),
        ("pier fire cause", "reason"),
        ("ferry marathon time", "number"),
        ("port minister resignation date", "date"),
        ("number of berths", "number"),
        ("ferry plan", None),
        ("What happened to the ferry when it sank?", None),
        ("What did the crew who left find?", None),
    ],
)
def test_answer_type_detected(question: str, expects: AnswerType | None) -> None:
    """The answer type follows from the question word and the noun or measure after it."""
    assert detect_answer_type(question) == expects


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Which countries signed the treaty?", True),
        ("In which states did Okoro win?", True),
        ("Who were the members of the board?", True),
        ("List the ferries that were late", True),
        ("What are the reasons for the delay?", True),
        ("Which country signed the treaty?", False),
        ("What was the name of the ferry?", False),
        ("Which bus hit the bridge?", False),
        ("What does the town say?", False),
        ("What makes the lock so hard to open?", False),
        ("Which of his daughters wrote it?", False),
        ("Who is the mayor?", False),
    ],
)
def test_lists(question: str, several: bool) -> None:
    """A plural noun after the question word, or a word such as "list", asks for several things."""
    assert asks_for_several(question) == several


@pytest.mark.parametrize(
    ("question", "present"),
    [
        ("Who is the mayor of Port Ellery?", True),
        ("How many boats have sunk?", True),
        ("How close has the ice got to the pier?", True),
        ("Is the bridge open?", True),
        ("Who was the mayor?", False),
        ("How many boats sank?", False),
        ("How deep is the canal?", False),
        ("What is a lock?", False),
    ],
)
def test_questions_of_the_present(question: str, present: bool) -> None:
    """A question how something stands that may change has a verb in the present or the perfect."""
    assert asks_of_present(question) == present

"""Times questions about the whole collection on an index: counts, lists, rankings, who somebody is, timelines, briefs.

    python -m tests.bench.overviews INDEX [questions of each kind]

The questions are drawn from the titles and the speakers of the index, the same for the same index. After a first one of
each kind, which loads what is kept, CPU and wall time are given in milliseconds: the median, the 95th percentile, the
slowest question. CPU time does not depend on other programs.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from assistant.answers.events import final_answer
from assistant.answers.pipeline import understand
from assistant.collection.answering import answer_about_collection
from assistant.collection.draft import SHOWN
from assistant.store.library import SqliteLibrary
from assistant.store.protocol import Library
from assistant.text.words import STOP_WORDS, split_words

FORMS = {
    "count": ("How many articles mention {topic}?", "How many articles on {topic} are there by month?",
              "How often is {word} mentioned?", "How many statements by {speaker} are there?",
              "How many articles mention {topic} since {month}?"),
    "list": ("Which articles mention {topic}?", "Which outlets reported {topic}?", "Give me all quotes by {speaker}",
             "Who is quoted on {word}?", "When was {topic} first mentioned?"),
    "rank": ("Who is quoted most on {word}?", "Which outlet wrote most about {topic}?",
             "In which month were there most articles on {word}?"),
    "who": ("Who is {speaker}?",),
    "timeline": ("Give me a timeline of {topic}", "timeline of {word}"),
    "brief": ("Summarise {topic}", "What is known about {word}?", "What happened in {month}?"),
}  # fmt: skip


MOST = 1_000  # questions of a kind


def draw_questions(library: Library, form: tuple[str, ...]) -> Iterator[str]:
    """Different questions of one kind: topics are words of titles, frequent ones among them."""
    chance = random.Random(form[0])
    titles = sorted(title for title, _ in library.titles())
    speakers = [name for name, _, _ in library.speakers(400)]
    first, last = (date.fromisoformat(day[:10]) for day in library.date_range() or ("2000-01-01", "2000-12-31"))
    asked: set[str] = set()
    while len(asked) < MOST:
        words = [word for word in split_words(chance.choice(titles)) if word not in STOP_WORDS and word.isalpha()]
        if len(words) < 2 or len(words[0]) < 4:
            continue
        day = first + (last - first) * chance.random()
        question = form[len(asked) % len(form)].format(
            topic=" ".join(words[:2]), word=words[0], speaker=chance.choice(speakers), month=f"{day:%B %Y}"
        )
        if question not in asked:
            asked.add(question)
            yield question


def time_question(question: str, library: Library) -> tuple[float, float] | None:
    """Milliseconds of wall and of CPU time from the words of a question to its whole answer.

    None if it is none about the collection: "timeline of year" has no topic, and somebody may not be described.
    """
    started, used = time.perf_counter(), time.process_time()
    understood = understand(question, library)
    events = answer_about_collection(understood, library, None, None, SHOWN)
    if events is None:
        return None
    final_answer(events)
    return (time.perf_counter() - started) * 1000, (time.process_time() - used) * 1000


def main() -> None:
    """Print a line for each kind of question."""
    count = int((sys.argv[2:3] or ["20"])[0])
    with SqliteLibrary.open(Path(sys.argv[1])) as library:
        print(f"{library.article_count():,} articles; {count} questions of each kind; milliseconds")
        for kind, form in FORMS.items():
            taken: list[tuple[float, float, str]] = []
            for number, question in enumerate(draw_questions(library, form)):
                found = time_question(question, library)
                if found is not None and number >= len(form):
                    taken.append((*found, question))
                if len(taken) == count:
                    break
            for name, at in (("wall", 0), ("CPU", 1)):
                times = sorted(float(each[at]) for each in taken)
                p50, p95 = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.95))]
                _, slowest = max((float(each[at]), each[2]) for each in taken)
                print(f"{kind:9} {name:4}  p50 {p50:7.1f}  p95 {p95:7.1f}  most {times[-1]:7.1f}  {slowest}")


if __name__ == "__main__":
    main()

"""The packaged ranker and the choice of another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.config.schema import RankingSettings
from assistant.errors import ModelError
from assistant.ranking.loader import RankerLoader, load_ranker
from assistant.ranking.ranker import Reading, Window, WindowRanker, leave_out_titles
from assistant.ranking.weights import ALONE, TOGETHER, check_weights
from assistant.server.limits import limit_kernels

pytestmark = pytest.mark.usefixtures("each_input_computed")

QUESTION = "By how much will the harbour dues rise?"
ANSWER = "The port authority of Saltmere will raise its dues by 4.5 per cent from 1 April."
TEXTS = [
    ("Harbour dues to rise", "The cranes were built in 1976 and have been repaired twice."),
    ("Harbour dues to rise", ANSWER),
    ("Harbour dues to rise", "Two ferry lines did not want to comment."),
]


# Prints the bytes that rows of new shapes take, each a number of texts and a length.
SHAPES = """
import re
from pathlib import Path
from assistant.ranking.openvino_ranker import OpenVinoReader
from assistant.ranking.rows import Row
from assistant.ranking.weights import ALONE, ensure_graph

def measure():
    return 1024 * int(re.search(r"Anonymous: +([0-9]+)", Path("/proc/self/smaps_rollup").read_text())[1])

reader = OpenVinoReader(*ensure_graph(*ALONE))
reader.run([Row([101] * 128, [2] * 128, [])] * 12)
before = measure()
for number in range(1, 12):
    for length in range(32, 129, 32):
        reader.run([Row([101] * length, [2] * length, [])] * number)
print(measure() - before)
"""


def test_packaged_ranker_finds_the_answer() -> None:
    """The sentence that answers comes first, whatever the order; its score does not depend on the others."""
    ranker = RankerLoader(RankingSettings()).start().ranker()
    assert ranker is not None
    scores = ranker.score(QUESTION, TEXTS)
    assert max(scores) == scores[1]
    assert ranker.score(QUESTION, TEXTS[::-1]) == pytest.approx(scores[::-1], abs=0.01)
    assert ranker.score(QUESTION, TEXTS[1:2]) == pytest.approx(scores[1:2], abs=0.01)
    readings = ranker.read(QUESTION, TEXTS)
    assert [reading.score for reading in readings] == pytest.approx(scores, abs=1e-4)
    words = [reading.words for reading in readings]
    assert words[1] is not None
    assert ANSWER[slice(*words[1].find_likeliest())].startswith("4.5")
    for each, (_, text) in zip(words, TEXTS, strict=True):
        assert each is not None
        start, end = each.find_likeliest()
        assert 0 <= start <= end <= len(text)
    assert ranker.read(QUESTION, []) == []
    assert ranker.runs_on.startswith("OpenVINO")


def test_sentence_is_read_with_those_around_it() -> None:
    """What "she" answers is known from the sentence before; each sentence has its own log-odds, whatever the batch."""
    ranker = load_ranker(RankingSettings())
    assert isinstance(ranker, WindowRanker)
    told = Window("A new harbour master", ("Ada Lund is the new harbour master.", "She is 51.", "The quay is old."))
    other = Window("Weather", ("It rains.",))
    question = "How old is Ada Lund?"
    (scores, _) = both = ranker.score_windows(question, [told, other])
    assert [len(each) for each in both] == [3, 1]
    assert max(scores) == scores[1]
    assert ranker.score_windows(question, [told]) == [pytest.approx(scores, abs=0.01)]
    apart = Window("A new harbour master", ("The quay is old.", "She is 51."))
    assert ranker.score_windows(question, [apart])[0][1] < scores[1]
    assert ranker.score_windows(question, [Window("", ("word " * 400, "more"))])[0][1] < -10
    assert ranker.score_windows(question, []) == []


def test_nothing_to_read() -> None:
    """Empty texts have a score and no words; long ones are cut."""
    ranker = load_ranker(RankingSettings())
    assert ranker is not None
    empty, long = ranker.read("", [("", ""), ("word " * 400, "[SEP] word " * 400)])
    assert isinstance(empty, Reading)
    assert empty.words is not None
    assert long.words is not None
    assert (empty.words.find_likeliest(), empty.words.measure(0, 0)) == ((0, 0), 0.0)
    assert long.words.find_likeliest()[1] <= 400 * 11


def test_no_ranker() -> None:
    """With none, nothing is loaded."""
    loader = RankerLoader(RankingSettings(model="none")).start()
    assert loader.ranker() is None
    assert loader.runs_on is None


def test_torch_is_not_imported() -> None:
    """The packaged ranker runs without torch, also when it is made from its weights."""
    code = (
        "import sys\nfrom assistant.config.schema import RankingSettings\n"
        "from assistant.ranking.loader import load_ranker\n"
        "load_ranker(RankingSettings()).score('a', [('b', 'c')])\n"
        "assert 'torch' not in sys.modules and 'transformers' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_weights_are_checked(tmp_path: Path) -> None:
    """Altered and missing weights are told, with the remedy."""
    altered = tmp_path / "ranker.safetensors"
    for file, sha256 in (ALONE, TOGETHER):
        altered.write_bytes(file.read_bytes()[:-1] + b"x")
        with pytest.raises(ModelError, match=r"reinstall the program, or set ranking\.model to none"):
            check_weights(altered, sha256)
        with pytest.raises(ModelError, match="are missing; reinstall the program"):
            check_weights(tmp_path / "none", sha256)
        check_weights(file, sha256)
    assert sum(file.stat().st_size for file, _ in (ALONE, TOGETHER)) < 25_000_000


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("in the article “Sea breaks in”, how many homes?", "how many homes?"),
        ('How many homes does "sea breaks in" name?', "How many homes does name?"),
        ("how many homes did the sea take?", "how many homes did the sea take?"),
        ("“Sea breaks in”", "“Sea breaks in”"),
    ],
)
def test_title_in_quotation_marks_is_not_read_twice(question: str, left: str) -> None:
    assert leave_out_titles(question, ["Sea breaks in", "Other"]) == left


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory by /proc")
def test_served_ranker_takes_little_for_each_shape() -> None:
    """With the limit of what is served, questions of other lengths take less memory for good."""
    free = {name: value for name, value in os.environ.items() if name != "ONEDNN_PRIMITIVE_CACHE_CAPACITY"}
    limited = dict(free)
    limit_kernels(limited)
    few, many = (
        int(subprocess.run([sys.executable, "-c", SHAPES], env=each, capture_output=True, check=True).stdout)
        for each in (limited, free)
    )
    assert 2 * few < many

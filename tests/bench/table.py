"""Kills `assistant table` in the middle of a long list, goes on, and checks that each line has one row.

    python -m tests.bench.table INDEX FOLDER [lines] [kills]

One line in 200 cannot be asked. The others are names that the index quotes and counts of words in its titles.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

from assistant.store.library import SqliteLibrary
from assistant.text.words import split_words

# empty, blank, no word, a replaced character, too long, a byte that is no UTF-8, a NUL, longer than a field of a CSV
FAULTY = ("", "  ", "?!", "Ren\ufffd", "x" * 5_000, "Jos\udce9", "Ann\0", "y" * 140_000)
FAULTY_EVERY = 200


def write_list(index: Path, path: Path, lines: int, *, faulty_every: int = FAULTY_EVERY) -> int:
    """Write a list of names and questions as CSV; how many of its lines cannot be asked: one in `faulty_every`."""
    with SqliteLibrary.open(index) as library:
        names = [name for name, _, _ in library.speakers(500)]
        words = sorted({word for title, _ in library.titles() for word in split_words(title) if len(word) > 4})
    faulty = 0
    with path.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["what"])
        for number in range(lines):
            if number % faulty_every == faulty_every // 2:
                line = FAULTY[faulty % len(FAULTY)]
                faulty += 1
            elif number % 2:
                line = names[number % len(names)]
            else:
                line = f"How many articles mention {words[number % len(words)]}?"
            writer.writerow([line])
    return faulty


def run_campaign(index: Path, folder: Path, lines: int, kills: int) -> list[str]:
    """Answer a list while it is killed so often; what is wrong with the table that comes of it, nothing if all is well.

    Each line has one row, in the order of the list; a line that cannot be asked has one that says why.
    """
    folder.mkdir(parents=True, exist_ok=True)
    source, output = folder / "list.csv", folder / "table.jsonl"
    output.unlink(missing_ok=True)
    faulty = write_list(index, source, lines)
    command = [sys.executable, "-m", "assistant", "table", str(source), "--column", "what", "-o", str(output)]
    chance = random.Random(lines)
    for kill in range(kills):
        process = subprocess.Popen([*command, "--index", str(index), "--quiet"])
        target = lines * (kill + chance.random()) / (kills + 1)
        while process.poll() is None and _count_rows(output) < target:
            time.sleep(0.2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        print(f"killed with {_count_rows(output):,} rows; {_peak_megabytes():.0f} MB at most so far", flush=True)
    subprocess.run([*command, "--index", str(index)], check=True)
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    errors = [row for row in rows if row["status"] == "error"]
    explained = sum(bool(row["answer"]) for row in errors)
    print(f"{len(rows):,} rows of {lines:,} lines; {len(errors):,} of {faulty:,} faulty, {explained:,} of them say why")
    print(f"{_peak_megabytes():.0f} MB at most")
    wrong = []
    if [row["number"] for row in rows] != list(range(1, lines + 1)):
        wrong.append("a line has no row, or more than one, or rows are not in order")
    if not len(errors) == explained == faulty:
        wrong.append("other lines than the faulty ones have an error, or one does not say why")
    return wrong


def _peak_megabytes() -> float:
    """Peak resident memory of the largest process that has ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> int:
    """Run the campaign and print what came of it; 1 if a line has no row, or more than one."""
    lines, kills = int((sys.argv[3:4] or ["10000"])[0]), int((sys.argv[4:5] or ["3"])[0])
    wrong = run_campaign(Path(sys.argv[1]), Path(sys.argv[2]), lines, kills)
    print("\n".join(wrong or ["each line has one row, in order"]))
    return bool(wrong)


def _count_rows(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


if __name__ == "__main__":
    raise SystemExit(main())

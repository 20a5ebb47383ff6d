"""Kills `assistant table` in the middle of a long list, goes on, and checks that each line has one row.

    python -m tests.bench.table INDEX FOLDER [lines] [kills]

One line in 200 cannot be asked. The others are names that the index quotes and counts of words in its titles.
"""

from __future__ import annotations

import csv
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from assistant.store.library import SqliteLibrary
from assistant.text.words import split_words

FAULTY = ("", "?!", "\ufffd", "x" * 5_000)
FAULTY_EVERY = 200


def write_list(index: Path, path: Path, lines: int) -> int:
    """Write a list of names and questions as CSV; how many of its lines cannot be asked."""
    with SqliteLibrary.open(index) as library:
        names = [name for name, _, _ in library.speakers(500)]
        words = sorted({word for title, _ in library.titles() for word in split_words(title) if len(word) > 4})
    faulty = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["what"])
        for number in range(lines):
            if number % FAULTY_EVERY == FAULTY_EVERY // 2:
                line = FAULTY[faulty % len(FAULTY)]
                faulty += 1
            elif number % 2:
                line = names[number % len(names)]
            else:
                line = f"How many articles mention {words[number % len(words)]}?"
            writer.writerow([line])
    return faulty


def main() -> int:
    """Run the campaign and print what came of it; 1 if a line has no row, or more than one."""
    index, folder = Path(sys.argv[1]), Path(sys.argv[2])
    lines, kills = int((sys.argv[3:4] or ["10000"])[0]), int((sys.argv[4:5] or ["3"])[0])
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
        print(f"killed with {_count_rows(output):,} rows", flush=True)
    subprocess.run([*command, "--index", str(index)], check=True)
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    numbers = [row["number"] for row in rows]
    errors = [row for row in rows if row["status"] == "error"]
    explained = sum(bool(row["answer"]) for row in errors)
    print(
        f"{len(rows):,} rows of {lines:,} lines, {len(set(numbers)):,} different; {len(errors):,} of {faulty:,} faulty"
    )
    print(f"{explained:,} of these say why")
    is_right = sorted(numbers) == list(range(1, lines + 1)) and len(errors) == explained == faulty
    return 0 if is_right else 1


def _count_rows(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


if __name__ == "__main__":
    raise SystemExit(main())

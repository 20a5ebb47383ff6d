"""Runs the attack list whole and prints its counts: python -m tests.torture.attacks.

In the test suite the same tests try a part of the longest lists."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
ATTACKS = {
    "terminal": ("text/test_sanitize.py", "cli/test_terminal.py", "articles/test_hostile_metadata.py"),
    "files": (
        *("articles/test_hostile.py", "articles/test_containers.py", "articles/test_isolation.py"),
        *("articles/test_source_file.py", "articles/test_slopes.py", "system/test_files.py"),
    ),
    "sites that are fetched": (
        *("web/test_addresses.py", "web/test_connection.py", "web/test_fetching.py", "web/test_feeds.py"),
        "web/test_intake.py",
    ),
    "the page of assistant serve": (
        *("server/test_access.py", "server/test_attacks.py", "server/test_entrance.py", "server/test_limits.py"),
        *("server/test_session.py", "test_reader.py"),
    ),
    "models": ("embedding/test_model_code.py", "writing/test_injections.py"),
    "index": ("store/test_tampering.py", "indexing/test_stories.py"),
    "settings and libraries from elsewhere": ("config/test_hostile.py", "indexing/test_transfer.py"),
    "exports": ("exports/test_exports.py", "exports/test_tables.py", "exports/test_dossier.py"),
}


class _Counter:
    """A plugin that counts how the tests end."""

    def __init__(self) -> None:
        self.ended: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test once, or each of its failures."""
        if report.when == "call" or report.outcome != "passed":
            self.ended[report.outcome] += 1


def run_attacks(attacks: dict[str, tuple[str, ...]]) -> int:
    """Run the tests of each kind, and print their counts at the end; returns the exit code."""
    os.environ["CAMPAIGN"] = "1"
    lines, failed, total = [], 0, 0
    for kind, names in attacks.items():
        counter = _Counter()
        code = pytest.main(["--numprocesses=0", "-rP", *(str(TESTS / name) for name in names)], plugins=[counter])
        failed += counter.ended["failed"] or int(code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED))
        total += sum(counter.ended.values())
        lines.append(f"{sum(counter.ended.values()):>7,}  {kind}: {dict(counter.ended)}")
    sys.stdout.write("\n".join(["", *lines, f"{total:>7,}  tests of attacks, of which {failed} failed", ""]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(run_attacks(ATTACKS))

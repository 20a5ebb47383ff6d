"""What `assistant doctor` prints: a line for each finding, what was mended, and the verdict."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from assistant.config.schema import Config
from assistant.doctor.checks import examine_library
from assistant.doctor.findings import Diagnosis, Finding, FindingLevel
from assistant.doctor.repair import repair_library
from assistant.errors import LibraryError, LibraryLocked
from assistant.indexing.lock import build_lock
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line

_LEVEL_STYLES: dict[FindingLevel, str] = {"ok": "green", "note": "yellow", "fault": "bold red"}


def run_doctor(config: Config, *, fix: bool, as_json: bool) -> bool:
    """Examine the library, mend it where that is wanted and needed; whether it is without fault in the end."""
    console = Console(highlight=False, markup=False, emoji=False)
    console.soft_wrap = not console.is_terminal
    building = _is_building(config)
    diagnosis = Diagnosis()
    for finding in examine_library(config, diagnosis, building=building):
        if not as_json:
            console.print(_format_finding(finding))
    mended: list[str] = []
    if fix and not building and diagnosis.needs_repair:
        for step in repair_library(config, diagnosis):
            mended.append(step)
            if not as_json:
                console.print(Text("mended ", style="bold green").append(sanitize_line(step), style="default"))
        diagnosis = Diagnosis()
        for finding in examine_library(config, diagnosis):
            if not as_json and finding.level == "fault":
                console.print(_format_finding(finding))
    faults = diagnosis.faults
    if as_json:
        findings = [asdict(finding) for finding in diagnosis.findings]
        record = {"index": str(config.index), "whole": not faults, "findings": findings, "mended": mended}
        sys.stdout.write(json.dumps(record) + "\n")
    else:
        verdict = "Nothing is wrong." if not faults else f"{count_noun(len(faults), 'fault')}."
        console.print(Text(verdict, style="bold green" if not faults else "bold red"))
    if fix and building:
        raise LibraryError(f"{config.index}: a build is going on; mend it when that is over")
    return not faults


def _is_building(config: Config) -> bool:
    if not config.index.is_dir():
        return False  # and examining it makes none
    try:
        with build_lock(config.index):
            return False
    except LibraryLocked:
        return True
    except LibraryError:
        return False  # nobody can build there


def _format_finding(finding: Finding) -> Text:
    text = Text(f"{finding.level:<6} ", style=_LEVEL_STYLES[finding.level])
    text.append(f"{finding.check:<11} ", style="bold")
    text.append(sanitize_line(finding.message), style="default")
    if finding.remedy and finding.level != "ok":
        text.append(f"; {sanitize_line(finding.remedy)}", style="dim")
    return text

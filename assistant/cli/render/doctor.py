"""What `assistant doctor` prints: a line for each finding, each step of a repair, and the result."""

from __future__ import annotations

from rich.text import Text

from assistant.cli.json_lines import print_json
from assistant.cli.render.console import create_console
from assistant.config.schema import Config
from assistant.doctor.checks import examine_library
from assistant.doctor.findings import Diagnosis
from assistant.doctor.repair import repair_library
from assistant.errors import LibraryError, LibraryLocked
from assistant.indexing.lock import build_lock
from assistant.presentation.json_schema import diagnosis_to_json
from assistant.records.checks import Finding, FindingLevel
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line

_LEVEL_STYLES: dict[FindingLevel, str] = {"ok": "green", "note": "yellow", "error": "bold red"}


def run_doctor(config: Config, *, fix: bool, as_json: bool) -> bool:
    """Examine the library and repair it if `fix` is set; return whether it is intact in the end."""
    console = create_console()
    is_building = _is_building(config)
    diagnosis = Diagnosis()
    for finding in examine_library(config, diagnosis, is_building=is_building):
        if not as_json:
            console.print(format_finding(finding))
    steps: list[str] = []
    if fix and not is_building and diagnosis.needs_repair:
        for step in repair_library(config, diagnosis):
            steps.append(step)
            if not as_json:
                console.print(Text("repair ", style="bold green").append(sanitize_line(step), style="default"))
        diagnosis = Diagnosis()
        for finding in examine_library(config, diagnosis):
            if not as_json and finding.level == "error":
                console.print(format_finding(finding))
    errors = diagnosis.errors
    if as_json:
        print_json(diagnosis_to_json(str(config.index), diagnosis.findings, steps))
    else:
        result = f"{count_noun(len(errors), 'error')}." if errors else "No problems found."
        console.print(Text(result, style="bold red" if errors else "bold green"))
    if fix and is_building:
        raise LibraryError(f"{config.index}: a build is running; run the repair again when it has finished")
    return not errors


def _is_building(config: Config) -> bool:
    """Whether a build is running in the index folder."""
    if not config.index.is_dir():
        return False  # the lock would create it
    try:
        with build_lock(config.index):
            return False
    except LibraryLocked:
        return True
    except LibraryError:
        return False  # no build can run there


def format_finding(finding: Finding) -> Text:
    """A finding on one line."""
    text = Text(f"{finding.level:<6} ", style=_LEVEL_STYLES[finding.level])
    text.append(f"{finding.check:<11} ", style="bold")
    text.append(sanitize_line(finding.message), style="default")
    if finding.remedy and finding.level != "ok":
        text.append(f"; {sanitize_line(finding.remedy)}", style="dim")
    return text

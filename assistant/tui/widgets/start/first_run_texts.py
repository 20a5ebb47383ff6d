"""What the first-run screen says about the articles, the index and a failed build, as functions without a widget."""

from __future__ import annotations

from collections import Counter
from pathlib import Path, PurePath

from textual.content import Content

from assistant.records.build import PendingChanges
from assistant.text.formatting import count_noun
from assistant.text.sanitize import sanitize_line
from assistant.tui.state import BuildState, LibraryState

INTRODUCTION = (
    "Ask your own news articles a question. The answer consists of their own words, and every quotation opens the "
    "article at that place. Everything stays on this machine and needs no network."
)
NOTICES_SHOWN = 6
MISMATCH_TEXT = "The index was built by another version, or with another model or other settings, and cannot be used."
DAMAGED_TEXT = "The index on disk is damaged. The articles are not affected."
REBUILD_TEXT = "It can be rebuilt from the articles. Until the new index is complete, the present one is kept."
OUTDATED_TEXT = "The index was built by an older version of this program. An update converts it quickly."


def describe_articles(library: LibraryState, pending: PendingChanges | None, articles: tuple[Path, ...]) -> Content:
    """Where articles are read from and how many there are; or, for an unusable index, what is wrong with it."""
    if library.fault in ("mismatch", "damaged"):
        problem = MISMATCH_TEXT if library.fault == "mismatch" else DAMAGED_TEXT
        return Content.assemble((problem, "bold"), "\n", REBUILD_TEXT)
    if library.fault == "outdated":
        return Content.styled(OUTDATED_TEXT, "bold")
    if library.fault == "other":
        return Content(sanitize_line(library.line))
    places = ", ".join(map(str, articles)) or "the folder named in the settings"
    parts: list[str | tuple[str, str]] = [("Articles  ", "bold"), sanitize_line(places)]
    if pending is not None:
        parts.append(f"\n{_describe_files(pending, articles)}")
    return Content.assemble(*parts)


def _describe_files(pending: PendingChanges, articles: tuple[Path, ...]) -> str:
    if pending.added:
        kinds = Counter(PurePath(path).suffix.lower() for path in pending.added).most_common()
        counts = ", ".join(f"{number:,} {kind}" for kind, number in kinds)
        return f"{count_noun(len(pending.added), 'file')} to read ({counts})"
    if any(path.exists() for path in articles):
        from assistant.articles.readers import list_suffixes  # not on the way to the first frame

        return f"No article yet. Put files there ({list_suffixes('or')}), or choose another folder."
    return "This folder does not exist. Create it, or choose another folder."


def describe_failure(building: BuildState) -> Content:
    """Why the last build failed, with the first files that could not be read; empty if it did not fail."""
    if building.phase != "failed":
        return Content("")
    lines = [f"! {sanitize_line(building.reason or '')}"]
    lines += [
        f"  {sanitize_line(PurePath(notice.place).name)}: {sanitize_line(notice.reason)}"
        for notice in building.notices[:NOTICES_SHOWN]
    ]
    if len(building.notices) > NOTICES_SHOWN:
        lines.append(f"  … and {len(building.notices) - NOTICES_SHOWN:,} more: F4 lists them")
    return Content("\n".join(lines))

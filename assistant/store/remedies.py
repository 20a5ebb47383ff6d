"""What to run when an index cannot be used, as messages say it."""

from __future__ import annotations

REBUILD_HINT = "run: assistant build --rebuild"


REPAIR_HINT = "run: assistant doctor --fix"

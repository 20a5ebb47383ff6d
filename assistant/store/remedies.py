"""What to run when an index cannot be used, as messages say it."""

from __future__ import annotations

REMEDY = "run: assistant build --rebuild"


MEND = "run: assistant doctor --fix"

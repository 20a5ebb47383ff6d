"""The commands to run if an index cannot be used, as error messages name them."""

from __future__ import annotations

REBUILD_HINT = "run: assistant build --rebuild"


REPAIR_HINT = "run: assistant doctor --fix"


PUBLISH_HINT = "delete the tables that are there, and run: assistant build"

"""Stub."""
from __future__ import annotations

from assistant.collection.counting import count_units
from assistant.collection.draft import Draft
from assistant.collection.scope import Scope
from assistant.records.collection import CollectionQuery


def write_timeline(asked: CollectionQuery, scope: Scope, shown: int) -> Draft:
    return count_units(asked, scope, shown)

"""Tests of what questions take for granted."""

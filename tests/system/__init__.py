"""Tests of assistant.system."""

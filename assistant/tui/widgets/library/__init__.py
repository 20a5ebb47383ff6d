"""Widgets: library."""

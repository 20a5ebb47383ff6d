"""Widgets: sources."""

"""Widgets: prompt."""

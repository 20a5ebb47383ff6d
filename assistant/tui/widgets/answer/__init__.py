"""Widgets: answer."""

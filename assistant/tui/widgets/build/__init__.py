"""Widgets: build."""

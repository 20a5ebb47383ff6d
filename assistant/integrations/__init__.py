"""Borders to other frameworks."""

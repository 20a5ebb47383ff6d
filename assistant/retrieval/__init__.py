"""Queries into ranked passages."""

"""Passages into ranked sentences and statements."""

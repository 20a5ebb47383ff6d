"""Measures answers and statements against gold data."""

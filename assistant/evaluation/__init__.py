"""Answers and statements measured against gold data."""

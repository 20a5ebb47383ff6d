"""Queries on a library in SQLite, one module for each subject. The only place that reads its tables for an answer."""

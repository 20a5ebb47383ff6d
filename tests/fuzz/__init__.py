"""Coverage-guided fuzzing of parsers. See `python -m tests.fuzz`."""

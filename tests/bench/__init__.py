"""Benchmarks: speed, memory and disk space of the program, next to other libraries. See `python -m tests.bench`."""

"""Trains the packaged ranker: `python -m tests.training DATA --out FOLDER`."""

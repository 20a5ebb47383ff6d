"""The main screen before the first question."""

"""Answers to questions about the whole collection, exact and with what was counted; and about the program."""

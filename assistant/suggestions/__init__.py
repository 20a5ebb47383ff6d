"""Suggests questions: starters, follow-ups, and completions of names."""

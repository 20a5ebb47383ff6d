"""What can be asked: starters, follow-ups, completions."""

"""What somebody said on a topic, and who spoke about it: evidence from the statements of the retrieved articles."""

"""The words of a sentence and their tags."""

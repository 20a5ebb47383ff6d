"""The lines of a text: which of them are one paragraph, and the same text without line wraps."""

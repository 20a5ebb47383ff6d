"""Commands that keep a library in order: what is set, removed, exported, and how articles changed."""

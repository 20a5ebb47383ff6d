"""Questions about the whole collection, their results, and searches with operators."""

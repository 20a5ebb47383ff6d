"""The language of searches: words, phrases, operators and fields."""

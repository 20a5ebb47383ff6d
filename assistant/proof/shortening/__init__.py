"""Whether a sentence is another one shortened, and what it may leave out."""

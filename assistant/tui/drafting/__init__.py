"""A text of one's own in the interface, and what the articles say about each of its sentences."""

"""What a sentence may leave out of its source, and in which other words it says the same."""

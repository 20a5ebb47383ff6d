"""Which of the words before a verb of saying can be its subject."""

"""What a sentence must have to be given as an answer, however well it fits the words of the question."""

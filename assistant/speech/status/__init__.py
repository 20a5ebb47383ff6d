"""Whether the words of a statement were said: denied, questioned, imagined, told at second hand, corrected."""

"""Whether the words of a statement were said: reported at all, denied, questioned, imagined, second-hand, corrected."""

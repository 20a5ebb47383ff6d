"""Whom a pronoun means: an estimate, trained on judged articles, of how likely each person near it is."""

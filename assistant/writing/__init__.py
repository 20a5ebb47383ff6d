"""Answers by a language model: what it is given, how it is asked, and how what it writes is proved."""

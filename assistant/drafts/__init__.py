"""Checks a person's own draft against the library, sentence by sentence."""

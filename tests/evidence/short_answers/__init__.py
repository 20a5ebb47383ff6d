"""Tests of the words that answer, alone."""

"""Tests of the store in Lance tables."""

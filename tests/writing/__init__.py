"""Tests of the answers by a language model."""

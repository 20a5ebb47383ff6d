"""Tests of publishing into Lance tables."""

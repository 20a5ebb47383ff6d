"""Tests of the screen that checks a draft."""

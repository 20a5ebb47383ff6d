"""Tests of `assistant.speech.pronouns`."""

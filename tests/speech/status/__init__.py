"""Tests of `assistant.speech.status`."""

"""Tests of the package `assistant.web`."""

"""Tests of who runs the costly functions of a build."""

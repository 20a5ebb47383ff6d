"""Runs the costly functions of a build: in this process, or on the workers of a Ray cluster."""

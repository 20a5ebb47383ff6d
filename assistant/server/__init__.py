"""Serves the terminal interface as a web page, with access control."""

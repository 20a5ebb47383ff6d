"""Builds the index: an incremental sync of articles with their sources, with one commit point."""

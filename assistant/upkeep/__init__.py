"""Keeping up: watches folders and feeds, and tells when an update of the index is due."""

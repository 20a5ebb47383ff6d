"""Building the index: an incremental sync with one commit point."""

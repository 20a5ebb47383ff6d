"""Wording that the command line, the TUI and the exports share."""

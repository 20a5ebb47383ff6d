"""The operating system: files, errors, the process; and JSON."""

"""The index on disk, for reading."""

"""Commands on the whole collection."""

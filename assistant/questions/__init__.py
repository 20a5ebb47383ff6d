"""Parses questions into queries. Pure: needs neither an index nor a model."""

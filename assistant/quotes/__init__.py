"""Quotations checked against the index."""

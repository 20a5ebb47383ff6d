"""Checks whether a quotation is in the library, verbatim and by that speaker."""

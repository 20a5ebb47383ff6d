"""Quotation attribution: who says what in an article."""

"""Ask your own news articles a question; every quotation in the answer is copied from its source."""

__version__ = "0.3.0"

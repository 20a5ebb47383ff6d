"""Where the words begin and end that an attribution reports."""

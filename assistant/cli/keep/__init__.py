"""Commands for what the user adds to a library, and for keeping up with what is new."""

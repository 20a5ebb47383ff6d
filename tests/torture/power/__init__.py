"""Power failures: what a disk may show of the changes that were not yet on it, and what the program makes of that."""

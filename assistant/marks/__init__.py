"""What the user adds to a library, in a file of its own beside the index: no build and no rebuild touches it."""

"""Commands by key and by name: how keys are written, the palette, and letters that may be commands or text."""

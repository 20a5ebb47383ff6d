"""Tasks that run in worker threads and report through messages."""

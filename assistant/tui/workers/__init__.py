"""What runs in worker threads and posts messages."""

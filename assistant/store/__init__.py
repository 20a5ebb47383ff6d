"""The library on disk: the protocols that describe it, and its implementation with SQLite and FAISS."""

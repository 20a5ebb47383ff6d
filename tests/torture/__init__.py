"""The torture campaign: builds that are killed at every write, starved of disk, memory and handles, raced against
each other, and libraries that are damaged; after each, the library is asked and compared with what it was.

`make torture` runs all of it and prints the counts; `tests/indexing/test_torture.py` runs a short version."""

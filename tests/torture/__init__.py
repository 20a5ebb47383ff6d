"""The torture campaign: builds are killed at every write, run out of disk space, memory or file handles, and run at
the same time; libraries are damaged. After each fault the library must answer as before or as after the build.

`make torture` runs the whole campaign and prints the counts; `tests/indexing/test_torture.py` runs a short version.
"""

"""The version of the program. It imports nothing, so that every module can name it."""

__version__ = "0.5.0"

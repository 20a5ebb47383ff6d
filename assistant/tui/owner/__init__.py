"""The parts of the app that only the owner of a library uses."""

"""Publishes a library that was built on this machine into Lance tables, for readers on any number of machines."""

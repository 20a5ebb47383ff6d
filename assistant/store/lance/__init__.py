"""A published library in Lance tables, in a folder or in object storage: for more readers than one machine has."""

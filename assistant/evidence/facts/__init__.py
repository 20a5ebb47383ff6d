"""Which sentences answer a question of fact: read, ranked in stages, and given as an answer or as near to one."""

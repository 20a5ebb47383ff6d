"""Reading in another process: a library in C that crashes, or never returns, ends that process and not this one."""

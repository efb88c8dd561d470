"""Reading in a process that may die: the pool that starts it and the worker inside it."""

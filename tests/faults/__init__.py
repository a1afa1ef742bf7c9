"""Faults of a whole deployment: what dies, fills up, goes wrong or comes all at once."""

"""Somebody who wants to know what was hidden, sees every published byte, and has a solver."""

"""How a text for families is written, and what is wrong with one that is not."""

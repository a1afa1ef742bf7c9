"""Pieces of Dash layout; thin: figures and words in, components out."""

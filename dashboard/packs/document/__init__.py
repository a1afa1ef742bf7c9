"""A pack as a Word document."""

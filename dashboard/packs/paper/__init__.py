"""A pack as tagged PDF."""

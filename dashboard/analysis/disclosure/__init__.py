"""Disclosure control: what has to be hidden so that no published number points at a child."""

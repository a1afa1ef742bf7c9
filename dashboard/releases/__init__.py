"""Releases: what is published, and by whom."""

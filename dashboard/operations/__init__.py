"""Keeping the database safe: backups, restoring them, and moving to another kind of database."""

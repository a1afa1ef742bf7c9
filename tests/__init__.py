"""Tests: sentences about what the dashboard does."""

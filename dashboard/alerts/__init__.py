"""Alerts: what a person asked to be told of, told once, when there is something to tell."""

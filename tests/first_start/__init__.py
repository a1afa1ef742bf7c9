"""The first start on a clean machine, done for real: `python -m tests.first_start.run`, as root."""

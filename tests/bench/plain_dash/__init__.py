"""A plain Dash app as most people write it, kept to compare with: same data, same charts."""

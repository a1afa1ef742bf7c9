"""The Dash pages: read the address, ask, draw."""

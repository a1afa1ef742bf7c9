"""Pure arithmetic: no SQL, no Dash."""

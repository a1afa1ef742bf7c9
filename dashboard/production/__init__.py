"""Running it for real: settings that are checked whole, what is refused, and the server itself."""

"""Publishing to everyone: from agreed figures to protected ones to finished files."""

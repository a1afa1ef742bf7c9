"""Files in: is it safe, what does it say, is it right; then stored whole or not at all."""

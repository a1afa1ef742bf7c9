"""Files in: is it safe, what does it say, is it right, and into the database whole or not at all."""

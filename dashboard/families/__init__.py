"""What families say of the pages made for them, and what the council answers."""

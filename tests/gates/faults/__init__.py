"""What is killed, cut, filled and set wrong, and what is left of it."""

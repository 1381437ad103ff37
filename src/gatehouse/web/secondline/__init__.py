"""The second line: who waits, for how long, and what is decided there."""

"""Reads a performance report that somebody published, and finds what does not add up. Plain Python, no Django."""

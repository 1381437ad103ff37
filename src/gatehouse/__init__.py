"""Gatehouse: a border agency's line of work, from a travel document to a figure in a report."""

__version__ = "0.1.0"

"""Incidents: the open ones first, and what was done about each."""

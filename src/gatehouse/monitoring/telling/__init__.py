"""Telling people and other systems of incidents: to whom, in which words, by which way."""

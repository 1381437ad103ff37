"""Scenarios that people learn on, and what is said of it afterwards."""

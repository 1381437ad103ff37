"""Persons known to the agency: see README.md beside this file."""

"""Inspection, decision, crossing: see README.md beside this file."""

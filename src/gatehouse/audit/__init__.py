"""The tree of what was done and looked at: see README.md beside this file."""

"""Detection of what goes wrong in and around the inspection system. See README.md."""

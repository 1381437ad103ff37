"""Lists, screening and hits: see README.md beside this file."""

"""Whose documents can be proved here, and by which versions of which lists."""

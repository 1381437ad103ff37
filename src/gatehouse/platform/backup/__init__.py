"""Copies of the database that PostgreSQL's own tools make, and its way back to any moment since.

A folder of backups holds `wal`, what `receive` keeps without end, and a folder for each copy with its manifest.
Keys are never in it: they lie in files elsewhere, and without the one of biometrics what is sealed stays sealed.
"""

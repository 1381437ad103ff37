"""The rules of monitoring: plain Python, no Django and no database."""

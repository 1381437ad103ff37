"""The rules of the border: plain Python, no Django, no country."""

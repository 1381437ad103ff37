"""Passkeys: adding and removing one's own, signing in by one, and proving again who sits there."""

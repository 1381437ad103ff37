"""The agency's own sign-on."""

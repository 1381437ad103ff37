"""How a person wants the screens."""

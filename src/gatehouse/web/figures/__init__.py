"""Figures, each with its evidence, down to the records it was counted from."""

"""Travel documents: from their bytes to a verdict that never says more than was seen."""

"""Rules, events and what the ones find in the others: plain Python."""

"""Plans, indicators and the annual report: what was set out, how far it came, and the words that say so."""

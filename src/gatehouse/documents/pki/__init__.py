"""The public key infrastructure of travel documents: ICAO Doc 9303 part 12."""

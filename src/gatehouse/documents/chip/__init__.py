"""Talking with the chip of a travel document (ICAO 9303-11): access, secure messaging, authenticity, reading."""

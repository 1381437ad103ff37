"""Digital seals: signed data in a barcode on paper (Doc 9303-13, BSI TR-03137, ICAO's VDS-NC)."""

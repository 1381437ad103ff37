"""Records of year 112 that were made up for the reference year: see reconstruct_112.py."""

"""Work without the centre, on a handheld or a laptop: an officer signs on, examines, decides; the ledger keeps it."""

"""The program of an e-Gate: its state machine, its devices, its own ledger. It works when nothing else does."""

"""Assets and the availability ledger: see README.md beside this file."""

"""Dated rules: day counts, permitted stays, holds, entry bans. The tables are a profile's; their meaning is here."""

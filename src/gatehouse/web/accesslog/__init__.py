"""Who looked at a person's record and why, and how the audit log itself stands."""

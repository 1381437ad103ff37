"""The officer's console: one traveller at a time, result before details, everything by key."""

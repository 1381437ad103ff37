"""Where a person works today: port, desk or lane, direction."""

"""Equipment on screens: what there is, how it is now, how much of the time it could serve."""

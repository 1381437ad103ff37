"""Loading the records of a year from a folder."""
